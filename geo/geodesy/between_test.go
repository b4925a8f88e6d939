package geodesy

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"kawasan/geo"
)

func TestBetweenMeets(t *testing.T) {
	t.Parallel()
	square := func(w, s, e, n float64) orb.Polygon {
		return orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, n}}.ToPolygon()
	}
	ring := orb.Polygon{square(0, 0, 3, 3)[0], square(1, 1, 2, 2)[0]}
	tests := []struct {
		name string
		a, b orb.Geometry
		want bool
	}{
		{"point in polygon", orb.Point{0.5, 0.5}, square(0, 0, 1, 1), true},
		{"point on an edge", orb.Point{0.5, 0}, square(0, 0, 1, 1), true},
		{"point on a slanting edge", orb.Point{116.1, 0.3}, orb.LineString{{116, 0}, {116.3, 0.9}}, true},
		{"point in a hole", orb.Point{1.5, 1.5}, ring, false},
		{"polygon in a hole", square(1.2, 1.2, 1.8, 1.8), ring, false},
		{"polygon that fills a hole", square(1, 1, 2, 2), ring, true},
		{"polygon around a polygon", square(-1, -1, 4, 4), ring, true},
		{"one within the other", square(0.1, 0.1, 0.9, 0.9), square(0, 0, 1, 1), true},
		{"shared corner", square(0, 0, 1, 1), square(1, 1, 2, 2), true},
		{"shared edge", square(0, 0, 1, 1), square(1, 0.2, 2, 0.7), true},
		{"crossing lines", orb.LineString{{0, 0}, {1, 1}}, orb.LineString{{0, 1}, {1, 0}}, true},
		{"long crossing lines", orb.LineString{{-100, -50}, {100, 40}}, orb.LineString{{-90, 30}, {80, -60}}, true},
		{"across the antimeridian", square(179, 0, 181, 1), orb.Point{-179.5, 0.5}, true},
		{"crossing across the antimeridian", orb.LineString{{179, 0}, {181, 1}}, orb.LineString{{-179.5, 0.9}, {-180.5, 0.1}}, true},
		{"side by side at the antimeridian", square(179, 0, 180, 1), square(-180, 0, -179, 1), true},
		{"one of many points", orb.MultiPoint{{5, 5}, {6, 6}, {0.5, 0.5}}, square(0, 0, 1, 1), true},
		{"both at a pole", orb.Point{10, 90}, orb.Point{-70, 90}, true},
		{"a centimetre off", orb.Point{0.5, -1e-7}, square(0, 0, 1, 1), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := mustPrepare(t, tt.a), mustPrepare(t, tt.b)
			for range 2 {
				r := Between(a, b)
				if r.Meets() != tt.want {
					t.Errorf("got %v m, meets should be %v", r.Metres, tt.want)
				}
				if r.Meets() && Distance(r.From, r.To) > meetMetres {
					t.Errorf("the common point is %v on one and %v on the other", r.From, r.To)
				}
				if got := Within(a, b, 0); got != tt.want {
					t.Errorf("Within 0 m is %v", got)
				}
				a, b = b, a
			}
		})
	}
}

// The answer does not depend on the limit a caller works with.
func TestBetweenWithinAgreesWithBetween(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 5))
		lat := rapid.OneOf(rapid.Float64Range(-4, 4), rapid.Float64Range(-80, 80)).Draw(t, "lat")
		make := func(name string) *Shape {
			c := orb.Point{180 + rapid.Float64Range(-4, 4).Draw(t, name+" lon"), lat + rapid.Float64Range(-2, 2).Draw(t, name+" dlat")}
			s, err := Prepare(blob(rng, c, math.Pow(10, rapid.Float64Range(-3, 0.3).Draw(t, name+" size")), rapid.IntRange(3, 150).Draw(t, name+" n")))
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		a, b := make("a"), make("b")
		want := Between(a, b)
		near := want.Metres * rapid.Float64Range(0.9, 1.1).Draw(t, "near")
		for _, limit := range []float64{0, want.Metres, math.Nextafter(want.Metres, 0), near, 1e3, 1e5, 2e7, math.Inf(1)} {
			got, ok := BetweenWithin(a, b, limit)
			if ok != (want.Metres <= limit) {
				t.Errorf("BetweenWithin(%v) says %v for %v m", limit, ok, want.Metres)
			}
			if ok && got != want && !want.Meets() { // of many common points any will do
				t.Errorf("BetweenWithin(%v) = %+v, Between = %+v", limit, got, want)
			}
			if got := Within(a, b, limit); got != (want.Metres <= limit) {
				t.Errorf("Within(%v) says %v for %v m", limit, got, want.Metres)
			}
		}
		if _, ok := BetweenWithin(a, b, math.NaN()); ok || Within(a, b, -1) {
			t.Error("a limit that is no length was accepted")
		}
	})
}

