package api

import (
	"errors"
	"math"

	"kawasan/geo"
	"kawasan/geo/cql2"
)

// inDegrees refuses geometries that can't be longitude and latitude: most often
// they are in another system, and the filter (the parameter of that name) would
// quietly match nothing.
func inDegrees(e cql2.Expr, name string) error {
	var found error
	var look func(g *cql2.Geometry, at cql2.Position)
	look = func(g *cql2.Geometry, at cql2.Position) {
		stride := 2
		if g.HasZ {
			stride = 3
		}
		for i := 0; i+1 < len(g.Coordinates) && found == nil; i += stride {
			lon, lat := g.Coordinates[i], g.Coordinates[i+1]
			if math.Abs(lon) > 180 || math.Abs(lat) > 90 {
				e := geo.Invalidf(name, "the position %v %v is no longitude and latitude", lon, lat).At(at.Line, at.Column).
					Try("degrees, longitude first, or name the reference system in filter-crs")
				e.Place.Pointer = at.Pointer
				found = e
			}
		}
		for _, m := range g.Members {
			look(m, at)
		}
	}
	cql2.Walk(e, func(e cql2.Expr) bool {
		if g, ok := e.(*cql2.Geometry); ok {
			look(g, g.Pos())
		}
		return found == nil
	})
	return found
}

// toLonLat takes a position of a filter, in the axis order of the system, to lon, lat.
func (s *system) toLonLat(first, second float64) (lon, lat float64, err error) {
	lon, lat = s.Inverse(first, second)
	if !(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90) {
		return 0, 0, errors.New("outside of the reference system")
	}
	return lon, lat, nil
}
