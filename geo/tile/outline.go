package tile

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// kind says what a run of vertices is; the values but hole are MVT's types.
type kind uint8

const (
	pointKind kind = 1
	lineKind  kind = 2
	areaKind  kind = 3 // an outer ring
	holeKind  kind = 4 // of the outer ring before it
)

// run is a point, a line or a ring without its closing vertex: start..end, end excluded.
type run struct {
	start, end int32
	kind       kind
}

// outline is a geometry in the units of the deepest zoom. All tiles are made from
// these: a shallower zoom has fewer bits.
type outline struct {
	vertices []vertex
	runs     []run
	// bend is how far an edge may leave its straight line; see MatrixSet.bend.
	bend float64
}

// farthest bounds coordinates, in units of the deepest zoom: 64 worlds.
const farthest = 1 << 40

const (
	// maxPieces bounds the pieces that one edge is divided into, and maxDivided
	// those of a whole feature, so that hostile geometries stay affordable.
	maxPieces  = 1 << 14
	maxDivided = 1 << 18
)

// projector puts geometries onto a grid.
type projector struct {
	set *MatrixSet
	// tolerance is the bend above which an edge is divided; 0 divides none.
	tolerance float64
	pieces    int // at most, an edge
	out       *outline
}

// project reads WKB into an outline, dividing edges that bend by more than
// tolerance (in tiles of zoom 0; 0 divides none).
func project(set *MatrixSet, b []byte, tolerance float64, out *outline) error {
	out.vertices, out.runs, out.bend = out.vertices[:0], out.runs[:0], 0
	p := projector{set: set, tolerance: tolerance, out: out}
	p.pieces = max(1, min(maxPieces, maxDivided/(len(b)/16+1)))
	r := wkb.NewReader(b)
	h, err := r.Header()
	if err == nil {
		err = p.geometry(&r, h)
	}
	if err == nil {
		err = r.End()
	}
	return err
}

func (p *projector) geometry(r *wkb.Reader, h wkb.Header) error {
	switch h.Type {
	case wkb.Point:
		at, err := r.Positions(h, 1)
		if err == nil {
			p.run(at, pointKind)
		}
		return err
	case wkb.LineString:
		at, err := r.Sequence(h)
		if err == nil {
			p.run(at, lineKind)
		}
		return err
	case wkb.Polygon:
		return p.polygon(r, h)
	}
	n, err := r.Count(h, wkb.MemberSize)
	for i := 0; i < n && err == nil; i++ {
		var m wkb.Header
		if m, err = r.Member(h); err == nil {
			err = p.geometry(r, m)
		}
	}
	return err
}

func (p *projector) polygon(r *wkb.Reader, h wkb.Header) error {
	n, err := r.Count(h, wkb.RingSize)
	of, outer := areaKind, false
	for i := 0; i < n && err == nil; i++ {
		var at wkb.Positions
		if at, err = r.Sequence(h); err != nil {
			return err
		}
		if i == 0 {
			outer = at.Len() > 3
		}
		if outer && at.Len() > 3 {
			p.run(at, of)
		}
		of = holeKind
	}
	return err
}

// run appends a point, a line or a ring. Positions that are no numbers (an
// empty point) leave the run out.
func (p *projector) run(at wkb.Positions, k kind) {
	o := p.out
	start := len(o.vertices)
	var lon0, lat0 float64
	for i := range at.Len() {
		lon, lat := at.XY(i)
		if !finite(lon) || !finite(lat) {
			o.vertices = o.vertices[:start]
			return
		}
		if i > 0 {
			p.edge(lon0, lat0, lon, lat)
		}
		p.place(lon, lat)
		lon0, lat0 = lon, lat
	}
	if n := len(o.vertices); k >= areaKind && n-start >= 2 && o.vertices[start] == o.vertices[n-1] {
		o.vertices = o.vertices[:n-1]
	}
	if len(o.vertices) > start {
		o.runs = append(o.runs, run{int32(start), int32(len(o.vertices)), k})
	}
}

// place appends the nearest point of the finest grid.
func (p *projector) place(lon, lat float64) {
	const units = Extent << MaxZoom
	x, y := p.set.world(lon, lat)
	p.out.vertices = append(p.out.vertices, vertex{nearest(x * units), nearest(y * units)})
}

func nearest(v float64) int64 {
	return int64(math.Floor(max(-farthest, min(farthest, v)) + 0.5))
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// edge notes how far an edge bends and appends the points that divide it. They
// are counted from the same end whichever way the edge runs.
func (p *projector) edge(lon0, lat0, lon1, lat1 float64) {
	bend := p.set.bend(lat0, lat1)
	p.out.bend = max(p.out.bend, bend)
	if p.tolerance == 0 || bend <= p.tolerance {
		return
	}
	n := int(min(math.Ceil(math.Sqrt(bend/p.tolerance)), float64(p.pieces)))
	backward := lon0 > lon1 || lon0 == lon1 && lat0 > lat1
	if backward {
		lon0, lat0, lon1, lat1 = lon1, lat1, lon0, lat0
	}
	for i := 1; i < n; i++ {
		share := float64(i) / float64(n)
		if backward {
			share = float64(n-i) / float64(n)
		}
		p.place(lon0+(lon1-lon0)*share, lat0+(lat1-lat0)*share)
	}
}

// unreadable reports a stored geometry that is not WKB.
func unreadable(f *geo.Feature, cause error) error {
	e := geo.Errorf(geo.Internal, "the stored geometry of %s can't be read", f.Ref()).Because(cause)
	e.Place = geo.Place{Collection: f.Collection.ID, Feature: f.ID}
	return e
}
