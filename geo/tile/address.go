package tile

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Address names a tile. Rows count from the north, columns from the west.
type Address struct {
	Set      *MatrixSet
	Zoom     int
	Row, Col int
}

// ParseAddress reads the parts of a tile's path, in the order of OGC API Tiles.
// What is no whole number is Invalid, an unknown set or a place outside the grid
// is NotFound.
func ParseAddress(set, zoom, row, col string) (Address, error) {
	var a Address
	var err error
	if a.Set, err = MatrixSetByID(set); err != nil {
		return a, err
	}
	if a.Zoom, err = index("tileMatrix", zoom, MaxZoom); err != nil {
		return a, err
	}
	if a.Row, err = index("tileRow", row, a.Set.Rows(a.Zoom)-1); err != nil {
		return a, err
	}
	if a.Col, err = index("tileCol", col, a.Set.Columns(a.Zoom)-1); err != nil {
		return a, err
	}
	return a, nil
}

// index reads a whole number from 0 to most.
func index(name, text string, most int) (int, error) {
	digits := text
	if len(digits) > 1 && digits[0] == '-' {
		digits = digits[1:]
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			digits = ""
			break
		}
	}
	if digits == "" {
		return 0, geo.Invalidf(name, "%s is %q", name, geo.Clip(text)).Try("a whole number from 0 to %d", most)
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most {
		return 0, geo.Errorf(geo.NotFound, "there is no %s %s", name, geo.Clip(text)).In(name).Try("a whole number from 0 to %d", most)
	}
	return n, nil
}

// Bounds gives the tile's box in lon, lat.
func (a Address) Bounds() orb.Bound { return a.bounds(0) }

// bounds gives the box with some units more on each side, within the world's latitudes.
func (a Address) bounds(units float64) orb.Bound {
	size := math.Ldexp(1, -a.Zoom)
	more := units / Extent
	sw := a.Set.position((float64(a.Col)-more)*size, (float64(a.Row)+1+more)*size)
	ne := a.Set.position((float64(a.Col)+1+more)*size, (float64(a.Row)-more)*size)
	sw[1], ne[1] = max(sw[1], -90), min(ne[1], 90)
	return orb.Bound{Min: sw, Max: ne}
}

// origin is the north-western corner in the units of the zoom.
func (a Address) origin() vertex { return vertex{int64(a.Col) * Extent, int64(a.Row) * Extent} }

// Limits are the rows and columns of one zoom that may hold features; both ends count.
type Limits struct {
	TileMatrix string `json:"tileMatrix"`
	MinTileRow int    `json:"minTileRow"`
	MaxTileRow int    `json:"maxTileRow"`
	MinTileCol int    `json:"minTileCol"`
	MaxTileCol int    `json:"maxTileCol"`
}

// LimitsAt gives the tiles of a zoom that an extent meets. An empty extent has
// the one tile at the grid's first row and column, so that the list never lacks a zoom.
func (s *MatrixSet) LimitsAt(extent orb.Bound, z int) Limits {
	l := Limits{TileMatrix: strconv.Itoa(z)}
	if extent.IsEmpty() {
		return l
	}
	n := math.Ldexp(1, z)
	west, north := s.world(extent.Min[0], extent.Max[1])
	east, south := s.world(extent.Max[0], extent.Min[1])
	within := func(v float64, count int) int { return int(max(0, min(math.Floor(v*n), float64(count-1)))) }
	l.MinTileCol, l.MaxTileCol = within(west, s.Columns(z)), within(east, s.Columns(z))
	l.MinTileRow, l.MaxTileRow = within(north, s.Rows(z)), within(south, s.Rows(z))
	return l
}

// Check refuses, as NotFound, a tile outside the limits of its zoom.
func (l Limits) Check(a Address) error {
	if a.Row >= l.MinTileRow && a.Row <= l.MaxTileRow && a.Col >= l.MinTileCol && a.Col <= l.MaxTileCol {
		return nil
	}
	return geo.Errorf(geo.NotFound, "the data have no tile at row %d, column %d of zoom %d", a.Row, a.Col, a.Zoom).
		In("tileRow").Try("rows %d to %d and columns %d to %d", l.MinTileRow, l.MaxTileRow, l.MinTileCol, l.MaxTileCol)
}
