package corners

import (
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// Corner is one row of a table.
type Corner struct {
	Label string // as printed; "" if there is none
	// X and Y are longitude and latitude in degrees, or easting and northing in metres.
	X, Y float64
	Line int // 1-based
}

// Ring is corners in their order. The last is not the first again.
type Ring struct {
	Name    string // of the part, from a column; "" if there is none
	Corners []Corner
}

// Table is what was read.
type Table struct {
	// Title is the first line of text above the corners; "" if there is none.
	Title string
	// Name is what a line above the corners calls the thing (Nama: ...); "" if none does.
	Name  string
	Rings []Ring
	// Named says that the names of the rings are those of things, each of its own; else
	// all rings bound one thing.
	Named bool
	// CRS is the system of the coordinates: CRS84 for degrees, that of a zone named in
	// the text for metres; nil for metres without a zone.
	CRS *crs.CRS
	// Projected says that the coordinates are metres.
	Projected bool
	// Step is what one unit of the last digit printed is worth, of the coarsest
	// coordinate: in degrees, or in metres if Projected.
	Step float64
	// Notes tell what was decided.
	Notes []geo.Text
}

// UncertaintyM is how far, in metres, the corners may be off because of the digits
// printed alone: half a step in each direction. The boundary can't be known better.
func (t *Table) UncertaintyM() float64 {
	step := t.Step
	if !t.Projected {
		step *= 111_320
	}
	return step / 2 * math.Sqrt2
}

// Polygons makes polygons of rings (x, y as the table has them): one that lies within
// another is its hole, counted from outside in, so that an island in a hole is a polygon
// again. Rings are closed here. Each ring is compared with each.
func Polygons(of []Ring) orb.MultiPolygon {
	rings := make([]orb.Ring, len(of))
	for i, r := range of {
		for _, c := range r.Corners {
			rings[i] = append(rings[i], orb.Point{c.X, c.Y})
		}
		if len(rings[i]) > 0 {
			rings[i] = append(rings[i], rings[i][0])
		}
	}
	around := make([][]int, len(rings))
	for i := range rings {
		for j := range rings {
			if i != j && lies(rings[i], rings[j]) {
				around[i] = append(around[i], j)
			}
		}
	}
	var found orb.MultiPolygon
	at := map[int]int{}
	for i := range rings {
		if len(around[i])%2 == 0 {
			at[i] = len(found)
			found = append(found, orb.Polygon{rings[i]})
		}
	}
	for i := range rings {
		if len(around[i])%2 == 0 {
			continue
		}
		for _, j := range around[i] { // the innermost around it has one ring less around itself
			if len(around[j]) == len(around[i])-1 {
				found[at[j]] = append(found[at[j]], rings[i])
			}
		}
	}
	return found
}

// lies reports whether all corners of a ring lie within another.
func lies(ring, other orb.Ring) bool {
	if len(ring) == 0 || len(other) < 4 || !other.Bound().Contains(ring[0]) {
		return false
	}
	for _, p := range ring {
		if !contains(other, p) {
			return false
		}
	}
	return true
}

// contains tells by the parity of crossings; on the boundary it may say either.
func contains(ring orb.Ring, p orb.Point) bool {
	in := false
	for i := range len(ring) - 1 {
		a, b := ring[i], ring[i+1]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}
