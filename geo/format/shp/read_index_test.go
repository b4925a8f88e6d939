package shp_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/shp"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"

	"github.com/google/go-cmp/cmp"
)

// rearranged takes a .shp apart, and puts it together with what stands between them and in
// what order; and the .shx that says so.
func rearranged(t *testing.T, content []byte, order []int, between []byte) (main, index []byte) {
	t.Helper()
	var records [][]byte
	for at := 100; at < len(content); {
		end := at + 8 + 2*int(binary.BigEndian.Uint32(content[at+4:]))
		records = append(records, content[at:end])
		at = end
	}
	main, index = slices.Clone(content[:100]), slices.Concat(content[:100], make([]byte, 8*len(records)))
	for _, i := range order {
		entry := index[100+8*i:]
		binary.BigEndian.PutUint32(entry, uint32(len(main)/2))
		copy(entry[4:8], records[i][4:8])
		main = slices.Concat(main, records[i], between)
	}
	binary.BigEndian.PutUint32(main[24:], uint32(len(main)/2))
	binary.BigEndian.PutUint32(index[24:], uint32(len(index)/2))
	return main, index
}

// Shapes belong to the rows that the .shx says, wherever in the file they stand; GDAL is the judge.
func TestShapesAreFoundByTheIndex(t *testing.T) {
	t.Parallel()
	lines := `{"type":"FeatureCollection","features":[`
	for i := range 4 {
		lines += fmt.Sprintf(`%s{"type":"Feature","properties":{"name":"n%d"},"geometry":{"type":"LineString","coordinates":[[11%d.5,-1.5],[116,-%d]%s]}}`, strings.Repeat(",", min(i, 1)), i, i, i+1, strings.Repeat(",[117,-2]", i))
	}
	folder := t.TempDir()
	made := filepath.Join(folder, "made.geojson")
	if err := os.WriteFile(made, []byte(lines+"]}"), 0o600); err != nil {
		t.Fatal(err)
	}
	sample.Run(t, "ogr2ogr", filepath.Join(folder, "made.shp"), made)
	part := func(extension string) []byte {
		content, err := os.ReadFile(filepath.Join(folder, "made"+extension))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	content := part(".shp")
	stale := slices.Clone(content[100 : 100+8+2*int(binary.BigEndian.Uint32(content[104:]))])
	old := part(".shx")
	for _, c := range []struct {
		name    string
		order   []int
		between []byte
		index   func(index []byte) []byte // what becomes of the .shx; nil leaves it out
		note    string
	}{
		{"as they stand", []int{0, 1, 2, 3}, nil, slices.Clone[[]byte], ""},
		{"what was there before between them", []int{0, 1, 2, 3}, stale, slices.Clone[[]byte], ""},
		{"in another order", []int{2, 0, 3, 1}, nil, slices.Clone[[]byte], ""},
		{"in another order, with gaps", []int{3, 2, 1, 0}, make([]byte, 30), slices.Clone[[]byte], ""},
		{"no index", []int{0, 1, 2, 3}, nil, nil, ""},
		{"an index of nothing", []int{0, 1, 2, 3}, nil, func(b []byte) []byte { return make([]byte, len(b)) }, "not used"},
		{"an index beyond the end", []int{0, 1, 2, 3}, nil, func(b []byte) []byte { return append(b[:len(b)-8], 0, 1, 0, 0, 0, 0, 0, 8) }, "not used"},
		{"an index of one row less", []int{0, 1, 2, 3}, nil, func(b []byte) []byte { return b[:len(b)-8] }, "not used"},
		{"an index cut off", []int{0, 1, 2, 3}, nil, func(b []byte) []byte { return b[:len(b)-3] }, "not used"},
		{"all in one place", []int{0, 1, 2, 3}, nil, func(b []byte) []byte {
			return slices.Concat(b[:100], slices.Repeat(b[124:132], 4))
		}, "not used"},
	} {
		main, index := rearranged(t, content, c.order, c.between)
		files := map[string][]byte{".shp": main, ".dbf": part(".dbf"), ".prj": part(".prj")}
		if c.index != nil {
			files[".shx"] = c.index(index)
		}
		path := filepath.Join(t.TempDir(), "made.shp")
		packed := map[string][]byte{}
		for extension, b := range files {
			packed["folder/made"+extension] = b
			if err := os.WriteFile(strings.TrimSuffix(path, ".shp")+extension, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want := path
		if c.index == nil || c.note != "" { // GDAL reads those with the index that was there
			if err := os.WriteFile(filepath.Join(folder, "made.shx"), old, 0o600); err != nil {
				t.Fatal(err)
			}
			want = filepath.Join(folder, "made.shp")
		}
		var rows []string
		for _, f := range sample.GDAL(t, want, "") {
			rows = append(rows, fmt.Sprintf("%v %.6v", f.Properties["name"], f.Geometry["coordinates"].([]any)[0]))
		}
		archive := filepath.Join(t.TempDir(), "made.zip")
		if err := os.WriteFile(archive, sample.Packed(t, packed), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{path, archive} {
			got, notes := shapes(t, file)
			if diff := cmp.Diff(rows, got); diff != "" {
				t.Errorf("%s, %s (-GDAL +got):\n%s", c.name, filepath.Ext(file), diff)
			}
			if strings.Contains(notes, "not used") != (c.note != "") {
				t.Errorf("%s: the notes are %q", c.name, notes)
			}
		}
	}
}

// shapes reads name and first position of each feature, and what was noted.
func shapes(t *testing.T, path string) (rows []string, notes string) {
	t.Helper()
	in, err := source.OpenPath(path, source.Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	var members []*source.Member
	for _, m := range in.Members {
		if shp.Source().Recognises(m) {
			members = append(members, m)
		}
	}
	s, err := shp.Source().Open(t.Context(), in, members, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // it can be read again
		rows = nil
		for f, err := range s.Features(t.Context(), 0) {
			if err != nil {
				t.Fatal(err)
			}
			first := true
			_ = wkb.Walk(f.WKB, func(_ wkb.Header, p wkb.Positions) error {
				if x, y := p.XY(0); first {
					rows = append(rows, fmt.Sprintf("%v [%v %v]", f.Values[0], x, y))
				}
				first = false
				return nil
			})
		}
	}
	return rows, fmt.Sprint(s.Layers()[0].Notes)
}
