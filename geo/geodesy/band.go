package geodesy

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/simplify"
	sf "github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
)

const (
	bandSlack    = 0.04   // simplification of the boundary before, of the width
	bandSag      = 0.005  // of arcs: with 8 vertices in a quarter circle
	bandVertices = 20_000 // most vertices of a boundary, simplified
)

// View is what a drawing shows of the earth.
type View struct {
	Bound  orb.Bound // lon, lat
	Detail float64   // metres: what is smaller need not be drawn
}

// Band gives the places in view where the boundary of an area, or a line, may truly
// lie, out to a share (above 0, at most 1) of its uncertainty: those on both sides of the
// stored one, or only inside of it for an outer envelope or a legal box, whose
// true shape lies within. It is nil where the uncertainty is unknown or 0, for
// points, and where none of it is in view. Beyond the view it ends somewhere.
//
// It is made for drawing: widths are right within 5 % of the share and the
// detail, and measured on the plane whose degrees have their length at the middle
// latitude of the shape (over 2 degrees of latitude at the equator 0.02 % off, at 60
// degrees 3 %). The same boundary gives the same band in views that adjoin. Vertices
// that width or detail hide, and what is out of view, cost a fraction of a microsecond each, others some 0.1 ms.
//
// TooLarge for boundaries of more than 20,000 vertices that matter.
func (b Basis) Band(g orb.Geometry, share float64, v View) (orb.MultiPolygon, error) {
	u, known := b.known()
	width := u * share
	if !known || !(width > 0) || width > maxBuffer || g == nil {
		return nil, nil
	}
	bound := g.Bound()
	p := bandPlane{west: bound.Min[0], south: bound.Min[1], slack: max(width*bandSlack, v.Detail)}
	p.lon, p.lat = degreeMetres((bound.Min[1] + bound.Max[1]) / 2)
	if p.lon < 1000 {
		return nil, nil // at a pole
	}
	p.frame = orb.Bound{Min: p.forward(v.Bound.Min), Max: p.forward(v.Bound.Max)}.Pad(1.2*width + 2*v.Detail)
	p.add(g)
	if len(p.lines) == 0 {
		return nil, nil
	}
	if p.vertices > bandVertices {
		return nil, geo.Errorf(geo.TooLarge, "the boundary has too many vertices for a band around it")
	}
	lines, err := planarLike(p.lines)
	if err != nil {
		return nil, err
	}
	band, err := sf.Buffer(lines, width, sf.BufferQuadSegments(quarterOf(max(bandSag, v.Detail/width/4))), sf.BufferSimplifyFactor(bandSlack/4))
	if err == nil && b.Kind.encloses() && len(p.areas) > 0 {
		band, err = p.inside(band)
	}
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the band cannot be computed").Because(err)
	}
	out, err := orbGeometry(band)
	if err != nil {
		return nil, err
	}
	if out.Dimensions() < 2 {
		return nil, nil
	}
	polygons, err := asMultiPolygon(out)
	p.back(polygons)
	return polygons, err
}

// quarterOf is how many vertices a quarter circle needs to sag by a share of its radius at most.
func quarterOf(sag float64) int {
	return int(max(2, math.Ceil(math.Pi/4/math.Acos(1-min(sag, 0.3)))))
}

// bandPlane has its origin at the south-western corner of a shape, and metres.
type bandPlane struct {
	west, south, lon, lat float64
	slack                 float64
	frame                 orb.Bound // what matters

	lines    orb.MultiLineString
	areas    orb.MultiPolygon
	vertices int
}

func (p *bandPlane) forward(v orb.Point) orb.Point {
	return orb.Point{(v[0] - p.west) * p.lon, (v[1] - p.south) * p.lat}
}

// add takes the boundaries of areas, and the lines, of a geometry.
func (p *bandPlane) add(g orb.Geometry) {
	switch g := g.(type) {
	case orb.LineString:
		p.line(p.simplified(g))
	case orb.MultiLineString:
		for _, l := range g {
			p.add(l)
		}
	case orb.Polygon:
		p.polygon(g)
	case orb.MultiPolygon:
		for _, m := range g {
			p.polygon(m)
		}
	case orb.Collection:
		for _, m := range g {
			p.add(m)
		}
	}
}

// simplified maps a line and leaves out what is hidden: all of it is looked at, so that
// what is left does not depend on the frame.
func (p *bandPlane) simplified(l orb.LineString) orb.LineString {
	line := make(orb.LineString, len(l))
	for i, v := range l {
		line[i] = p.forward(v)
	}
	return simplify.DouglasPeucker(p.slack).LineString(line)
}

// line takes what of a line matters; rings in halves, since the buffer of a closed
// line can get holes that are none.
func (p *bandPlane) line(l orb.LineString) {
	for _, piece := range clip.LineString(p.frame, l.Clone()) {
		n := len(piece)
		p.vertices += n
		if n > 2 && piece[0] == piece[n-1] {
			p.lines = append(p.lines, piece[:n/2+1], piece[n/2:])
		} else if n > 1 {
			p.lines = append(p.lines, piece)
		}
	}
}

func (p *bandPlane) polygon(g orb.Polygon) {
	var area orb.Polygon
	for i, r := range g {
		ring := p.simplified(orb.LineString(r))
		p.line(ring)
		cut := clip.Ring(p.frame, orb.Ring(ring))
		if len(cut) >= 4 {
			area = append(area, cut)
		} else if i == 0 {
			return
		}
	}
	if len(area) > 0 {
		p.areas = append(p.areas, area)
	}
}

// inside keeps what of a band lies within the areas. Simplifying and cutting may
// have made them touch themselves: a buffer of 0 takes that apart.
func (p *bandPlane) inside(band sf.Geometry) (sf.Geometry, error) {
	areas, err := planarLike(p.areas)
	if err != nil {
		return band, err
	}
	if areas, err = sf.Buffer(areas, 0); err != nil {
		return band, err
	}
	return sf.Intersection(band, areas)
}

// back turns metres of the plane into lon, lat, in place.
func (p *bandPlane) back(m orb.MultiPolygon) {
	for _, polygon := range m {
		for _, ring := range polygon {
			for i, v := range ring {
				ring[i] = orb.Point{p.west + v[0]/p.lon, p.south + v[1]/p.lat}
			}
		}
	}
}

// planarLike hands a geometry to simplefeatures as it is.
func planarLike(g orb.Geometry) (sf.Geometry, error) {
	raw, err := wkb.Marshal(g)
	if err == nil {
		var out sf.Geometry
		if out, err = sf.UnmarshalWKB(raw, sf.NoValidate{}); err == nil {
			return out, nil
		}
	}
	return sf.Geometry{}, geo.Errorf(geo.Internal, "the boundary cannot be encoded").Because(err)
}
