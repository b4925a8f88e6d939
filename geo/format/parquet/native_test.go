package parquet_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"kawasan/geo/format/parquet"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkt"
)

// Files of pyarrow 26 with the encodings of GeoParquet 1.1 that are lists of ordinates:
//
//	pq.write_table(pa.table({"id": [...], "geometry": pa.array([[[{"x": 116.0, "y": -1.0}, ...]], None])}).replace_schema_metadata(
//	    {b"geo": json.dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "polygon", ...}}}).encode()}), name)
func TestNativeEncodings(t *testing.T) {
	t.Parallel()
	const square = "116 -1,116.2 -1,116.2 -0.8,116 -0.8,116 -1"
	const hole = "116.05 -0.95,116.07 -0.95,116.07 -0.93,116.05 -0.93,116.05 -0.95"
	for name, want := range map[string][]string{
		"point":  {"POINT (116.5 -1)", "", "POINT (116.6 -1)"},
		"pointz": {"POINT Z (116.5 -1 3)", "POINT Z (116.6 -1 4)"},
		"line":   {"LINESTRING (116 -1,116.1 -1)", "", "LINESTRING (116.2 -1,116.3 -1)"},
		"mpt":    {"MULTIPOINT ((116 -1),(116.1 -1))", "MULTIPOINT ((116.2 -1))"},
		"poly":   {"POLYGON ((" + square + "),(" + hole + "))", "", "POLYGON ((117 -1,117.1 -1,117.1 -0.9,117 -0.9,117 -1))"},
		"mpoly": {
			"MULTIPOLYGON (((" + square + "),(" + hole + ")),((116.5 -1,116.6 -1,116.6 -0.9,116.5 -0.9,116.5 -1)))", "",
			"MULTIPOLYGON (((117 -1,117.1 -1,117.1 -0.9,117 -0.9,117 -1)))", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in, err := source.OpenPath(filepath.Join("testdata", "native_"+name+".parquet"), source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = in.Close() }()
			s, err := parquet.Source().Open(context.Background(), in, in.Members, source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			i := 0
			for f, err := range s.Features(context.Background(), 0) {
				if err != nil || len(f.Faults) > 0 || i == len(want) {
					t.Fatalf("feature %d: %v %v", i, err, f.Faults)
				}
				got := ""
				if f.WKB != nil {
					text, err := wkt.Append(nil, f.WKB, 3)
					if err != nil {
						t.Fatal(err)
					}
					got = string(text)
				}
				if got != want[i] {
					t.Errorf("got %s, want %s", got, want[i])
				}
				i++
			}
			if i != len(want) {
				t.Errorf("got %d features, want %d", i, len(want))
			}
		})
	}
}

// seeds are files that nothing here writes.
func seeds(t testing.TB) (list []string) {
	names, err := filepath.Glob("testdata/*.parquet")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(content))
	}
	return list
}
