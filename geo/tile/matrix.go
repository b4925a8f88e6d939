package tile

import (
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// MaxZoom is the deepest zoom of the tile matrix sets.
const MaxZoom = 22

// Extent is the number of units along the side of a tile; margin is how many of
// them a tile reaches beyond its sides; pixel is a pixel of a tile shown at 512.
const (
	Extent = 4096
	margin = 64
	pixel  = 8
)

// MatrixSet is a set of tile grids, one for each zoom. There are two.
type MatrixSet struct {
	ID    string // as in paths and OGC definitions
	Title geo.Text
	URI   string // the OGC definition
	CRS   string // URI of the reference system

	columns  int // of zoom 0; it has one row
	mercator bool
}

var (
	webMercatorQuad = &MatrixSet{
		ID: "WebMercatorQuad", Title: geo.Text{EN: "Google Maps Compatible for the World", ID: "Web Mercator untuk seluruh dunia, seperti Google Maps"},
		URI:     "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad",
		CRS:     "http://www.opengis.net/def/crs/EPSG/0/3857",
		columns: 1, mercator: true,
	}
	worldCRS84Quad = &MatrixSet{
		ID: "WorldCRS84Quad", Title: geo.Text{EN: "CRS84 for the World", ID: "Bujur dan lintang (CRS84) untuk seluruh dunia"},
		URI:     "http://www.opengis.net/def/tilematrixset/OGC/1.0/WorldCRS84Quad",
		CRS:     "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
		columns: 2,
	}
)

// WebMercatorQuad is the grid of nearly all web maps: EPSG:3857, one tile at zoom 0.
func WebMercatorQuad() *MatrixSet { return webMercatorQuad }

// WorldCRS84Quad is the grid in longitude and latitude: two tiles of 180 degrees at zoom 0.
func WorldCRS84Quad() *MatrixSet { return worldCRS84Quad }

// MatrixSets lists the sets; the first is the usual one.
func MatrixSets() []*MatrixSet { return []*MatrixSet{WebMercatorQuad(), WorldCRS84Quad()} }

// MatrixSetByID finds a set; NotFound with the ids that exist otherwise.
func MatrixSetByID(id string) (*MatrixSet, error) {
	for _, s := range MatrixSets() {
		if s.ID == id {
			return s, nil
		}
	}
	return nil, geo.Errorf(geo.NotFound, "there is no tile matrix set %q", geo.Clip(id)).
		In("tileMatrixSetId").Try("WebMercatorQuad or WorldCRS84Quad")
}

// Columns and Rows give the size of the grid at a zoom.
func (s *MatrixSet) Columns(z int) int { return s.columns << z }

// Rows gives the number of rows at a zoom.
func (s *MatrixSet) Rows(z int) int { return 1 << z }

// maxLatitude is where Web Mercator ends: atan(sinh(π)) in degrees.
const maxLatitude = 85.05112877980659

// world places lon, lat on the grid of zoom 0, in tiles: x to the east from the
// western edge, y to the south from the northern one.
func (s *MatrixSet) world(lon, lat float64) (x, y float64) {
	x = (lon + 180) / 360 * float64(s.columns)
	if !s.mercator {
		return x, (90 - lat) / 180
	}
	lat = max(-maxLatitude, min(maxLatitude, lat))
	// Spherical Mercator: EPSG guidance note 7-2, method 1024, as a share of the world,
	// with atanh(s) as ln((1+s)/(1-s))/2: twice as fast, and exact to 1e-15 of the world.
	sin := math.Sin(lat * (math.Pi / 180))
	return x, 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)
}

// position is the inverse of world.
func (s *MatrixSet) position(x, y float64) orb.Point {
	lon := x/float64(s.columns)*360 - 180
	if !s.mercator {
		return orb.Point{lon, 90 - y*180}
	}
	return orb.Point{lon, math.Atan(math.Sinh(math.Pi*(1-2*y))) * 180 / math.Pi}
}

// bend is how far, in tiles of zoom 0, the straight line on the grid leaves an
// edge that is straight in lon, lat, at most: the span squared over 8 times the
// largest second derivative of the projection along the edge.
func (s *MatrixSet) bend(lat1, lat2 float64) float64 {
	if !s.mercator || lat1 == lat2 {
		return 0
	}
	const rad = math.Pi / 180
	span := (lat1 - lat2) * rad
	top := min(max(math.Abs(lat1), math.Abs(lat2)), maxLatitude) * rad
	sin, cos := math.Sincos(top)
	return span * span / 8 * sin / (cos * cos) / (2 * math.Pi)
}
