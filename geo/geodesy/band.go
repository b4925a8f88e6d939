package geodesy

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"

	"kawasan/geo"
)

const (
	bandSlack    = 0.05        // simplification of the boundary before, of a step
	bandVertices = 20_000      // most vertices of a boundary, simplified
	widestBand   = 1_000_000.0 // metres
)

// Fringe is an uncertain boundary made ready to be drawn: around it bands show where
// it may truly lie. It is immutable.
type Fringe struct {
	west, south float64 // origin of the plane: south-western corner of the shape
	lon, lat    float64 // metres per degree
	width       float64 // the uncertainty in metres
	detail      float64
	steps       int
	cell        float64

	lines    []orb.LineString // boundaries, lines and places, in metres of the plane, simplified
	encloses bool             // bands are inside of the areas only
	bound    orb.Bound        // of the lines
	vertices int
}

// Fringe prepares the bands of a geometry, in so many steps of the uncertainty, for
// drawings in which what is smaller than detail, in metres, need not be seen. They are the
// places on both sides of the stored boundary, or around a line or a point; or only
// inside of it for an outer envelope or a legal box, whose true shape lies within. It
// is nil where the uncertainty is unknown or 0, beyond 1,000 km, and near a pole.
//
// Widths are right within 5 % of a step and twice the detail, and measured on the plane whose
// degrees have their length at the middle latitude of the shape (over 2 degrees of
// latitude at the equator 0.02 % off, at 60 degrees 3 %). It costs some 50 ns a vertex.
//
// TooLarge for boundaries of more than 20,000 vertices that matter at that detail.
func (b Basis) Fringe(g orb.Geometry, steps int, detail float64) (*Fringe, error) {
	u, known := b.known()
	if !known || !(u > 0) || u > widestBand || g == nil || steps < 1 {
		return nil, nil
	}
	bound := g.Bound()
	f := &Fringe{west: bound.Min[0], south: bound.Min[1], width: u, detail: detail, steps: steps}
	f.lon, f.lat = degreeMetres((bound.Min[1] + bound.Max[1]) / 2)
	if f.lon < 1000 {
		return nil, nil // at a pole
	}
	f.cell = cellOf(u, steps, detail)
	areas, others := f.add(g)
	f.encloses = b.Kind.encloses() && areas && !others
	if f.vertices > bandVertices {
		return nil, geo.Errorf(geo.TooLarge, "the boundary has too many vertices for a band around it")
	}
	if len(f.lines) == 0 {
		return nil, nil
	}
	f.bound = orb.MultiLineString(f.lines).Bound()
	return f, nil
}

// cellOf is how far apart distances are measured. A sixteenth of the width makes arcs and
// corners good, and one step at most keeps the innermost band whole; less than three details
// would not be seen, and 32 are enough for any.
func cellOf(width float64, steps int, detail float64) float64 {
	cell := min(width/float64(steps), max(width/16, 3*detail))
	if detail > 0 {
		cell = min(cell, 32*detail)
	}
	return cell
}

// Bytes is about how much memory it takes.
func (f *Fringe) Bytes() int { return 160 + 16*f.vertices + 24*len(f.lines) }

// add takes the boundaries of areas, the lines and the points of a geometry, and
// tells whether there are areas, and others.
func (f *Fringe) add(g orb.Geometry) (areas, others bool) {
	switch g := g.(type) {
	case orb.Point:
		f.line(orb.LineString{g})
		return false, true
	case orb.MultiPoint:
		for _, p := range g {
			f.line(orb.LineString{p})
		}
		return false, true
	case orb.LineString:
		f.line(g)
		return false, true
	case orb.MultiLineString:
		for _, l := range g {
			f.line(l)
		}
		return false, true
	case orb.Polygon:
		for _, r := range g {
			f.line(orb.LineString(r))
		}
		return true, false
	case orb.MultiPolygon:
		for _, p := range g {
			f.add(p)
		}
		return true, false
	case orb.Collection:
		for _, member := range g {
			a, o := f.add(member)
			areas, others = areas || a, others || o
		}
	}
	return areas, others
}

// line maps a line and leaves out what is hidden. All of it is looked at, whatever the
// view: bands of views that adjoin fit.
func (f *Fringe) line(l orb.LineString) {
	if len(l) == 0 {
		return
	}
	slack := max(f.width/float64(f.steps)*bandSlack, f.detail)
	line := make(orb.LineString, 0, len(l))
	for i, v := range l {
		p := f.forward(v)
		if i > 0 && i < len(l)-1 {
			q := line[len(line)-1]
			if dx, dy := p[0]-q[0], p[1]-q[1]; dx*dx+dy*dy < slack*slack/16 {
				continue
			}
		}
		line = append(line, p)
	}
	line = simplify.DouglasPeucker(slack * 3 / 4).LineString(line)
	f.vertices += len(line)
	f.lines = append(f.lines, line.Clone())
}

func (f *Fringe) forward(v orb.Point) orb.Point {
	return orb.Point{(v[0] - f.west) * f.lon, (v[1] - f.south) * f.lat}
}

// back turns metres of the plane into lon, lat, in place.
func (f *Fringe) back(r orb.Ring) {
	for i, v := range r {
		r[i] = orb.Point{f.west + v[0]/f.lon, f.south + v[1]/f.lat}
	}
}

// Bands gives the areas around the boundary within a box of lon, lat, one for each step
// from the narrowest to that of the whole uncertainty; a step may be empty. Beyond the box
// they end somewhere. Where two rings come near, simplifying may make them touch. A simplified vertex in reach costs some microseconds, each other some nanoseconds.
//
// TooLarge for boxes in which no drawing would show so narrow bands.
func (f *Fringe) Bands(within orb.Bound) ([]orb.MultiPolygon, error) {
	bands := make([]orb.MultiPolygon, f.steps)
	view := orb.Bound{Min: f.forward(within.Min), Max: f.forward(within.Max)}
	reach := f.bound.Pad(f.width + f.cell)
	if !view.Intersects(reach) {
		return bands, nil
	}
	d, err := newDistances(f.cell, orb.Bound{
		Min: orb.Point{max(view.Min[0], reach.Min[0]), max(view.Min[1], reach.Min[1])},
		Max: orb.Point{min(view.Max[0], reach.Max[0]), min(view.Max[1], reach.Max[1])},
	})
	if err != nil {
		return nil, err
	}
	for _, l := range f.lines {
		d.line(l, f.width+1.5*f.cell)
	}
	d.roots()
	if f.encloses {
		d.negateOutside(f.lines)
	}
	for i := range bands {
		width := f.width * float64(i+1) / float64(f.steps)
		bands[i] = f.polygons(d.contours(width), max(0.8*f.detail, width/100))
	}
	return bands, nil
}

// polygons simplifies rings and puts holes into their areas.
func (f *Fringe) polygons(rings []orb.Ring, tolerance float64) orb.MultiPolygon {
	thin := simplify.DouglasPeucker(tolerance)
	var out orb.MultiPolygon
	var holes []orb.Ring
	for _, r := range rings {
		r = thin.Ring(r)
		switch {
		case len(r) < 4:
		case r.Orientation() == orb.CCW:
			out = append(out, orb.Polygon{r})
		default:
			holes = append(holes, r)
		}
	}
	out = withHoles(out, holes)
	for _, p := range out {
		for _, r := range p {
			f.back(r)
		}
	}
	return out
}
