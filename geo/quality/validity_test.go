package quality_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/encoding/wkt"

	"kawasan/geo"
	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/quality"
)

// anything is a collection that takes any geometry.
func anything() *geo.Collection {
	return (&geo.Collection{ID: "test", GeometryType: "Geometry", Properties: []geo.Property{{Name: "name", Type: geo.String}}}).Index()
}

// judged gives what is found in one geometry, without what is missing around it.
func judged(t testing.TB, g []byte) []quality.Issue {
	t.Helper()
	c := anything()
	j := quality.NewJudge(quality.Options{Collection: c, Alone: true, Keep: 1000, Today: 20000})
	defer j.Close()
	if _, err := j.Feature(context.Background(), &geo.Feature{ID: "a", Collection: c, Values: []any{"A"}, WKB: g}, 1); err != nil {
		t.Fatal(err)
	}
	var issues []quality.Issue
	for _, group := range j.Report().Groups {
		issues = append(issues, group.Issues...)
	}
	return issues
}

func names(issues []quality.Issue, severity quality.Severity) []string {
	var list []string
	for _, i := range issues {
		if i.Severity == severity && !slices.Contains(list, i.Rule.Name) {
			list = append(list, i.Rule.Name)
		}
	}
	slices.Sort(list)
	return list
}

func database(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), pgtest.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// opinion is what PostGIS says of a geometry.
func opinion(t *testing.T, conn *pgx.Conn, g []byte) (valid bool, reason string, at *orb.Point) {
	t.Helper()
	var x, y *float64
	err := conn.QueryRow(context.Background(), `SELECT (d).valid, coalesce((d).reason, ''), ST_X((d).location), ST_Y((d).location)
		FROM (SELECT ST_IsValidDetail(ST_GeomFromWKB($1)) AS d) AS v`, g).Scan(&valid, &reason, &x, &y)
	if err != nil {
		t.Fatal(err)
	}
	if x != nil && y != nil {
		at = &orb.Point{*x, *y}
	}
	return valid, reason, at
}

