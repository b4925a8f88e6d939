package quality

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/planar"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// compare tells whether two features share an area, and how large it is.
func (n *neighbourhood) compare(a, b *neighbour) error {
	if a.partOf != "" && a.partOf == b.id || b.partOf != "" && b.partOf == a.id {
		return nil
	}
	if !interiorsMeet(a.boundary, b.boundary) {
		return nil
	}
	if n.measured++; n.measured > overlapsMeasured {
		n.judge.report.limit(say("the area of overlaps beyond the first %d", "luas tumpang tindih setelah %d yang pertama", overlapsMeasured))
		n.add(a, b, Issue{Rule: overlapsNeighbour, Place: anywhere(a.wkb), Message: say("overlaps %s", "bertumpang tindih dengan %s", b.called())})
		return nil
	}
	x, errX := wkb.Unmarshal(a.wkb)
	y, errY := wkb.Unmarshal(b.wkb)
	if errX != nil || errY != nil {
		return nil
	}
	shared, area, err := geodesy.Overlap(x, y)
	if err != nil {
		if geo.IsCode(err, geo.Invalid) { // a stored one that is not valid
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
	n.judge.report.add(i, true)
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
	touched map[int32][]orb.Point
	shared  map[int32][]orb.Bound
}

func newEncounter() *encounter {
	return &encounter{touched: map[int32][]orb.Point{}, shared: map[int32][]orb.Bound{}}
}

// interiorsMeet reports whether two valid polygons have inner points in common. Exact
// but for midpoints of edges, which are rounded. It costs the edges near each other.
func interiorsMeet(a, b *boundary) bool {
	ofA, ofB := newEncounter(), newEncounter()
	found := false
	a.tree.search(b.bound(), func(i int) bool {
		e := a.edges[i]
		b.tree.search(edgeBound(a.v[e], a.v[e+1]), func(k int) bool {
			f := b.edges[k]
			how, at := meet(a.v[e], a.v[e+1], b.v[f], b.v[f+1])
			switch how {
			case crosses:
				found = true
			case shares:
				found = a.leftwards(e) == (b.leftwards(f) == sameWay(a.v[e], a.v[e+1], b.v[f], b.v[f+1]))
				ofA.share(e, a.v[e], a.v[e+1], b.v[f], b.v[f+1])
				ofB.share(f, b.v[f], b.v[f+1], a.v[e], a.v[e+1])
			case touches:
				ofA.touched[e], ofB.touched[f] = append(ofA.touched[e], at), append(ofB.touched[f], at)
			}
			return !found
		})
		return !found
	})
	return found || ofA.reaches(a, b) || ofB.reaches(b, a)
}

// share notes that the edge pq runs along rs for a piece.
func (c *encounter) share(e int32, p, q, r, s orb.Point) {
	own, other := edgeBound(p, q), edgeBound(r, s)
	c.shared[e] = append(c.shared[e], other)
	for _, end := range []orb.Point{r, s} {
		if own.Contains(end) {
			c.touched[e] = append(c.touched[e], end)
		}
	}
	if len(c.touched[e]) == 0 { // it lies within the other, which runs on at both ends
		c.touched[e] = append(c.touched[e], p)
	}
}

// reaches reports whether a piece of a's boundary runs within b.
func (c *encounter) reaches(a, b *boundary) bool {
	s := &sampler{b: a, touched: c.touched, shared: c.shared, rings: map[int32][]int32{}}
	for e := range c.touched {
		s.rings[a.ringOf[e]] = append(s.rings[a.ringOf[e]], e)
	}
	box := b.bound()
	for r := range a.rings {
		if !overlap(&box, &a.rings[r].bound) {
			continue
		}
		for _, p := range s.samples(r) {
			if b.within(p.at) {
				return true
			}
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

// bound bounds all rings.
func (b *boundary) bound() orb.Bound {
	if len(b.edges) == 0 {
		return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{0, 0}}
	}
	return b.tree.levels[len(b.tree.levels)-1][0]
}
