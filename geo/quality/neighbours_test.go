package quality_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/encoding/wkt"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/geotest"
	"kawasan/geo/quality"
)

func estates() *geo.Collection {
	return (&geo.Collection{ID: "estates", GeometryType: "Geometry", Properties: []geo.Property{
		{Name: "name", Type: geo.String}, {Name: "kind", Type: geo.String}, {Name: "part_of", Type: geo.String}, {Name: "position_uncertainty_m", Type: geo.Number},
	}}).Index()
}

// estate is a feature with an id and what matters to its neighbours.
type estate struct {
	id           string
	g            orb.Geometry
	kind, partOf any
	uncertainty  any
}

// judgeTogether gives the findings about several features at once.
func judgeTogether(t testing.TB, o quality.Options, all ...estate) []quality.Issue {
	t.Helper()
	ctx := context.Background()
	c := estates()
	o.Collection, o.Today, o.Keep = c, 20780, 10_000
	j := quality.NewJudge(o)
	defer j.Close()
	for i, e := range all {
		f := &geo.Feature{ID: e.id, Collection: c, Values: []any{e.id, e.kind, e.partOf, e.uncertainty}, WKB: wkb.MustMarshal(e.g)}
		if _, err := j.Feature(ctx, f, int64(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	var found []quality.Issue
	for _, g := range j.Report().Groups {
		if slices.Contains([]string{"overlaps-neighbour", "gap-to-neighbour", "geometry-duplicate", "mercator-swapped"}, g.Rule.Name) {
			found = append(found, g.Issues...)
		}
	}
	return found
}

// box is a rectangle around (116.5, -1.5), in metres from there.
func box(x0, y0, x1, y1 float64) orb.Polygon {
	at := func(x, y float64) orb.Point { return orb.Point{116.5 + x/111281, -1.5 + y/110575} }
	return orb.Polygon{{at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)}}
}

func TestNeighbours(t *testing.T) {
	t.Parallel()
	ten := 10.0
	tests := []struct {
		name     string
		a, b     estate
		rule     string
		severity quality.Severity
		area     float64
	}{
		{"apart", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(1100, 0, 2000, 1000)}, "", "", 0},
		{"along each other", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(1000, 0, 2000, 1000)}, "", "", 0},
		{"along a part of an edge", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(1000, 300, 2000, 700)}, "", "", 0},
		{"touch at a corner", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(1000, 1000, 2000, 2000)}, "", "", 0},
		{"overlap", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(900, 0, 2000, 1000)}, "overlaps-neighbour", quality.Warning, 100_000},
		{"one within the other", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(100, 100, 200, 200)}, "overlaps-neighbour", quality.Warning, 10_000},
		{"one within the other, along its edge", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(0, 0, 200, 200)}, "overlaps-neighbour", quality.Warning, 40_000},
		{"overlap within the uncertainty", estate{g: box(0, 0, 1000, 1000), uncertainty: ten}, estate{g: box(985, 0, 2000, 1000), uncertainty: ten}, "overlaps-neighbour", quality.Note, 15_000},
		{"overlap beyond the uncertainty", estate{g: box(0, 0, 1000, 1000), uncertainty: ten}, estate{g: box(950, 0, 2000, 1000), uncertainty: ten}, "overlaps-neighbour", quality.Warning, 50_000},
		{"overlap of different kinds", estate{g: box(0, 0, 1000, 1000), kind: "estate"}, estate{g: box(900, 0, 2000, 1000), kind: "zone"}, "overlaps-neighbour", quality.Note, 100_000},
		{"part of the other", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(100, 100, 200, 200), partOf: "a"}, "", "", 0},
		{"rounding", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(999.99, 0, 2000, 1000)}, "", "", 0},
		{"same", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(0, 0, 1000, 1000)}, "geometry-duplicate", quality.Warning, 0},
		{"gap", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(1005, 0, 2000, 1000)}, "gap-to-neighbour", quality.Warning, 5_000},
		{"gap within the uncertainty", estate{g: box(0, 0, 1000, 1000), uncertainty: ten}, estate{g: box(1005, 0, 2000, 1000), uncertainty: ten}, "gap-to-neighbour", quality.Note, 5_000},
		{"a road's width", estate{g: box(0, 0, 1000, 1000)}, estate{g: box(1020, 0, 2000, 1000)}, "", "", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.a.id, test.b.id = "a", "b"
			for _, pair := range [][]estate{{test.a, test.b}, {test.b, test.a}} {
				found := judgeTogether(t, quality.Options{}, pair...)
				if test.rule == "" {
					if len(found) > 0 {
						t.Errorf("found %s: %s", found[0].Rule.Name, found[0].Message.EN)
					}
					continue
				}
				if len(found) != 1 || found[0].Rule.Name != test.rule || found[0].Severity != test.severity {
					t.Fatalf("got %v, want one %s %s", found, test.severity, test.rule)
				}
				if test.area > 0 && (found[0].AreaM2 == nil || math.Abs(*found[0].AreaM2-test.area) > 0.05*test.area || found[0].Place.Position == nil) {
					t.Errorf("area %v, want %v m²", *found[0].AreaM2, test.area)
				}
			}
		})
	}
}