func TestEachFaultIsNamed(t *testing.T) {
	t.Parallel()
	conn := database(t)
	tests := []struct{ name, wkt, want string }{
		{"square", "POLYGON((116 0,117 0,117 1,116 1,116 0))", ""},
		{"hole", "POLYGON((116 0,117 0,117 1,116 1,116 0),(116.2 0.2,116.2 0.8,116.8 0.8,116.8 0.2,116.2 0.2))", ""},
		{"bow tie", "POLYGON((116 0,117 1,117 0,116 1,116 0))", "self-intersection"},
		{"bow tie at a vertex", "POLYGON((116 0,116.5 0.5,117 1,117 0,116.5 0.5,116 1,116 0))", "ring-touches-itself"},
		{"ring touches itself from inside", "POLYGON((116 0,117 0,117 1,116.5 0,116 1,116 0))", "ring-touches-itself"},
		{"edge along an edge", "POLYGON((116 0,117 0,117 1,116.7 0,116.3 0,116 1,116 0))", "self-intersection"},
		{"spike without width", "POLYGON((116 0,117 0,117 1,118 1,117 1,116 1,116 0))", "folded-back"},
		{"spike at the first vertex", "POLYGON((115 0,117 0,117 1,116 1,116 0,115 0))", "folded-back"},
		{"flat", "POLYGON((116 0,117 0,118 0,116 0))", "folded-back"},
		{"two positions", "POLYGON((116 0,117 0,116 0,116 0))", "too-few-points"},
		{"hole outside", "POLYGON((116 0,117 0,117 1,116 1,116 0),(118 0.2,118 0.8,118.8 0.8,118.8 0.2,118 0.2))", "hole-outside-shell"},
		{"hole crosses the shell", "POLYGON((116 0,117 0,117 1,116 1,116 0),(116.5 0.5,118 0.8,118.8 0.5,116.5 0.5))", "rings-cross"},
		{"hole crosses the shell at vertices", "POLYGON((116 0,116.5 0,117 0,117 1,116 1,116 0),(116.5 0,116.4 0.5,116.3 0.2,116 0,116.5 -1,116.5 0))", "rings-cross"},
		{"hole touches the shell once", "POLYGON((116 0,117 0,117 1,116 1,116 0),(116 0,116.5 0.6,116.6 0.5,116 0))", ""},
		{"hole touches the shell twice", "POLYGON((116 0,117 0,117 1,116 1,116 0),(116 0,116.5 0.6,117 1,116.6 0.5,116 0))", "interior-disconnected"},
		{"hole along the shell", "POLYGON((116 0,117 0,117 1,116 1,116 0),(116.2 0,116.5 0.5,116.8 0,116.2 0))", "rings-cross"},
		{"hole is the shell", "POLYGON((116 0,117 0,117 1,116 1,116 0),(116 0,117 0,117 1,116 1,116 0))", "rings-cross"},
		{"holes nested", "POLYGON((116 0,117 0,117 1,116 1,116 0),(116.1 0.1,116.1 0.9,116.9 0.9,116.9 0.1,116.1 0.1),(116.3 0.3,116.3 0.5,116.5 0.5,116.3 0.3))", "holes-nested"},
		{"holes in a ring of touches", "POLYGON((114 -1,118 -1,118 3,114 3,114 -1),(115 0,116 1,115.5 1.2,115 0),(116 1,117 0,116.5 1.5,116 1),(117 0,115 0,116 -0.5,117 0))", "interior-disconnected"},
		{"parts apart", "MULTIPOLYGON(((116 0,117 0,117 1,116 0)),((118 0,119 0,119 1,118 0)))", ""},
		{"parts touch once", "MULTIPOLYGON(((116 0,117 0,117 1,116 0)),((117 1,118 1,118 2,117 1)))", ""},
		{"parts touch twice", "MULTIPOLYGON(((116 0,117 0,116.5 1,116 0)),((116 0,116.5 -1,117 0,116.5 -0.2,116 0)))", ""},
		{"parts overlap", "MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0)),((116.5 0.5,118 0.5,118 2,116.5 2,116.5 0.5)))", "parts-overlap"},
		{"part within a part", "MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0)),((116.2 0.2,116.4 0.2,116.4 0.4,116.2 0.2)))", "parts-overlap"},
		{"part in the hole of a part", "MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0),(116.1 0.1,116.1 0.9,116.9 0.9,116.9 0.1,116.1 0.1)),((116.2 0.2,116.4 0.2,116.4 0.4,116.2 0.2)))", ""},
		{"parts share an edge", "MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0)),((117 0,118 0,118 1,117 1,117 0)))", "parts-overlap"},
		{"same part twice", "MULTIPOLYGON(((116 0,117 0,117 1,116 0)),((116 0,117 0,117 1,116 0)))", "parts-overlap"},
		{"part cut into by another through vertices", "MULTIPOLYGON(((116 0,117 0,118 0,118 2,117 2,116 2,116 0)),((117 0,117 2,117.5 3,115 3,115 -1,117 0)))", "parts-overlap"},
		{"line of one point", "LINESTRING(116 0,116 0)", "too-few-points"},
		{"line that crosses itself", "LINESTRING(116 0,117 1,117 0,116 1)", ""},
		{"empty polygon", "POLYGON EMPTY", "geometry-missing"},
		{"empty collection", "GEOMETRYCOLLECTION EMPTY", "geometry-missing"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var g []byte
			if err := conn.QueryRow(context.Background(), "SELECT ST_AsBinary(ST_GeomFromText($1))", test.wkt).Scan(&g); err != nil {
				t.Fatal(err)
			}
			found := judged(t, g)
			wrong := names(found, quality.Error)
			if unlocated := "geometry-missing"; slices.Contains(names(found, quality.Warning), unlocated) {
				wrong = append(wrong, unlocated)
			}
			if got := strings.Join(wrong, " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			valid, reason, at := opinion(t, conn, g)
			if test.want != "geometry-missing" && valid != (test.want == "") {
				t.Errorf("PostGIS says valid %v (%s)", valid, reason)
			}
			if at != nil && !near(found, *at) && !strings.HasPrefix(reason, "Too few") && test.want != "interior-disconnected" {
				t.Logf("PostGIS says %s at %v, we say %v", reason, *at, places(found))
			}
		})
	}
}

