package parquet_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo/format/parquet"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkt"
)

// Files of pyarrow 26 without the metadata of GeoParquet, whose columns have types of their own:
//
//	ga.wkb().with_crs("EPSG:32750").wrap_array(...), ga.wkb().with_crs(ga.OGC_CRS84).with_edge_type(ga.EdgeType.SPHERICAL)
//	pa.array(np.array([0.5, -65504, 6e-8], dtype=np.float16)), pa.uuid(), use_deprecated_int96_timestamps=True
func TestLogicalTypes(t *testing.T) {
	t.Parallel()
	const first = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
	const last = "00000000-0000-0000-0000-000000000001"
	for name, c := range map[string]struct{ system, note, want string }{
		"logical_geometry": {
			"EPSG:32750", "[]",
			"a 0.5 " + first + " POINT (500000 9800000); b -65504 <nil> ; c 5.960464477539063e-08 " + last + " POINT (500100 9800100); ",
		},
		"logical_geography": {"OGC:CRS84", "great circles", "a 0.5 " + first + " POINT (116 -1); b -65504 <nil> ; c 5.960464477539063e-08 " + last + " POINT (117 -1); "},
		"int96":             {"", "no column", "1 2024-08-17 10:00:00.123456 +0000 UTC ; 2 1850-02-03 00:00:00 +0000 UTC ; "},
	} {
		in, err := source.OpenPath(filepath.Join("testdata", name+".parquet"), source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = in.Close() }()
		s, err := parquet.Source().Open(t.Context(), in, in.Members, source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		l := s.Layers()[0]
		if got := fmt.Sprint(l.Notes); !strings.Contains(got, c.note) || (l.CRS == nil) != (c.system == "") || l.CRS != nil && l.CRS.Code != c.system {
			t.Errorf("%s: the system is %.40s, the notes are %s", name, l.CRSText, got)
		}
		got := ""
		for f, err := range s.Features(t.Context(), 0) {
			if err != nil || len(f.Faults) > 0 {
				t.Fatal(name, err, f)
			}
			for _, v := range f.Values {
				got += fmt.Sprint(v, " ")
			}
			if f.WKB != nil {
				text, err := wkt.Append(nil, f.WKB, 3)
				if err != nil {
					t.Fatal(err)
				}
				got += string(text)
			}
			got += "; "
		}
		if got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}
