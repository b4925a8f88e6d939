package api

import (
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// system is a coordinate reference system that positions can be asked for in.
type system struct {
	*crs.CRS
	// aligned says that a box in the system is a box in lon, lat too.
	aligned bool
	// decimals that make a centimetre or less.
	decimals int
	// header is the URI as Content-Crs has it.
	header string
	// limits of the two axes in degrees; 0 where they are metres.
	limits [2]float64
}

const (
	uriCRS84  = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	uriCRS84h = "http://www.opengis.net/def/crs/OGC/0/CRS84h"
)

// listSystems are offered for every collection, as on the command line; the first is the
// default. That with heights comes besides where there are any, see withHeights.
func listSystems() []*system {
	var list []*system
	for _, c := range crs.All() {
		if c.URI != uriCRS84h {
			list = append(list, newSystem(c))
		}
	}
	return list
}

func newSystem(c *crs.CRS) *system {
	s := &system{CRS: c, header: "<" + c.URI + ">", decimals: 3, aligned: c.EPSG == 3857 || c.EPSG == 3395}
	if c.IsGeographic() {
		s.aligned, s.decimals, s.limits = true, 7, [2]float64{180, 90}
		if c.Axes == crs.LatLon {
			s.limits = [2]float64{90, 180}
		}
	}
	return s
}

func (s *Server) systems() []*system { return s.referenceSystems }

// systemsFor are those in which all of a collection can be given: a plane made for
// one part of the world has no sensible value, or none at all, on the other side of it.
func (s *Server) systemsFor(c *geo.Collection) []*system {
	if c == nil || !c.HasGeometry() || c.Extent.IsEmpty() {
		return s.referenceSystems
	}
	var list []*system
	for _, k := range s.referenceSystems {
		if k.reaches(c.Extent) {
			list = append(list, k)
		}
	}
	return list
}

// reaches reports whether the system has sensible positions for all of an extent.
func (s *system) reaches(extent orb.Bound) bool {
	if s.IsGeographic() {
		return true
	}
	// A transverse Mercator still measures 30° from its zone, if poorly. Poles have no place in any of them.
	const beside, highest = 30, 85.06
	return extent.Min[0] >= s.Area[0]-beside && extent.Max[0] <= s.Area[2]+beside && extent.Min[1] >= -highest && extent.Max[1] <= highest
}

// findSystem looks up a reference system by URI, CURIE or URN among those offered.
func (s *Server) findSystem(parameter, text string) (*system, error) {
	return findAmong(s.referenceSystems, parameter, text)
}

// namedSystems is how many systems an error names of those that would be right.
const namedSystems = 6

func findAmong(list []*system, parameter, text string) (*system, error) {
	wanted, err := crs.Parse(text)
	for _, k := range list {
		if err == nil && k.URI == wanted.URI {
			return k, nil
		}
	}
	return nil, geo.Invalidf(parameter, "the reference system %q is not offered", clip(text)).Try("%s, or another one of the member crs of the collection", strings.Join(urisOf(list[:min(len(list), namedSystems)]), ", "))
}

// findSystem looks up a reference system for what the request is about: that with
// heights is offered besides where geometries have them.
func (x *exchange) findSystem(parameter, text string) (*system, error) {
	if text == uriCRS84h && x.collection != nil && x.collection.HasZ {
		return withHeights(), nil
	}
	if parameter == "crs" {
		return findAmong(x.server.systemsFor(x.collection), parameter, text)
	}
	return x.server.findSystem(parameter, text)
}

// withHeights is longitude and latitude with ellipsoidal height.
func withHeights() *system {
	c := *crs.CRS84()
	c.URI = uriCRS84h
	return newSystem(&c)
}

// parseBounds reads bbox and bbox-crs into boxes of lon, lat. Where the box is
// none in lon, lat, the query takes one around it and a filter decides exactly,
// before limit and count, so that no page shrinks.
func (x *exchange) parseBounds(r *itemsRequest) error {
	in := x.server.systems()[0]
	var err error
	if text, given := x.values.get("bbox-crs"); given {
		if in, err = x.findSystem("bbox-crs", text); err != nil {
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
	if in.aligned {
		r.query.Bounds, err = in.bounds(b)
		return err
	}
	b = b.inOrder().padded(rounding)
	around, ok := in.around(b)
	if ok {
		r.query.Bounds = []orb.Bound{around}
	}
	r.query.Filter = boxFilter{system: in, box: geom.NewEnvelope(geom.XY{X: b.first[0], Y: b.first[1]}, geom.XY{X: b.second[0], Y: b.second[1]}).AsGeometry(), text: text}
	return nil
}

// rounding is by how much, in metres, a box of a projected system is taken wider:
// what lies on its border must not depend on the last digit that was written.
const rounding = 0.001

// around gives a box of lon, lat that holds a box of the system: its border is
// walked in steps, and the result widened by more than the bulge between two
// steps. ok is false for boxes so large that only the exact test can decide.
func (s *system) around(b box) (orb.Bound, bool) {
	const steps, metresPerDegree, widest = 64, 110_000, 500_000
	width, height := b.second[0]-b.first[0], b.second[1]-b.first[1]
	if math.Max(width, height) > widest {
		return orb.Bound{}, false
	}
	var found orb.Bound
	for i := range steps + 1 {
		t := float64(i) / steps
		for k, corner := range [...][2]float64{
			{b.first[0] + t*width, b.first[1]},
			{b.first[0] + t*width, b.second[1]},
			{b.first[0], b.first[1] + t*height},
			{b.second[0], b.first[1] + t*height},
		} {
			lon, lat := s.Inverse(corner[0], corner[1])
			if math.IsNaN(lon) || math.IsNaN(lat) || math.Abs(lon) > 180 || math.Abs(lat) > 85 || lon < s.Area[0]-3 || lon > s.Area[2]+3 {
				return orb.Bound{}, false
			}
			if i == 0 && k == 0 {
				found = orb.Point{lon, lat}.Bound()
			}
			found = found.Extend(orb.Point{lon, lat})
		}
	}
	margin := 0.25 + (width+height)/metresPerDegree*0.05
	// An edge straight in the system is curved in lon, lat, and the other way
	// round: features with long edges bulge into the box. The margin covers edges
	// of a thousand kilometres at middle latitudes.
	return found.Pad(margin), true
}

// boxFilter is true where the geometry, its vertices taken into the system,
// meets the box there; as Features asks, also where there is no geometry.
type boxFilter struct {
	system *system
	box    geom.Geometry
	text   string
}

var _ geo.Filter = boxFilter{}

// Match transforms the geometry; one that can't be read does not match.
func (b boxFilter) Match(f *geo.Feature) (bool, error) {
	if len(f.WKB) == 0 {
		return true, nil
	}
	moved, err := crs.TransformWKB(nil, f.WKB, b.system.CRS)
	if err != nil {
		return false, nil //nolint:nilerr // what has no place there is not in the box
	}
	g, err := geom.UnmarshalWKB(moved, geom.NoValidate{})
	if err != nil {
		return false, nil //nolint:nilerr // what has no place there is not in the box
	}
	return geom.Intersects(g, b.box), nil
}

// Properties are none: only the geometry is read.
func (boxFilter) Properties() []string { return nil }

// String names the box and its system.
func (b boxFilter) String() string { return "BBOX(" + b.text + ") IN " + b.system.URI }

// bounds turns a box into one of lon, lat, or two where it crosses the antimeridian.
func (s *system) bounds(b box) ([]orb.Bound, error) {
	if s.Axes == crs.LatLon && b.isLonLat() {
		b.first[0], b.first[1], b.second[0], b.second[1] = b.first[1], b.first[0], b.second[1], b.second[0]
	}
	for i, limit := range s.limits {
		for _, v := range [...]float64{b.first[i], b.second[i]} {
			if limit > 0 && math.Abs(v) > limit {
				return nil, outOfRange([...]geo.Phrase{geo.Phrasef("the first axis"), geo.Phrasef("the second axis")}[i], v, limit)
			}
		}
	}
	if !s.IsGeographic() && b.first[0] <= b.second[0] && b.first[1] <= b.second[1] {
		b = b.padded(rounding)
	}
	low, high := b.first, b.second
	low[0], low[1] = s.Inverse(low[0], low[1])
	high[0], high[1] = s.Inverse(high[0], high[1])
	if low[1] > high[1] {
		return nil, geo.Invalidf("bbox", "the southern border of bbox is north of the northern one").Try(bboxForm)
	}
	if low[0] <= high[0] {
		return []orb.Bound{{Min: low, Max: high}}, nil
	}
	if s.limits == [2]float64{} {
		return nil, geo.Invalidf("bbox", "the western border of bbox is east of the eastern one").Try(bboxForm)
	}
	return []orb.Bound{
		{Min: orb.Point{low[0], low[1]}, Max: orb.Point{180, high[1]}},
		{Min: orb.Point{-180, low[1]}, Max: orb.Point{high[0], high[1]}},
	}, nil
}
