package postgis_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/postgis"
)

// What is created reads back as it was, value for value.
func TestCreateReadsBack(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	point := func(x, y float64) []byte {
		raw, err := wkb.Marshal(orb.MultiPolygon{{{{x, y}, {x + 1, y}, {x, y + 1}, {x, y}}}})
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	made := &geo.Collection{ID: "made", Title: geo.Text{EN: "Made", ID: "Dibuat"}, GeometryType: "MultiPolygon", Properties: []geo.Property{
		{Name: "text", Type: geo.String},
		{Name: "n", Type: geo.Integer},
		{Name: "x", Type: geo.Number},
		{Name: "yes", Type: geo.Boolean},
		{Name: "day", Type: geo.DateOnly},
		{Name: "at", Type: geo.Timestamp},
		{Name: "tags", Type: geo.TextArray},
		{Name: "ns", Type: geo.IntegerArray},
		{Name: "xs", Type: geo.NumberArray},
		{Name: "extra", Type: geo.JSON},
	}}
	rows := []*geo.Feature{
		{ID: "a", WKB: point(116, 0), Values: []any{"ꦗꦮ 🌴 '\"\\", int64(math.MaxInt64), 0.1, true, geo.Date(-1), time.UnixMicro(-1).UTC(), []string{"", "ü"}, []int64{1, -2}, []float64{0.5}, json.RawMessage(`{"a":[1,null]}`)}},
		{ID: "b", WKB: point(117, 1), Values: make([]any, 10)},
	}
	n, err := postgis.Create(t.Context(), options, made, each(rows))
	if err != nil || n != 2 {
		t.Fatalf("create: got %d, %v, want 2", n, err)
	}
	features, c, err := geo.Collect(t.Context(), openStore(t, options), geo.Query{Collection: "made"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Title.ID != "Dibuat" || c.Version != 2 {
		t.Errorf("collection: got title %q, version %d", c.Title.ID, c.Version)
	}
	for i, f := range features {
		if diff := cmp.Diff(rows[i].Values, f.Values[:10]); diff != "" {
			t.Errorf("values of %s (-want +got):\n%s", f.ID, diff)
		}
		if diff := cmp.Diff(rows[i].WKB, f.WKB); diff != "" {
			t.Errorf("geometry of %s (-want +got):\n%s", f.ID, diff)
		}
	}
	if _, err := postgis.Create(t.Context(), options, made, each(nil)); !geo.IsCode(err, geo.Conflict) {
		t.Errorf("create again: got %v, want a conflict", err)
	}
}

// Rows are sent in pieces of 64 kB; none is cut or lost where a piece ends.
func TestCreateRowsOfAllSizes(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	made := &geo.Collection{ID: "sizes", Properties: []geo.Property{{Name: "text", Type: geo.String}}}
	const piece = 65531
	var rows []*geo.Feature
	for i := range 60 { // 22 bytes are around a text: its row ends before, at and behind the piece's end
		rows = append(rows, &geo.Feature{ID: fmt.Sprintf("a%02d", i), Values: []any{strings.Repeat("x", piece-50+i)}})
	}
	for i, size := range []int{0, 3 * piece, 1, 1 << 20, 0} {
		rows = append(rows, &geo.Feature{ID: fmt.Sprintf("b%d", i), Values: []any{strings.Repeat("y", size)}})
	}
	if n, err := postgis.Create(t.Context(), options, made, each(rows)); err != nil || n != int64(len(rows)) {
		t.Fatalf("create: got %d, %v, want %d", n, err, len(rows))
	}
	features, _, err := geo.Collect(t.Context(), openStore(t, options), geo.Query{Collection: "sizes", Limit: 1000})
	if err != nil || len(features) != len(rows) {
		t.Fatalf("got %d features, %v, want %d", len(features), err, len(rows))
	}
	for i, f := range features {
		if f.ID != rows[i].ID || f.Text("text") != rows[i].Values[0] {
			t.Errorf("row %d: got %s with %d bytes, want %s with %d", i, f.ID, len(f.Text("text")), rows[i].ID, len(rows[i].Values[0].(string)))
		}
	}
}

// An error in the middle leaves nothing behind.
func TestCreateIsAllOrNothing(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	bad := &geo.Feature{ID: "b", WKB: []byte{1, 2}}
	_, err := postgis.Create(t.Context(), options, &geo.Collection{ID: "half", GeometryType: "Point"}, each([]*geo.Feature{bad}))
	if !geo.IsCode(err, geo.Invalid) {
		t.Errorf("got %v, want an invalid geometry", err)
	}
	c, _ := openStore(t, options).Catalogue(t.Context())
	if _, err := c.Collection("half"); !geo.IsCode(err, geo.NotFound) {
		t.Errorf("collection half: got %v, want none", err)
	}
}

func each(features []*geo.Feature) iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		for _, f := range features {
			if !yield(f, nil) {
				return
			}
		}
	}
}