func TestClosestPoint(t *testing.T) {
	t.Parallel()
	line := mustPrepare(t, orb.LineString{{116, 0}, {118, 0}})
	p, d, err := ClosestPoint(line, orb.Point{117, 1})
	if err != nil {
		t.Fatal(err)
	}
	if Distance(p, orb.Point{117, 0}) > 0.5 || math.Abs(d-110574.3886) > 1e-3 {
		t.Errorf("got %v at %f m, want 117,0 at 110574.3886", p, d)
	}
	if _, _, err := ClosestPoint(line, orb.Point{1, 100}); !geo.IsCode(err, geo.Invalid) {
		t.Errorf("got %v, want an error of code invalid", err)
	}
}

func TestLengthInside(t *testing.T) {
	t.Parallel()
	square := func(w, s, e, n float64) *Shape {
		return mustPrepare(t, orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, n}})
	}
	west, east := square(116, -1, 117, 1), square(118, -1, 119, 1)
	overlapping := square(116.5, -1, 117, 1)
	holed := mustPrepare(t, orb.Polygon{
		{{116, -1}, {119, -1}, {119, 1}, {116, 1}, {116, -1}},
		{{117, -0.5}, {118, -0.5}, {118, 0.5}, {117, 0.5}, {117, -0.5}},
	})
	far := mustPrepare(t, orb.Bound{Min: orb.Point{179.5, -1}, Max: orb.Point{180, 1}})
	tests := []struct {
		name string
		p, q orb.Point
		on   []*Shape
		want float64
	}{
		{"a bay between two coasts", orb.Point{116, 0}, orb.Point{119, 0}, []*Shape{west, east}, 2.0 / 3},
		{"overlap counts once", orb.Point{116, 0}, orb.Point{119, 0}, []*Shape{west, overlapping, east}, 2.0 / 3},
		{"a lake", orb.Point{116, 0}, orb.Point{119, 0}, []*Shape{holed}, 2.0 / 3},
		{"all inside", orb.Point{116.1, 0}, orb.Point{116.9, 0.5}, []*Shape{west}, 1},
		{"nothing", orb.Point{120, 0}, orb.Point{121, 0.5}, []*Shape{west}, 0},
		{"no polygons", orb.Point{120, 0}, orb.Point{121, 0.5}, nil, 0},
		{"a point inside", orb.Point{116.5, 0}, orb.Point{116.5, 0}, []*Shape{west}, 1},
		{"a point outside", orb.Point{117.5, 0}, orb.Point{117.5, 0}, []*Shape{west}, 0},
		{"across the antimeridian", orb.Point{179, 0}, orb.Point{-179, 0}, []*Shape{far}, 0.25},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := LengthInside(tt.p, tt.q, tt.on); math.Abs(got-tt.want) > 1e-6 {
				t.Errorf("got %f, want %f", got, tt.want)
			}
		})
	}
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	square := func(w, s, e, n float64) orb.Polygon {
		return orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, n}}.ToPolygon()
	}
	area := func(g orb.Geometry) float64 { return Area(mustPrepare(t, g)) }
	tests := []struct {
		name string
		a, b orb.Geometry
		want float64
	}{
		{"half and half", square(0, 0, 2, 1), square(1, 0, 3, 1), area(square(1, 0, 2, 1))},
		{"one within the other", square(0, 0, 3, 3), square(1, 1, 2, 2), area(square(1, 1, 2, 2))},
		{"a shared edge", square(0, 0, 1, 1), square(1, 0, 2, 1), 0},
		{"apart", square(0, 0, 1, 1), square(5, 5, 6, 6), 0},
		{"a line through", square(0, 0, 1, 1), orb.LineString{{-1, 0.5}, {2, 0.5}}, 0},
		{"a bound", orb.Bound{Max: orb.Point{2, 2}}, square(1, 1, 3, 3), area(square(1, 1, 2, 2))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got, err := Overlap(t.Context(), tt.a, tt.b)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(got-tt.want) > 1e-9*tt.want+1e-6 {
				t.Errorf("got %f m², want %f", got, tt.want)
			}
		})
	}
	bowTie := orb.Polygon{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}
	if _, _, err := Overlap(t.Context(), bowTie, square(0, 0, 1, 1)); !geo.IsCode(err, geo.Invalid) {
		t.Errorf("a bow tie: got %v, want an error of code invalid", err)
	}
}

