package tile

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// MatrixSetDocument is a tile matrix set as OGC Two Dimensional Tile Matrix Set
// 2.0 writes it in JSON.
type MatrixSetDocument struct {
	ID                string           `json:"id"`
	Title             string           `json:"title"`
	URI               string           `json:"uri"`
	CRS               string           `json:"crs"`
	OrderedAxes       []string         `json:"orderedAxes"`
	WellKnownScaleSet string           `json:"wellKnownScaleSet"`
	TileMatrices      []MatrixDocument `json:"tileMatrices"`
}

// MatrixDocument is the grid of one zoom. Cell size and origin are in the units
// of the reference system, x before y.
type MatrixDocument struct {
	ID               string     `json:"id"`
	ScaleDenominator float64    `json:"scaleDenominator"`
	CellSize         float64    `json:"cellSize"`
	CornerOfOrigin   string     `json:"cornerOfOrigin"`
	PointOfOrigin    [2]float64 `json:"pointOfOrigin"`
	TileWidth        int        `json:"tileWidth"`
	TileHeight       int        `json:"tileHeight"`
	MatrixWidth      int        `json:"matrixWidth"`
	MatrixHeight     int        `json:"matrixHeight"`
}

// Document describes the set in a language, "en" or "id".
func (s *MatrixSet) Document(lang string) MatrixSetDocument {
	const (
		semiMajor  = 6378137.0 // metres, WGS84
		tileSide   = 256       // cells, as the registered definitions have it
		pixelSide  = 0.00028   // metres: the standardised rendering pixel
		metreByDeg = semiMajor * math.Pi / 180
	)
	d := MatrixSetDocument{ID: s.ID, Title: s.Title.In(lang), URI: s.URI, CRS: s.CRS}
	half := math.Pi * semiMajor
	cell, metres, origin := 2*half/tileSide, 1.0, [2]float64{-half, half}
	d.OrderedAxes = []string{"X", "Y"}
	d.WellKnownScaleSet = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible"
	if !s.mercator {
		cell, metres, origin = 180.0/tileSide, metreByDeg, [2]float64{-180, 90}
		d.OrderedAxes = []string{"Lon", "Lat"}
		d.WellKnownScaleSet = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleCRS84Quad"
	}
	for z := range MaxZoom + 1 {
		size := math.Ldexp(cell, -z)
		d.TileMatrices = append(d.TileMatrices, MatrixDocument{
			ID: strconv.Itoa(z), ScaleDenominator: size * metres / pixelSide, CellSize: size,
			CornerOfOrigin: "topLeft", PointOfOrigin: origin, TileWidth: tileSide, TileHeight: tileSide,
			MatrixWidth: s.Columns(z), MatrixHeight: s.Rows(z),
		})
	}
	return d
}

// LimitsOf gives the limits of every zoom.
func (s *MatrixSet) LimitsOf(extent orb.Bound) []Limits {
	all := make([]Limits, 0, MaxZoom+1)
	for z := range MaxZoom + 1 {
		all = append(all, s.LimitsAt(extent, z))
	}
	return all
}
