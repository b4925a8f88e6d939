package geodesy

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Distances are kept in square blocks, made where something is near.
const (
	blockBits  = 4
	blockSide  = 1 << blockBits
	mostBlocks = 1 << 20 // places for them
)

// block has distances row by row, and of each place the width of the last contour that
// went north between it and its eastern neighbour.
type block struct {
	x, y      int // first column and row
	metres    [blockSide * blockSide]float32
	contoured [blockSide * blockSide]float32
}

// distances holds how far places of a grid on the plane are from lines, as far as
// they are near. The grid has its origin at that of the plane, whatever part of it is looked at.
type distances struct {
	cell          float64
	west, south   int // the first column and row
	columns, rows int
	across        int // blocks in a row of them
	places        []*block
	blocks        []*block
}

var far = float32(math.Inf(1))

// newDistances makes a grid over a box, with a place or more on each side beyond it.
func newDistances(cell float64, within orb.Bound) (*distances, error) {
	west, south := math.Floor(within.Min[0]/cell)-1, math.Floor(within.Min[1]/cell)-1
	columns, rows := math.Ceil(within.Max[0]/cell)+2-west, math.Ceil(within.Max[1]/cell)+2-south
	across, down := math.Ceil(columns/blockSide), math.Ceil(rows/blockSide)
	if !(across*down <= mostBlocks) {
		return nil, geo.Errorf(geo.TooLarge, "the band around the boundary is too narrow for so large a view")
	}
	return &distances{
		cell: cell, west: int(west), south: int(south), columns: int(columns), rows: int(rows),
		across: int(across), places: make([]*block, int(across)*int(down)),
	}, nil
}

// line brings places within reach of a line, which may be a single point, to their distance.
func (d *distances) line(l orb.LineString, reach float64) {
	if len(l) == 1 {
		d.edge(l[0], l[0], reach)
	}
	for i := 1; i < len(l); i++ {
		d.edge(l[i-1], l[i], reach)
	}
}

// edge brings places within reach of an edge to their distance.
func (d *distances) edge(a, b orb.Point, reach float64) {
	low, high := d.span(min(a[1], b[1])-reach, max(a[1], b[1])+reach, d.south, d.rows)
	dx, dy := b[0]-a[0], b[1]-a[1]
	length2 := dx*dx + dy*dy
	if length2 == 0 {
		length2 = 1
	}
	for row := low; row < high; row++ {
		y := float64(d.south+row)*d.cell - a[1]
		from, to := 0.0, 1.0 // the part of the edge that is near the row
		if dy != 0 {
			s, t := (y-reach)/dy, (y+reach)/dy
			from, to = max(0, min(s, t)), min(1, max(s, t))
		}
		x0, x1 := a[0]+from*dx, a[0]+to*dx
		first, end := d.span(min(x0, x1)-reach, max(x0, x1)+reach, d.west, d.columns)
		var in *block
		for column := first; column < end; column++ {
			if in == nil || column%blockSide == 0 {
				in = d.block(column, row)
			}
			x := float64(d.west+column)*d.cell - a[0]
			t := max(0, min(1, (x*dx+y*dy)/length2))
			ex, ey := x-t*dx, y-t*dy
			// Squares, as long as edges are added; see roots.
			at := &in.metres[row%blockSide<<blockBits|column%blockSide]
			*at = min(*at, float32(ex*ex+ey*ey))
		}
	}
}

// span gives the columns or rows of the grid between two coordinates, the end not among them.
func (d *distances) span(from, to float64, first, count int) (int, int) {
	low, high := math.Ceil(from/d.cell)-float64(first), math.Floor(to/d.cell)-float64(first)+1
	return int(max(0, min(low, float64(count)))), int(max(0, min(high, float64(count))))
}

// block gives the block of a place, and makes it if need be.
func (d *distances) block(column, row int) *block {
	at := &d.places[row>>blockBits*d.across+column>>blockBits]
	if *at == nil {
		*at = &block{x: column &^ (blockSide - 1), y: row &^ (blockSide - 1)}
		for i := range (*at).metres {
			(*at).metres[i] = far
		}
		d.blocks = append(d.blocks, *at)
	}
	return *at
}

// roots turns squares into distances, once all edges are there.
func (d *distances) roots() {
	for _, b := range d.blocks {
		for i, v := range b.metres {
			b.metres[i] = float32(math.Sqrt(float64(v)))
		}
	}
}

// negateOutside makes the distances of places outside of the areas negative.
func (d *distances) negateOutside(rings []orb.LineString) {
	crossings := make([][]float64, d.rows)
	for _, r := range rings {
		for i := 1; i < len(r); i++ {
			a, b := r[i-1], r[i]
			if a[1] > b[1] {
				a, b = b, a
			}
			low, high := d.span(a[1], b[1], d.south, d.rows)
			for row := low; row < high; row++ {
				y := float64(d.south+row) * d.cell
				if y < b[1] { // a row through a vertex belongs to the edge above it
					crossings[row] = append(crossings[row], a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]))
				}
			}
		}
	}
	for _, c := range crossings {
		slices.Sort(c)
	}
	for _, b := range d.blocks {
		for i := range b.metres {
			row, column := b.y+i>>blockBits, b.x+i%blockSide
			if row >= d.rows {
				break
			}
			before, _ := slices.BinarySearch(crossings[row], float64(d.west+column)*d.cell)
			if before%2 == 0 {
				b.metres[i] = -b.metres[i]
			}
		}
	}
}

// at gives the distance of a place; beyond the grid, and where nothing is near, it is infinite.
func (d *distances) at(column, row int) float32 {
	if column < 0 || row < 0 || column >= d.columns || row >= d.rows {
		return far
	}
	b := d.places[row>>blockBits*d.across+column>>blockBits]
	if b == nil {
		return far
	}
	return b.metres[row%blockSide<<blockBits|column%blockSide]
}
