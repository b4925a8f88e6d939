package quality_test

import (
	"context"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/encoding/wkt"

	"kawasan/geo"
	"kawasan/geo/quality"
)

// joined gives a geometry as Fix leaves it, and what it says of that.
func joined(t *testing.T, g orb.Geometry) ([]byte, string) {
	t.Helper()
	raw, err := wkb.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	f, changes := quality.Fix(&geo.Feature{ID: "a", Collection: anything(), Values: []any{"A"}, WKB: raw})
	if again, more := quality.Fix(f); again != f || len(more) > 0 {
		t.Errorf("fixing %s again changed %d things", wkt.MarshalString(g), len(more))
	}
	var said strings.Builder
	for _, c := range changes {
		if c.Rule.Name == "parts-overlap" {
			said.WriteString(c.Message.EN + "\n")
		}
	}
	return f.WKB, said.String()
}

// coversTheSame asks PostGIS whether what was joined is valid and covers what the parts did.
func coversTheSame(t *testing.T, conn *pgx.Conn, before orb.Geometry, after []byte) bool {
	t.Helper()
	raw, err := wkb.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	var same bool
	if err := conn.QueryRow(context.Background(), `SELECT ST_IsValid(b) AND ST_Area(ST_SymDifference(ST_UnaryUnion(a), b)) < 1e-12 AND ST_HausdorffDistance(ST_UnaryUnion(a), b) < 1e-9
		FROM (SELECT ST_Collect(p.geom) AS a, ST_GeomFromWKB($2) AS b FROM ST_Dump(ST_GeomFromWKB($1)) p) x`, raw, after).Scan(&same); err != nil {
		t.Fatal(err)
	}
	return same
}

func TestJoinsParts(t *testing.T) {
	t.Parallel()
	conn := database(t)
	for _, test := range []struct {
		name, wkt string
		parts     int // that are left
		says      string
	}{
		{"overlap", "MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0)),((118 0,119 0,119 1,118 0)),((116.5 0.5,117.5 0.5,117.5 0.7,116.5 0.7,116.5 0.5)))", 2, "parts 1 and 3 were joined: 1477014.5725 ha added up before, 1353930.4809 ha now"},
		{"an edge shared", "MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0)),((117 0,118 0,118 1,117 1,117 0)))", 1, "parts 1 and 2"},
		{"one within another", "MULTIPOLYGON(((116.2 0.2,116.4 0.2,116.4 0.4,116.2 0.2)),((116 0,117 0,117 1,116 1,116 0)))", 1, "if a hole was meant"},
		{"the same twice", "MULTIPOLYGON(((116 0,117 0,117 1,116 0)),((116 0,117 0,117 1,116 0)))", 1, "parts 1 and 2"},
		{"a chain", "MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0)),((118 0,119 0,119 1,118 1,118 0)),((116.9 0.2,118.1 0.2,118.1 0.3,116.9 0.2)))", 1, "parts 1, 2 and 3"},
		{"around a hole", "MULTIPOLYGON(((116 0,117 0,117 0.1,116 0.1,116 0)),((116 0.9,117 0.9,117 1,116 1,116 0.9)),((116 0,116.1 0,116.1 1,116 1,116 0)),((116.9 0,117 0,117 1,116.9 1,116.9 0)))", 1, "parts 1, 2, 3 and 4"},
		{
			"over the hole of another", "MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0),(116.2 0.2,116.2 0.8,116.8 0.8,116.8 0.2,116.2 0.2)),((116.1 0.1,116.9 0.1,116.9 0.5,116.1 0.5,116.1 0.1)))",
			1, "parts 1 and 2",
		},
		{"in the hole of another", "MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0),(116.1 0.1,116.1 0.9,116.9 0.9,116.9 0.1,116.1 0.1)),((116.2 0.2,116.4 0.2,116.4 0.4,116.2 0.2)))", 2, ""},
		{"a point touched", "MULTIPOLYGON(((116 0,117 0,117 1,116 0)),((117 1,118 1,118 2,117 1)))", 2, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			before, err := wkt.UnmarshalMultiPolygon(test.wkt)
			if err != nil {
				t.Fatal(err)
			}
			after, said := joined(t, before)
			if !strings.Contains(said, test.says) || test.says == "" && said != "" {
				t.Errorf("said %q, want %q", said, test.says)
			}
			g, err := wkb.Unmarshal(after)
			if err != nil || len(g.(orb.MultiPolygon)) != test.parts || !coversTheSame(t, conn, before, after) {
				t.Errorf("got %s (%v), want the same ground in %d parts", wkt.MarshalString(g), err, test.parts)
			}
			if found := names(judged(t, after), quality.Error); len(found) > 0 {
				t.Errorf("afterwards still %v", found)
			}
		})
	}
}

// A part that crosses itself says not what it covers, so nothing is joined to it.
func TestLeavesPartsWithOtherFaults(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"MULTIPOLYGON(((116 0,117 1,117 0,116 1,116 0)),((116.1 -1,116.2 -1,116.2 2,116.1 -1)))",
		"MULTIPOLYGON(((116 0,117 0,117 1,116 1,116 0),(118 0,118 1,119 1,118 0)),((116.5 0.5,117.5 0.5,117.5 0.7,116.5 0.5)))",
	} {
		before, err := wkt.UnmarshalMultiPolygon(s)
		if err != nil {
			t.Fatal(err)
		}
		if _, said := joined(t, before); said != "" {
			t.Errorf("%s: said %q, want nothing", s, said)
		}
	}
}

// Random parts on a coarse grid meet in every way there is.
func TestJoinsLikePostGIS(t *testing.T) {
	t.Parallel()
	conn := database(t)
	random := rand.New(rand.NewPCG(6, 3))
	n := 300
	if os.Getenv("KAWASAN_TEST") == "all" {
		n = 5000
	}
	for range n {
		var before orb.MultiPolygon
		for range 2 + random.IntN(5) {
			x, y, grid := float64(random.IntN(5)), float64(random.IntN(5)), float64(1+random.IntN(3))
			w, h := float64(1+random.IntN(3)), float64(1+random.IntN(3))
			ring := orb.Ring{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}
			if random.IntN(3) == 0 {
				ring = orb.Ring{{x, y}, {x + w, y}, {x, y + h}, {x, y}}
			}
			for i := range ring {
				ring[i] = orb.Point{116 + ring[i][0]/10/grid, -1 + ring[i][1]/10/grid}
			}
			before = append(before, orb.Polygon{ring})
		}
		after, _ := joined(t, before)
		if !coversTheSame(t, conn, before, after) {
			g, _ := wkb.Unmarshal(after)
			t.Fatalf("%s became %s", wkt.MarshalString(before), wkt.MarshalString(g))
		}
		if found := names(judged(t, after), quality.Error); len(found) > 0 {
			t.Fatalf("%s is still %v", wkt.MarshalString(before), found)
		}
	}
}
