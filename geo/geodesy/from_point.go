package geodesy

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

const (
	walkEdges = 256 // most edges of a geometry that is walked along
	walkRuns  = 8   // most rings, lines and points of one
)

// pointWalk measures from a point to a geometry in well-known binary by a walk along
// its edges, without making a shape of it.
type pointWalk struct {
	x, y  float64 // the point
	least frame   // for all that is near enough
	runs  [walkRuns]walkRun
	count int
	d2    [walkEdges]float64 // squared planar distances of the edges
	edges int
	min   float64 // the least of them
}

// walkRun is a point, a line or a ring as it lies in the binary.
type walkRun struct {
	data    []byte // positions, 16 bytes each
	kind    partKind
	first   int // its first edge
	winding int // how often it crosses the ray from the point to the east, upwards less downwards
}

// FromPoint is Measure from a shape that is a point to a geometry given as
// well-known binary, with its bound (the zero Bound if that isn't known). It tells just
// what Measure would of the shape made of it, for a third of the cost. What it is not
// made for is not decided: other origins, distances beyond 200 km, geometries of more than
// some hundred edges, in other binaries than flat little-endian ones, or not valid.
func (p *Preparer) FromPoint(a *Shape, wkb []byte, bound orb.Bound, limit float64) (r Result, within, decided bool) {
	from, ok := a.IsPoint()
	if !ok || !(limit >= 0) || len(wkb) > 16*walkEdges+256 {
		return Result{}, false, false
	}
	if bound == (orb.Bound{}) {
		bound = boundOfWKB(wkb)
	}
	x, y := boxOf(a.bound), boxOf(bound)
	if max(x.east, y.east)-min(x.west, y.west) > 170 {
		return Result{}, false, false
	}
	best := upperBound(x, y)
	if limit <= best {
		best = min(above(limit), best)
	}
	if best > planarReach {
		return Result{}, false, false
	}
	w := &p.walk
	w.begin(from, best)
	if rest, ok := w.geometry(wkb, 0); !ok || len(rest) > 0 || w.edges == 0 {
		return Result{}, false, false
	}
	s := search{best: best}
	switch {
	case w.isInside():
		s.meet(from, from)
	case below(math.Sqrt(w.min)) > best:
		return Result{}, false, true
	default:
		if !w.solve(&s) {
			return Result{}, false, false
		}
	}
	r = s.result()
	return r, s.found && r.Metres <= limit, true
}

func (w *pointWalk) begin(from orb.Point, reach float64) {
	w.x, w.y, w.count, w.edges, w.min = from[0], from[1], 0, 0, math.Inf(1)
	// A geodesic no longer than the reach stays that near to the point.
	w.least = leastFrame(w.y, w.y, reach)
}

// geometry walks along one geometry and gives the bytes behind it; false for what must be
// looked at in another way.
func (w *pointWalk) geometry(b []byte, depth int) (rest []byte, ok bool) {
	if len(b) < 9 || b[0] != 1 || depth > 1 {
		return nil, false
	}
	kind, b := binary.LittleEndian.Uint32(b[1:]), b[5:]
	if kind == wkbPoint {
		return w.run(b, 1, pointPart)
	}
	n := binary.LittleEndian.Uint32(b)
	b = b[4:]
	switch kind {
	case wkbLineString:
		return w.run(b, n, linePart)
	case wkbPolygon:
		for i := range n {
			part := holePart
			if i == 0 {
				part = outerPart
			}
			if len(b) < 4 {
				return nil, false
			}
			if b, ok = w.run(b[4:], binary.LittleEndian.Uint32(b), part); !ok {
				return nil, false
			}
		}
		return b, true
	case wkbMultiPoint, wkbMultiLineString, wkbMultiPolygon:
		for range n {
			if len(b) < 5 || binary.LittleEndian.Uint32(b[1:]) != kind-3 {
				return nil, false
			}
			if b, ok = w.geometry(b, depth+1); !ok {
				return nil, false
			}
		}
		return b, true
	}
	return nil, false
}