// TestStoredNeighbours compares with what is there, but for what will be gone.
func TestStoredNeighbours(t *testing.T) {
	t.Parallel()
	layer := geotest.NewLayer("estates", "Geometry", estates().Properties...)
	layer.Add("there", box(0, 0, 1000, 1000), geotest.Values{"name": "There"})
	layer.Add("far", box(50000, 0, 51000, 1000), geotest.Values{"name": "Far"})
	stored := geotest.NewReader(layer)
	overlapping := estate{id: "new", g: box(500, 0, 1500, 1000)}
	if found := judgeTogether(t, quality.Options{Stored: stored}, overlapping); len(found) != 1 || found[0].Other != "estates/there" {
		t.Errorf("got %v, want an overlap with estates/there", found)
	}
	if found := judgeTogether(t, quality.Options{Stored: stored, Replaced: func(string) bool { return true }}, overlapping); len(found) != 0 {
		t.Errorf("got %v although all is replaced", found)
	}
	overlapping.id = "there"
	if found := judgeTogether(t, quality.Options{Stored: stored}, overlapping); len(found) != 0 {
		t.Errorf("got %v although the one is replaced", found)
	}
}

// TestMercatorsSwapped reads the shipped boundary of IKN the way published files of it were read.
func TestMercatorsSwapped(t *testing.T) {
	t.Parallel()
	stored := geotest.Shipped(t)
	ikn, err := geo.FeatureByID(context.Background(), stored, "ikn", "ikn")
	if err != nil {
		t.Fatal(err)
	}
	right, err := ikn.Geometry()
	if err != nil {
		t.Fatal(err)
	}
	for _, toWorld := range []bool{true, false} {
		wrong := orb.Clone(right).(orb.MultiPolygon)
		for _, p := range wrong {
			for _, r := range p {
				for i := range r {
					r[i][0], r[i][1] = crs.MercatorSwap(r[i][0], r[i][1], toWorld)
				}
			}
		}
		found := judgeTogether(t, quality.Options{Stored: stored}, estate{id: "delineation", g: wrong})
		if len(found) != 1 || found[0].Rule.Name != "mercator-swapped" || found[0].Other != "ikn/ikn" {
			t.Errorf("got %v, want that it would lie on ikn/ikn", found)
		}
	}
	if found := judgeTogether(t, quality.Options{Stored: stored}, estate{id: "delineation", g: right}); len(found) != 0 {
		t.Errorf("got %v for the right one", found)
	}
}

