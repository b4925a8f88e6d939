package sample

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"kawasan/geo"

	"github.com/google/go-cmp/cmp"
)

// Compare compares what was read with the layer, feature by feature: the id (as
// a property of that name), the geometry and the attributes. Represent gives the
// value that the format makes of a wanted one; nil leaves all as GeoJSON has them.
func Compare(t *testing.T, l Layer, got []Feature, represent func(p geo.Property, v any) any) {
	t.Helper()
	want := l.Want(t)
	if len(got) != len(want) {
		t.Fatalf("got %d features, want %d", len(got), len(want))
	}
	for i := range want {
		id := fmt.Sprint(want[i].ID)
		if s := SameGeometry(got[i].Geometry, want[i].Geometry); s != "" {
			t.Errorf("%s: %s", id, s)
		}
		if got := fmt.Sprint(got[i].Properties["id"]); got != id {
			t.Errorf("id: got %s, want %s", got, id)
		}
		for _, c := range l.Columns() {
			value := want[i].Properties[c.Name]
			if represent != nil {
				value = represent(c.Property, value)
			}
			if diff := cmp.Diff(plain(value), plain(got[i].Properties[c.Name])); diff != "" {
				t.Errorf("%s: %s: want -, got +:\n%s", id, c.Name, diff)
			}
		}
	}
}

// plain makes equal numbers equal: 1.0 is 1, but large integers keep their
// digits. GDAL writes text that looks like a JSON list or object as that: so is
// it taken on both sides.
func plain(v any) any {
	switch v := v.(type) {
	case string:
		if strings.HasPrefix(v, "[") || strings.HasPrefix(v, "{") {
			d := json.NewDecoder(strings.NewReader(v))
			d.UseNumber()
			var decoded any
			if d.Decode(&decoded) == nil {
				return plain(decoded)
			}
		}
		for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006/01/02 15:04:05Z07", "2006/01/02 15:04:05", "2006-01-02", "2006/01/02"} {
			if at, err := time.Parse(layout, v); err == nil {
				return at.UTC().Truncate(time.Millisecond).Format(time.RFC3339Nano)
			}
		}
	case json.Number:
		if _, err := v.Int64(); err == nil {
			return v.String()
		}
		if f := number(v); f == float64(int64(f)) && f < 1e15 && f > -1e15 {
			return fmt.Sprint(int64(f))
		}
		return number(v)
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plain(v[i])
		}
		return list
	case map[string]any:
		object := map[string]any{}
		for k := range v {
			object[k] = plain(v[k])
		}
		return object
	}
	return v
}

// Encoded gives a list or JSON value as compact text, all others as they are:
// how formats without such types keep them.
func Encoded(p geo.Property, v any) any {
	if v == nil || !p.Type.IsArray() && p.Type != geo.JSON {
		return v
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return string(b)
}