// near reports whether a finding lies where PostGIS sees one.
func near(found []quality.Issue, at orb.Point) bool {
	return slices.ContainsFunc(found, func(i quality.Issue) bool {
		return i.Place.Position != nil && math.Hypot(i.Place.Position[0]-at[0], i.Place.Position[1]-at[1]) < 1e-9
	})
}

func places(found []quality.Issue) (list []string) {
	for _, i := range found {
		if i.Place.Position != nil {
			list = append(list, fmt.Sprint(i.Rule.Name, *i.Place.Position))
		}
	}
	return list
}

// thorough gives the larger number where KAWASAN_TEST=all asks for it.
func thorough(usual, all int) int {
	if os.Getenv("KAWASAN_TEST") == "all" {
		return all
	}
	return usual
}

// TestValidityIsThatOfPostGIS draws polygons on a small grid, where touching, sharing and crossing
// are as common as lying apart, and finer ones, and compares the verdicts.
func TestValidityIsThatOfPostGIS(t *testing.T) {
	t.Parallel()
	conn := database(t)
	rng := rand.New(rand.NewPCG(6, 1))
	batch := &pgx.Batch{}
	var all [][]byte
	for i := range thorough(1600, 20_000) {
		g := drawn(rng, []float64{4, 6, 30, 0}[i%4])
		all = append(all, wkb.MustMarshal(g))
		batch.Queue("SELECT (d).valid, coalesce((d).reason, '') FROM (SELECT ST_IsValidDetail(ST_GeomFromWKB($1)) AS d) AS v", all[i])
	}
	results := conn.SendBatch(context.Background(), batch)
	defer results.Close()
	valid := 0
	for _, g := range all {
		var want bool
		var reason string
		if err := results.QueryRow().Scan(&want, &reason); err != nil {
			t.Fatal(err)
		}
		found := judged(t, g)
		if got := len(names(found, quality.Error)) == 0; got != want {
			o, _ := wkb.Unmarshal(g)
			t.Fatalf("PostGIS says valid %v (%s), we found %v in %s", want, reason, places(found), wkt.MarshalString(o))
		}
		if want {
			valid++
		}
	}
	if valid < len(all)/20 || valid > len(all)*19/20 {
		t.Errorf("%d of %d valid: the test draws the wrong things", valid, len(all))
	}
}

// drawn makes a polygon or multipolygon whose vertices lie on a grid of so many steps; 0 is no grid.
func drawn(rng *rand.Rand, steps float64) orb.Geometry {
	polygon := func() orb.Polygon {
		p := orb.Polygon{circle(rng, steps, 0.5, 3+rng.IntN(5))}
		for range rng.IntN(3) {
			p = append(p, circle(rng, steps, 0.25, 3+rng.IntN(2)))
		}
		return p
	}
	if rng.IntN(2) == 0 {
		return polygon()
	}
	return orb.MultiPolygon{polygon(), polygon()}
}

// circle draws a ring whose vertices go round a centre, so that it is often simple.
func circle(rng *rand.Rand, steps, radius float64, n int) orb.Ring {
	snap := func(x float64) float64 {
		if steps == 0 {
			return 0.1 * x // no short binary fraction
		}
		return 0.1 * math.Round(x*steps) // so that equal is equal but collinear is a question of rounding
	}
	x, y := radius+(1-2*radius)*rng.Float64(), radius+(1-2*radius)*rng.Float64()
	var r orb.Ring
	for i := range n {
		a, d := 2*math.Pi*(float64(i)+0.8*rng.Float64())/float64(n), radius*(0.3+0.7*rng.Float64())
		r = append(r, orb.Point{snap(x + d*math.Cos(a)), snap(y + d*math.Sin(a))})
	}
	return append(r, r[0])
}
