package quality

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/planar"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// compare tells whether two features share an area, and how large it is.
func (n *neighbourhood) compare(ctx context.Context, a, b *neighbour) error {
	if a.partOf != "" && a.partOf == b.id || b.partOf != "" && b.partOf == a.id {
		return nil
	}
	if !n.meet.interiorsMeet(a.boundary, b.boundary) {
		return nil
	}
	if n.measured++; n.measured > overlapsMeasured {
		n.judge.report.limit(say("the area of overlaps beyond the first %d", "luas tumpang tindih setelah %d yang pertama", overlapsMeasured))
		n.add(a, b, Issue{Rule: overlapsNeighbour, Place: n.anywhere(a), Message: say("overlaps %s", "bertumpang tindih dengan %s", b.called())})
		return nil
	}
	first, err := n.judge.spool.encoded(a)
	if err != nil {
		return err
	}
	second, err := n.judge.spool.encoded(b)
	if err != nil {
		return err
	}
	x, errX := wkb.Unmarshal(first)
	y, errY := wkb.Unmarshal(second)
	if errX != nil || errY != nil {
		return nil //nolint:nilerr // what can't be read is a finding of its own
	}
	shared, area, err := geodesy.Overlap(ctx, x, y)
	if err != nil {
		switch {
		case geo.IsCode(err, geo.Invalid): // a stored one that is not valid
			return nil
		case geo.IsCode(err, geo.TooLarge): // too intricate to tell how large the area is
			n.add(a, b, Issue{Rule: overlapsNeighbour, Place: n.anywhere(a), Message: say("overlaps %s", "bertumpang tindih dengan %s", b.called())})
			return nil
		}
		return err
	}
	width := 0.0
	if shape, err := geodesy.Prepare(shared); err == nil {
		if p := geodesy.Perimeter(shape); p > 0 {
			width = 2 * area / p
		}
	}
	if width < rounding {
		n.narrow++
		return nil
	}
	rounded := math.Round(area*100) / 100
	i := Issue{Rule: overlapsNeighbour, AreaM2: &rounded, Message: say("shares %s m² with %s (%s m wide)", "berbagi %s m² dengan %s (lebar %s m)", figure(area), b.called(), figure(width))}
	if p, ok := largest(shared); ok {
		i.Place.Position = &p
	}
	switch {
	case width <= a.uncertainty+b.uncertainty:
		i.Severity = Note
		i.Remedy = say("nothing: the uncertainties (%s and %s m) explain it", "tidak ada: ketidakpastiannya (%s dan %s m) menjelaskannya", figure(a.uncertainty), figure(b.uncertainty))
	case a.envelope || b.envelope || a.kind != b.kind:
		i.Severity = Note
		i.Remedy = say("nothing, if things of these kinds may lie in each other", "tidak ada, bila jenis-jenis ini memang boleh saling memuat")
	}
	n.add(a, b, i)
	return nil
}

// anywhere gives some position of a feature.
func (n *neighbourhood) anywhere(f *neighbour) Place {
	encoded, err := n.judge.spool.encoded(f)
	if err != nil {
		return Place{}
	}
	return anywhere(encoded)
}

// called names a feature for a message.
func (n *neighbour) called() string {
	if n.name != "" && n.name != n.id {
		return shown(n.id, 40) + " (" + shown(n.name, 60) + ")"
	}
	return shown(n.id, 60)
}

// add records a finding about two features under the first.
func (n *neighbourhood) add(a, b *neighbour, i Issue) {
	id := n.judge.o.Collection.ID
	i.Collection, i.Feature, i.Name, i.Row, i.Other = id, a.id, a.name, a.row, id+"/"+b.id
	if i.Severity == "" {
		i.Severity = i.Rule.Severity
	}
	of := finding{i.Rule, i.Severity, a.id}
	n.judge.report.add(i, !n.found[of])
	n.found[of] = true
}

// finding names what was found in which feature.
type finding struct {
	rule     *Rule
	severity Severity
	feature  string
}

// largest gives the centroid of the largest polygon.
func largest(g orb.Geometry) (at orb.Point, ok bool) {
	best := -1.0
	var visit func(g orb.Geometry)
	visit = func(g orb.Geometry) {
		switch v := g.(type) {
		case orb.Polygon:
			if c, area := planar.CentroidArea(v); math.Abs(area) > best && len(v) > 0 {
				best, at, ok = math.Abs(area), c, true
			}
		case orb.MultiPolygon:
			for _, p := range v {
				visit(p)
			}
		case orb.Collection:
			for _, m := range v {
				visit(m)
			}
		}
	}
	visit(g)
	return at, ok
}

// encounter is where the boundaries of two polygons meet, seen from one of them.
type encounter struct {
	touched []touch
	shared  []piece
	met     []bool // rings
	stops   []orb.Point
}

// touch is a point of an edge that lies on the other boundary, piece a stretch that does.
type (
	touch struct {
		e  int32
		at orb.Point
	}
	piece struct {
		e     int32
		bound orb.Bound
	}
)

// encounters holds both sides; its memory is used again for the next pair.
type encounters struct{ a, b encounter }

