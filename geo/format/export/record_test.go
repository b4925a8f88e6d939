package export_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kawasan/geo"
	"kawasan/geo/format/export"
)

func TestRecord(t *testing.T) {
	t.Parallel()
	want := geo.Feature{ID: "kariangau-ꦏ", WKB: []byte{1, 2, 3}, Values: []any{
		nil, "", "🏭", int64(math.MinInt64), int64(math.MaxInt64), 1e-300, true, false, geo.Date(-40000), time.Date(1899, 12, 31, 23, 59, 59, 999_999_000, time.UTC),
		json.RawMessage(`{"a":[1]}`),
		[]string{"", "b"},
		[]int64{-1, 1},
		[]float64{0.1},
		[]string{},
	}}
	b, err := export.AppendRecord(nil, &want, want.WKB)
	if err != nil {
		t.Fatal(err)
	}
	got := geo.Feature{Values: []any{"of the one before"}}
	if err := export.ReadRecord(b, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(geo.Feature{}, "Collection")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for n := range b {
		if err := export.ReadRecord(b[:n], &got); err == nil && len(got.Values) == len(want.Values) {
			t.Errorf("%d of %d bytes are taken for all", n, len(b))
		}
	}
}

// A value of another type is a fault of the program, not the end of it.
func TestRecordOfNoValue(t *testing.T) {
	t.Parallel()
	if _, err := export.AppendRecord(nil, &geo.Feature{Values: []any{struct{}{}}}, nil); geo.AsError(err).Code != geo.Internal {
		t.Errorf("got %v, want an internal error", err)
	}
}

func FuzzRecord(f *testing.F) {
	seed, err := export.AppendRecord(nil, &geo.Feature{ID: "a", Values: []any{"b", int64(1), []float64{1}}}, []byte{1})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Fuzz(func(t *testing.T, b []byte) {
		var one geo.Feature
		if export.ReadRecord(b, &one) != nil {
			return
		}
		again, err := export.AppendRecord(nil, &one, one.WKB)
		if err != nil {
			t.Fatal(err)
		}
		var two geo.Feature
		if err := export.ReadRecord(again, &two); err != nil {
			t.Fatalf("what was read can't be written and read again: %v", err)
		}
	})
}