// Long slanting edges whose distance from a point has several minima: solved in
// one piece, these give one that is kilometres too long.
func TestBetweenLongEdges(t *testing.T) {
	t.Parallel()
	tests := []struct {
		edge orb.LineString
		p    orb.Point
	}{
		{orb.LineString{{93.16024165497822, 81.7965025646051}, {-138.41388483731308, -43.17319031134949}}, orb.Point{158.0584787120306, 44.28126343812767}},
		{orb.LineString{{156.66819179620114, -49.17866908408604}, {-174.69652063227764, 87.1415014166758}}, orb.Point{109.54272654712952, 37.626681920844845}},
		{orb.LineString{{167.2190496852686, -72.65807584088242}, {-128.80840529389593, 72.30052001485922}}, orb.Point{-148.97642225677433, -34.49771383297415}},
	}
	for i, tt := range tests {
		got := Between(mustPrepare(t, tt.edge), mustPrepare(t, tt.p)).Metres
		e := segment{tt.edge[0][0], tt.edge[0][1], tt.edge[1][0], tt.edge[1][1]}
		want := math.Inf(1)
		for k := range 10001 {
			x, y := e.at(float64(k) / 10000)
			want = min(want, Distance(tt.p, orb.Point{x, y}))
		}
		if got > want+1e-3 || got < want-2000 {
			t.Errorf("%d: got %.3f, sampled %.3f", i, got, want)
		}
	}
}

// Of long shapes that run side by side, all but equally far apart, each run of edges
// is looked at with few of the other shape only, near and far, at every latitude.
func TestSideBySideIsLinear(t *testing.T) {
	t.Parallel()
	const n, most = 2_000, 20 // pairs of leaves for each leaf; 5 to 7 were seen
	for _, lat := range [][2]float64{{-9, 9}, {40, 41.3}, {1, 1.01}} {
		a, b := level(lat[0], n), level(lat[1], n)
		s := search{a: a, b: b, best: upperBound(boxOf(a.bound), boxOf(b.bound))}
		s.run()
		if s.steps > most*len(a.leaves) {
			t.Errorf("latitudes %v: %d pairs of leaves were opened for %d leaves", lat, s.steps, len(a.leaves))
		}
		want := Distance(orb.Point{115, lat[0]}, orb.Point{115, lat[1]})
		if got := s.result().Metres; math.Abs(got-want) > 0.3 {
			t.Errorf("latitudes %v: got %v m, want about %v", lat, got, want)
		}
	}
}

// level makes a line of n vertices along a parallel from 110 to 120 east, straight but for a decimetre.
func level(lat float64, n int) *Shape {
	rng := rand.New(rand.NewPCG(1, 2))
	l := make(orb.LineString, n)
	for i := range l {
		l[i] = orb.Point{110 + 10*float64(i)/float64(n-1), lat + 1e-6*rng.Float64()}
	}
	s, err := Prepare(l)
	if err != nil {
		panic(err)
	}
	return s
}

// A ring of very many edges is measured like any other.
func TestLongRing(t *testing.T) {
	t.Parallel()
	const n = 400_000
	ring := make(orb.Ring, 0, n+1)
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
		ring = append(ring, orb.Point{117 + cos, sin})
	}
	ring = append(ring, ring[0])
	shape, err := Prepare(orb.Polygon{ring})
	if err != nil {
		t.Fatal(err)
	}
	far, err := Prepare(orb.Point{119, 0})
	if err != nil {
		t.Fatal(err)
	}
	want := Distance(orb.Point{118, 0}, orb.Point{119, 0})
	if got := Between(shape, far).Metres; math.Abs(got-want) > 1e-3 {
		t.Errorf("got %v m, want %v", got, want)
	}
}
