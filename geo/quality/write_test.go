package quality_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/geojson"

	"kawasan/geo"
	"kawasan/geo/quality"
)

var update = flag.Bool("update", false, "write the golden files anew")

// faulty judges features of which each has something wrong with it.
func faulty(t *testing.T) *quality.Report {
	t.Helper()
	c := (&geo.Collection{ID: "estates", GeometryType: "MultiPolygon", Properties: []geo.Property{
		{Name: "name", Type: geo.String},
		{Name: "boundary_kind", Type: geo.String, Enum: []string{"legal", "indicative"}},
		{Name: "position_uncertainty_m", Type: geo.Number},
		{Name: "source", Type: geo.String},
		{Name: "licence", Type: geo.String},
	}}).Index()
	j := quality.NewJudge(quality.Options{Collection: c, Source: "estates.zip", Fix: true, Keep: 3, Today: 20780})
	defer j.Close()
	bow := orb.Polygon{{{116, 0}, {117, 1}, {117, 0}, {116, 1}, {116, 0}}}
	for i := range 6 {
		f := &geo.Feature{ID: fmt.Sprintf("e%d", i), Collection: c, Values: []any{"<b>Estate</b> \u202e& sons", "legal", 10.0, "decree", "open"}, WKB: wkb.MustMarshal(bow)}
		if _, err := j.Feature(t.Context(), f, int64(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	open := wkb.MustMarshal(orb.Polygon{{{116, 0.5}, {116, 0.6}, {116.1, 0.6}, {116.1, 0.5}}})
	f := &geo.Feature{ID: "e2", Collection: c, Values: []any{" Kutai\u0301 ", "sketch", nil, nil, "open"}, WKB: open}
	if _, err := j.Feature(t.Context(), f, 7); err != nil {
		t.Fatal(err)
	}
	if err := j.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	return j.Report()
}

func TestReports(t *testing.T) {
	t.Parallel()
	r := faulty(t)
	for _, form := range quality.Forms() {
		for _, language := range []string{"en", "id"} {
			var b bytes.Buffer
			if err := quality.Write(&b, r, form, language); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "report."+language+"."+string(form))
			if form == quality.JSON || form == quality.GeoJSON {
				golden = filepath.Join("testdata", "report."+string(form))
			}
			if *update {
				if err := os.WriteFile(golden, b.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("%s, %s: want -, got + (go test -update writes it anew):\n%s", form, language, diff)
			}
		}
	}
}

// TestReportsAreReadByOthers parses them with readers that are not ours.
func TestReportsAreReadByOthers(t *testing.T) {
	t.Parallel()
	r := faulty(t)
	var b bytes.Buffer
	if err := quality.Write(&b, r, quality.GeoJSON, ""); err != nil {
		t.Fatal(err)
	}
	places, err := geojson.UnmarshalFeatureCollection(b.Bytes())
	if err != nil || len(places.Features) == 0 {
		t.Fatalf("%v, %d features", err, len(places.Features))
	}
	b.Reset()
	if err := quality.Write(&b, r, quality.HTML, "id"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<b>Estate") {
		t.Error("text of the data is markup in the page")
	}
	b.Reset()
	if err := quality.Write(&b, r, quality.JSON, ""); err != nil {
		t.Fatal(err)
	}
	var document struct {
		Errors int64
		Groups []struct {
			Rule   string
			Count  int64
			Issues []json.RawMessage
		}
	}
	if err := json.Unmarshal(b.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	for _, g := range document.Groups {
		if g.Rule == "self-intersection" && (g.Count != 6 || len(g.Issues) != 3) {
			t.Errorf("%d self-intersections of which %d are shown, want 6 and 3", g.Count, len(g.Issues))
		}
	}
	if err := quality.Write(&b, r, "pdf", ""); !geo.IsCode(err, geo.Invalid) {
		t.Errorf("got %v, want Invalid", err)
	}
}