// TestOverlapsAreThoseOfPostGIS compares pairs of valid polygons on a small grid.
func TestOverlapsAreThoseOfPostGIS(t *testing.T) {
	t.Parallel()
	conn := database(t)
	rng := rand.New(rand.NewPCG(6, 2))
	type couple struct{ a, b orb.Geometry }
	var pairs []couple
	batch := &pgx.Batch{}
	for i := range thorough(800, 8000) {
		steps := []float64{3, 5, 12, 0}[i%4]
		c := couple{simple(rng, steps), simple(rng, steps)}
		pairs = append(pairs, c)
		batch.Queue(`SELECT ST_IsValid(a) AND ST_IsValid(b), CASE WHEN ST_IsValid(a) AND ST_IsValid(b) THEN ST_Relate(a, b, 'T********') ELSE false END
			FROM (SELECT ST_GeomFromWKB($1) AS a, ST_GeomFromWKB($2) AS b) AS g`, wkb.MustMarshal(c.a), wkb.MustMarshal(c.b))
	}
	results := conn.SendBatch(context.Background(), batch)
	defer results.Close()
	counts := map[bool]int{}
	for _, p := range pairs {
		var valid, want bool
		if err := results.QueryRow().Scan(&valid, &want); err != nil {
			t.Fatal(err)
		}
		if !valid {
			continue
		}
		counts[want]++
		got := false
		for _, i := range judgeTogether(t, quality.Options{}, estate{id: "a", g: p.a}, estate{id: "b", g: p.b}) {
			got = got || i.Rule.Name != "gap-to-neighbour"
		}
		if got != want {
			t.Fatalf("PostGIS says they overlap: %v, we: %v\n%s\n%s", want, got, wkt.MarshalString(p.a), wkt.MarshalString(p.b))
		}
	}
	if counts[true] < 100 || counts[false] < 10 {
		t.Errorf("%v overlap or not: the test draws the wrong things", counts)
	}
}

// simple draws a polygon that is mostly valid, and sometimes has a hole.
func simple(rng *rand.Rand, steps float64) orb.Polygon {
	p := orb.Polygon{circle(rng, steps, 0.35, 4+rng.IntN(5))}
	if rng.IntN(3) == 0 {
		p = append(p, circle(rng, steps, 0.1, 3))
	}
	return p
}

// tessellation cuts the province into cells whose edges have bends in common.
func tessellation(columns, rows, bends int, yield func(id string, p orb.Polygon) bool) {
	edge := func(a, b orb.Point, seed uint64) []orb.Point { // from a to b without b, the same for both sides
		rng := rand.New(rand.NewPCG(seed, 9))
		list := []orb.Point{a}
		for k := 1; k < bends; k++ {
			t := float64(k) / float64(bends)
			d := (rng.Float64() - 0.5) * 0.1
			list = append(list, orb.Point{a[0] + t*(b[0]-a[0]) - d*(b[1]-a[1]), a[1] + t*(b[1]-a[1]) + d*(b[0]-a[0])})
		}
		return list
	}
	reversed := func(l []orb.Point, from orb.Point) []orb.Point {
		r := append(slices.Clone(l), from)
		slices.Reverse(r)
		return r[:len(r)-1]
	}
	node := func(i, j int) orb.Point {
		return orb.Point{114 + 4*float64(i)/float64(columns), -2 + 4*float64(j)/float64(rows)}
	}
	for j := range rows {
		for i := range columns {
			seed := func(i, j, side int) uint64 { return uint64(i)<<33 | uint64(j)<<1 | uint64(side) }
			a, b, c, d := node(i, j), node(i+1, j), node(i+1, j+1), node(i, j+1)
			ring := edge(a, b, seed(i, j, 0))
			ring = append(ring, edge(b, c, seed(i+1, j, 1))...)
			ring = append(ring, reversed(edge(d, c, seed(i, j+1, 0)), c)...)
			ring = append(ring, reversed(edge(a, d, seed(i, j, 1)), d)...)
			ring = append(ring, ring[0])
			if !yield(fmt.Sprintf("c%d-%d", i, j), orb.Polygon{ring}) {
				return
			}
		}
	}
}

func TestTessellationHasNoFindings(t *testing.T) {
	t.Parallel()
	var cells []estate
	tessellation(12, 12, 18, func(id string, p orb.Polygon) bool {
		cells = append(cells, estate{id: id, g: p})
		return true
	})
	for _, i := range judgeTogether(t, quality.Options{}, cells...) {
		t.Errorf("%s: %s", i.Rule.Name, i.Message.EN)
	}
}
