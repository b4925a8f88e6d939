package api

import (
	"math"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// system is a coordinate reference system that positions can be asked for in.
type system struct {
	uri  string
	name string
	// forward turns lon, lat into the first and second number on the wire, inverse
	// back; nil for lon, lat itself.
	forward, inverse func(a, b float64) (float64, float64)
	// aligned says that a box in the system is a box in lon, lat too.
	aligned bool
	// decimals that make about a centimetre.
	decimals int
	// limits of the two axes on the wire; 0 for none.
	limits [2]float64
}

const (
	uriCRS84    = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	uriEPSG     = "http://www.opengis.net/def/crs/EPSG/0/"
	earthRadius = 6378137.0 // of spherical Mercator, metres
)

func swap(a, b float64) (float64, float64) { return b, a }

// systems are offered for every collection with geometry; the first is the default.
func (s *Server) systems() []*system {
	return []*system{
		{uri: uriCRS84, name: "WGS 84 longitude, latitude", aligned: true, decimals: 7, limits: [2]float64{180, 90}},
		{uri: uriEPSG + "4326", name: "WGS 84 latitude, longitude", forward: swap, inverse: swap, aligned: true, decimals: 7, limits: [2]float64{90, 180}},
		{uri: uriEPSG + "3857", name: "Web Mercator", forward: toMercator, inverse: fromMercator, aligned: true, decimals: 3},
	}
}

// toMercator is the spherical Mercator projection of EPSG:3857, held at the
// latitude where its map is a square.
func toMercator(lon, lat float64) (float64, float64) {
	lat = max(min(lat, 85.0511287798066), -85.0511287798066) * math.Pi / 180
	return earthRadius * lon * math.Pi / 180, earthRadius * math.Asinh(math.Tan(lat))
}

func fromMercator(x, y float64) (float64, float64) {
	return x / earthRadius * 180 / math.Pi, math.Atan(math.Sinh(y/earthRadius)) * 180 / math.Pi
}

// findSystem looks up a reference system by URI, CURIE or URN.
func (s *Server) findSystem(parameter, text string) (*system, error) {
	known := s.systems()
	wanted := canonicalCRS(text)
	var uris []string
	for _, k := range known {
		if k.uri == wanted {
			return k, nil
		}
		uris = append(uris, k.uri)
	}
	return nil, geo.Invalidf(parameter, "the reference system %q is not offered", clip(text)).Try("one of %s", strings.Join(uris, ", "))
}

// canonicalCRS gives the URI for the other ways of writing it.
func canonicalCRS(text string) string {
	t := strings.Trim(text, "[]<>")
	if code, ok := strings.CutPrefix(t, "EPSG:"); ok {
		return uriEPSG + code
	}
	if code, ok := strings.CutPrefix(t, "urn:ogc:def:crs:EPSG:"); ok {
		return uriEPSG + code[strings.LastIndexByte(code, ':')+1:]
	}
	switch t {
	case "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84":
		return uriCRS84
	}
	return t
}

// parseBounds reads bbox and bbox-crs into boxes of lon, lat.
func (x *exchange) parseBounds(r *itemsRequest) error {
	in := x.server.systems()[0]
	var err error
	if text, given := x.values.get("bbox-crs"); given {
		if in, err = x.server.findSystem("bbox-crs", text); err != nil {
			return err
		}
	}
	text, given := x.values.get("bbox")
	if !given {
		return nil
	}
	b, err := parseBox(text)
	if err != nil {
		return err
	}
	r.query.Bounds, err = in.bounds(b)
	return err
}

// bounds turns a box into one of lon, lat, or two where it crosses the antimeridian.
func (s *system) bounds(b box) ([]orb.Bound, error) {
	for i, limit := range s.limits {
		for _, v := range [...]float64{b.first[i], b.second[i]} {
			if limit > 0 && math.Abs(v) > limit {
				return nil, outOfRange([...]string{"the first axis", "the second axis"}[i], v, limit)
			}
		}
	}
	low, high := b.first, b.second
	if s.inverse != nil {
		low[0], low[1] = s.inverse(low[0], low[1])
		high[0], high[1] = s.inverse(high[0], high[1])
	}
	if low[1] > high[1] {
		return nil, geo.Invalidf("bbox", "the southern border of bbox is north of the northern one").Try("%s", bboxForm)
	}
	if low[0] <= high[0] {
		return []orb.Bound{{Min: low, Max: high}}, nil
	}
	if s.limits == [2]float64{} {
		return nil, geo.Invalidf("bbox", "the western border of bbox is east of the eastern one").Try("%s", bboxForm)
	}
	return []orb.Bound{
		{Min: orb.Point{low[0], low[1]}, Max: orb.Point{180, high[1]}},
		{Min: orb.Point{-180, low[1]}, Max: orb.Point{high[0], high[1]}},
	}, nil
}