// run walks along n positions.
func (w *pointWalk) run(b []byte, n uint32, kind partKind) (rest []byte, ok bool) {
	if n == 0 || uint64(n)*16 > uint64(len(b)) || w.edges+int(n) > walkEdges || w.count == walkRuns {
		return nil, false
	}
	data, rest := b[:16*n], b[16*n:]
	if !isWellFormed(data, kind) {
		return nil, false
	}
	r := &w.runs[w.count]
	*r = walkRun{data: data, kind: kind, first: w.edges}
	w.count++
	x0, y0 := positionOf(data, 0)
	if !inRange(x0, y0) {
		return nil, false
	}
	px, py := (x0-w.x)*w.least.lon, (y0-w.y)*w.least.lat // metres from the point
	if kind == pointPart {
		w.edge(px*px + py*py)
		return rest, true
	}
	for data = data[16:]; len(data) >= 16; data = data[16:] {
		x1, y1 := positionOf(data, 0)
		if !inRange(x1, y1) {
			return nil, false
		}
		qx, qy := (x1-w.x)*w.least.lon, (y1-w.y)*w.least.lat
		vx, vy := qx-px, qy-py
		d2 := px*px + py*py
		if c := -(px*vx + py*vy); c > 0 {
			if l2 := vx*vx + vy*vy; c < l2 {
				cross := px*vy - py*vx
				d2 = cross * cross / l2
			} else {
				d2 = qx*qx + qy*qy
			}
		}
		w.edge(d2)
		if (y0 <= w.y) != (y1 <= w.y) && kind >= outerPart {
			r.winding += windingOf(x0, y0, x1, y1, w.x, w.y)
		}
		x0, y0, px, py = x1, y1, qx, qy
	}
	return rest, true
}

func (w *pointWalk) edge(d2 float64) {
	w.d2[w.edges] = d2
	w.edges++
	if d2 < w.min {
		w.min = d2
	}
}

// isWellFormed reports whether there are enough positions, and rings are closed.
func isWellFormed(data []byte, kind partKind) bool {
	switch n := len(data); kind {
	case pointPart:
		return true
	case linePart:
		return n >= 2*16
	default:
		x, y := positionOf(data, 0)
		u, v := positionOf(data, n-16)
		return n >= 4*16 && x == u && y == v
	}
}

func positionOf(data []byte, at int) (x, y float64) {
	b := data[at : at+16]
	return math.Float64frombits(binary.LittleEndian.Uint64(b)), math.Float64frombits(binary.LittleEndian.Uint64(b[8:]))
}

func inRange(lon, lat float64) bool { return lat >= -90 && lat <= 90 && lon >= -360 && lon <= 360 }

// isInside reports whether the point lies in one of the polygons.
func (w *pointWalk) isInside() bool {
	sum := 0
	for i := range w.count {
		r := &w.runs[i]
		if r.winding == 0 {
			continue
		}
		if r.isTurned() {
			sum -= r.winding
		} else {
			sum += r.winding
		}
	}
	return sum != 0
}

// isTurned reports whether a shape has the run the other way round.
func (r *walkRun) isTurned() bool {
	if r.kind < outerPart {
		return false
	}
	ox, oy := positionOf(r.data, 0)
	ax, ay, sum := 0.0, 0.0, 0.0
	for data := r.data[16:]; len(data) >= 16; data = data[16:] {
		x, y := positionOf(data, 0)
		bx, by := x-ox, y-oy
		sum += ax*by - bx*ay
		ax, ay = bx, by
	}
	return (sum < 0) == (r.kind == outerPart)
}

// solve measures the edges that may be the nearest; false if one is too long for that.
func (w *pointWalk) solve(s *search) bool {
	pad := s.best / minDegreeM
	greatest := greatestFrame(max(-90, w.y-pad), min(90, w.y+pad))
	// The straight way to the nearest place by the least frame is no longer than this.
	upper := above(math.Sqrt(w.min) * max(greatest.lon/w.least.lon, greatest.lat/w.least.lat))
	far := min(s.best, upper)*(1+1e-9) + 1e-6 // more than below takes off
	here := segment{w.x, w.y, w.x, w.y}
	for i := range w.count {
		r := &w.runs[i]
		end := w.edges
		if i+1 < w.count {
			end = w.runs[i+1].first
		}
		known, turned := false, false
		for k := r.first; k < end; k++ {
			if w.d2[k] > far*far {
				continue
			}
			if !known {
				known, turned = true, r.isTurned()
			}
			e := r.edge(k - r.first)
			if turned {
				e.ax, e.ay, e.bx, e.by = e.bx, e.by, e.ax, e.ay
			}
			if !e.isShort() {
				return false
			}
			if s.flat(w.least, here, e, e); s.done {
				return true
			}
		}
	}
	s.solve()
	return true
}

// edge gives the i-th edge; a point is an edge of no length.
func (r *walkRun) edge(i int) (e segment) {
	e.ax, e.ay = positionOf(r.data, 16*i)
	e.bx, e.by = e.ax, e.ay
	if r.kind != pointPart {
		e.bx, e.by = positionOf(r.data, 16*(i+1))
	}
	return e
}
