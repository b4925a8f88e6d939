package geodata_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"kawasan/geodata"
)

const small = `{"type":"FeatureCollection","collection":"wells","geometry_type":"Point",
"properties":[{"name":"depth_m","type":"number"}],
"features":[{"type":"Feature","id":"b","geometry":{"type":"Point","coordinates":[117,0.5]},"properties":{"depth_m":60}},
{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[117,0.25]},"properties":{"depth_m":null}}],
"unlocated":[{"id":"c","properties":{"depth_m":7}}]}`

func read(content string) ([]geodata.Dataset, error) {
	return geodata.ReadCollections(fstest.MapFS{"wells.geojson": {Data: []byte(content)}})
}

func TestReadSortsByID(t *testing.T) {
	t.Parallel()
	all, err := read(small)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 || all[0].Collection != "wells" || all[0].File != "wells.geojson" || len(all[0].SHA256) != 64 {
		t.Fatalf("got %+v, want one collection with its file and checksum", all)
	}
	if f := all[0].Features; len(f) != 2 || f[0].ID != "a" || f[1].ID != "b" {
		t.Errorf("features %v, want a, b", f)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, old, new, want string }{
		{"no JSON", small, "{", "unexpected EOF"},
		{"two values", small, small + small, "more than one"},
		{"no collection", `"collection":"wells",`, ``, "no feature collection"},
		{"no geometry type", `"geometry_type":"Point",`, ``, "no feature collection"},
		{"other type", `"FeatureCollection"`, `"Table"`, "no feature collection"},
		{"misspelt member", `"unlocated"`, `"unlocatd"`, "unlocatd"},
		{"no position", `{"type":"Point","coordinates":[117,0.25]}`, `null`, "belongs in unlocated"},
		{"same id", `"id":"a"`, `"id":"b"`, `"b" occurs twice`},
		{"same id unlocated", `"id":"c"`, `"id":"a"`, `"a" occurs twice`},
		{"no id", `"id":"a",`, ``, `"" occurs twice or is empty`},
		{"undeclared", `"depth_m":60`, `"depth_m":60,"width_m":1`, `"width_m" is not declared`},
		{"missing", `{"depth_m":7}`, `{}`, `"depth_m" is missing`},
		{"declared twice", `{"name":"depth_m","type":"number"}`, `{"name":"depth_m"},{"name":"depth_m"}`, "declared twice"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := read(strings.Replace(small, test.old, test.new, 1))
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "wells.geojson") {
				t.Errorf("got error %v, want one on wells.geojson with %q", err, test.want)
			}
		})
	}
}

func TestReadTablesRefuses(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"no table name": `{"type":"Table","properties":[],"rows":[]}`,
		"other type":    `{"type":"FeatureCollection","table":"x","properties":[],"rows":[]}`,
		"same id":       `{"type":"Table","table":"x","properties":[],"rows":[{"id":"a"},{"id":"a"}]}`,
	} {
		if got, err := geodata.ReadTables(fstest.MapFS{"x.json": {Data: []byte(content)}}); err == nil {
			t.Errorf("%s: got %v, want an error", name, got)
		}
	}
}

func hash(t *testing.T, f geodata.Feature) string {
	t.Helper()
	h, err := f.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// The hash is of the content: it ignores the spelling and sees each change.
func TestHash(t *testing.T) {
	t.Parallel()
	feature := func(id, geometry, properties string) geodata.Feature {
		f := geodata.Feature{ID: id, Geometry: json.RawMessage(geometry)}
		if err := json.Unmarshal([]byte(properties), &f.Properties); err != nil {
			t.Fatal(err)
		}
		return f
	}
	const point, values = `{"type":"Point","coordinates":[117,0.5]}`, `{"a":60,"b":["x","y"],"c":null}`
	base := hash(t, feature("f", point, values))
	if len(base) != 64 {
		t.Errorf("hash %q, want 64 digits", base)
	}
	same := map[string]geodata.Feature{
		"order":       feature("f", `{"coordinates":[117,0.5],"type":"Point"}`, `{"c":null,"b":["x","y"],"a":60}`),
		"white space": feature("f", `{ "type": "Point", "coordinates": [ 117, 0.5 ] }`, `{"a":60,"b":[ "x", "y" ],"c":null}`),
		"numbers":     feature("f", `{"type":"Point","coordinates":[117.0,5e-1]}`, `{"a":60.0,"b":["x","y"],"c":null}`),
		"escapes":     feature("f", point, `{"a":60,"b":["\u0078","y"],"c":null}`),
	}
	for name, f := range same {
		if got := hash(t, f); got != base {
			t.Errorf("%s: the hash changed", name)
		}
	}
	other := map[string]geodata.Feature{
		"id":         feature("g", point, values),
		"coordinate": feature("f", `{"type":"Point","coordinates":[117,0.5000001]}`, values),
		"value":      feature("f", point, `{"a":61,"b":["x","y"],"c":null}`),
		"list order": feature("f", point, `{"a":60,"b":["y","x"],"c":null}`),
		"null":       feature("f", point, `{"a":60,"b":["x","y"],"c":""}`),
		"new name":   feature("f", point, `{"a":60,"b":["x","y"],"d":null}`),
	}
	for name, f := range other {
		if got := hash(t, f); got == base {
			t.Errorf("%s: the hash did not change", name)
		}
	}
	if _, err := feature("f", `{`, values).Hash(); err == nil {
		t.Error("broken geometry: want an error")
	}
}

func TestShippedHashesDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, d := range collections(t) {
		for _, f := range d.Features {
			h := hash(t, f)
			if other, ok := seen[h]; ok {
				t.Errorf("%s/%s has the hash of %s", d.Collection, f.ID, other)
			}
			seen[h] = d.Collection + "/" + f.ID
		}
		for _, r := range d.Unlocated {
			if h, err := r.Hash(); err != nil || seen[h] != "" {
				t.Errorf("%s/%s: hash of %q, %v", d.Collection, r.ID, seen[h], err)
			}
		}
	}
}

// No bytes make the reader panic, and what it accepts has ids, declared
// attributes and a hash.
func FuzzReadCollections(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(`{"type":"FeatureCollection","collection":"x","geometry_type":"Point"}`))
	f.Add([]byte(`null`))
	f.Add([]byte(`{"type":"FeatureCollection","collection":"x","geometry_type":"Point","features":[{"type":"Feature","id":"a","geometry":1}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		all, err := read(string(content))
		if err != nil {
			return
		}
		for _, d := range all {
			for _, feature := range d.Features {
				if feature.ID == "" || len(feature.Properties) != len(d.Properties) {
					t.Errorf("accepted %+v under %d attributes", feature, len(d.Properties))
				}
				if _, err := feature.Hash(); err != nil {
					t.Errorf("accepted a feature without a hash: %v", err)
				}
			}
		}
	})
}