// interiorsMeet reports whether two valid polygons have inner points in common. Exact
// but for midpoints of edges, which are rounded. It costs the edges near each other.
func (m *encounters) interiorsMeet(a, b *boundary) bool {
	m.a.touched, m.a.shared, m.b.touched, m.b.shared = m.a.touched[:0], m.a.shared[:0], m.b.touched[:0], m.b.shared[:0]
	found := false
	a.search(b.box, func(i int) bool {
		e := a.edges[i]
		b.search(edgeBound(a.v[e], a.v[e+1]), func(k int) bool {
			f := b.edges[k]
			how, at := meet(a.v[e], a.v[e+1], b.v[f], b.v[f+1])
			switch how {
			case crosses:
				found = true
			case shares:
				found = a.leftwards(e) == (b.leftwards(f) == sameWay(a.v[e], a.v[e+1], b.v[f], b.v[f+1]))
				m.a.share(e, a.v[e], a.v[e+1], b.v[f], b.v[f+1])
				m.b.share(f, b.v[f], b.v[f+1], a.v[e], a.v[e+1])
			case touches:
				m.a.touched, m.b.touched = append(m.a.touched, touch{e, at}), append(m.b.touched, touch{f, at})
			}
			return !found
		})
		return !found
	})
	return found || m.a.reaches(a, b) || m.b.reaches(b, a)
}

// share notes that the edge pq runs along rs for a piece.
func (c *encounter) share(e int32, p, q, r, s orb.Point) {
	own, other := edgeBound(p, q), edgeBound(r, s)
	c.shared = append(c.shared, piece{e, other})
	if covers(other, own) {
		return // none of it is left to look at
	}
	for _, end := range []orb.Point{r, s} {
		if own.Contains(end) {
			c.touched = append(c.touched, touch{e, end})
		}
	}
	c.touched = append(c.touched, touch{e, p})
}

// reaches reports whether a piece of a's boundary runs within b.
func (c *encounter) reaches(a, b *boundary) bool {
	slices.SortFunc(c.touched, func(x, y touch) int { return cmp.Compare(x.e, y.e) })
	slices.SortFunc(c.shared, func(x, y piece) int { return cmp.Compare(x.e, y.e) })
	c.met = append(c.met[:0], make([]bool, len(a.rings))...)
	met, shared := c.met, c.shared
	for _, s := range shared {
		met[a.ringOf[s.e]] = true
	}
	for i := 0; i < len(c.touched); {
		e, from := c.touched[i].e, i
		for i < len(c.touched) && c.touched[i].e == e {
			i++
		}
		for len(shared) > 0 && shared[0].e < e {
			shared = shared[1:]
		}
		met[a.ringOf[e]] = true
		if c.enters(a, b, e, c.touched[from:i], shared) {
			return true
		}
	}
	for r := range a.rings {
		if !met[r] && overlap(&b.box, &a.rings[r].bound) && b.within(a.v[a.rings[r].first]) {
			return true
		}
	}
	return false
}

// enters reports whether a piece of edge e, between the points in which it is touched, runs within b.
func (c *encounter) enters(a, b *boundary, e int32, touched []touch, shared []piece) bool {
	p, q := a.v[e], a.v[e+1]
	own := edgeBound(p, q)
	k := 0
	if own.Max[1]-own.Min[1] > own.Max[0]-own.Min[0] {
		k = 1
	}
	n := 0
	for n < len(shared) && shared[n].e == e {
		if covers(shared[n].bound, own) {
			return false
		}
		n++
	}
	stops := append(c.stops[:0], p, q)
	for _, t := range touched {
		stops = append(stops, t.at)
	}
	c.stops = stops
	slices.SortFunc(stops, func(x, y orb.Point) int { return cmp.Compare(x[k], y[k]) })
	for i := range len(stops) - 1 {
		p, q := stops[i], stops[i+1]
		if p == q {
			continue
		}
		middle := orb.Point{p[0] + (q[0]-p[0])/2, p[1] + (q[1]-p[1])/2}
		along := slices.ContainsFunc(shared[:n], func(s piece) bool { return s.bound.Min[k] <= middle[k] && middle[k] <= s.bound.Max[k] })
		if !along && b.within(middle) {
			return true
		}
	}
	return false
}

// leftwards reports whether the interior lies left of an edge.
func (b *boundary) leftwards(e int32) bool {
	r := &b.rings[b.ringOf[e]]
	return (r.area > 0) == (r.shell == int(b.ringOf[e]))
}

// sameWay reports whether two edges on one line run the same way.
func sameWay(a, b, c, d orb.Point) bool {
	return (b[0]-a[0])*(d[0]-c[0])+(b[1]-a[1])*(d[1]-c[1]) > 0
}

// within reports whether a point lies inside the polygons.
func (b *boundary) within(p orb.Point) bool {
	for i, r := range b.rings {
		if r.shell != i || b.locate(p, i) != inside {
			continue
		}
		in := true
		for _, h := range b.holesOf(i) {
			in = in && b.locate(p, h) == outside
		}
		if in {
			return true
		}
	}
	return false
}
