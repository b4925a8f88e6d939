package columns_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kawasan/geo/columns"
)

func TestOffer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		names []string
		want  string
	}{
		{"official shapefile", []string{"OBJECTID", "NAMOBJ", "FCODE", "REMARK", "METADATA", "SRS_ID", "KDEPUM", "WADMKC", "WADMKK", "LUASWH", "Shape_Area"}, "--map OBJECTID= --map NAMOBJ=name --map FCODE=feature_code --map REMARK=note --map METADATA=metadata_id --map SRS_ID= --map KDEPUM=village_code --map WADMKC=district --map WADMKK=regency --map LUASWH=stated_area_ha --map Shape_Area="},
		{"ours already", []string{"name", "status", "source"}, ""},
		{"name is there", []string{"name", "NAMOBJ"}, ""},
		{"two that become one", []string{"LUAS", "LUASHA"}, "--map LUAS=stated_area_ha"},
		{"unknown", []string{"foo", ""}, ""},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, columns.Flags(columns.Offer(test.names))); diff != "" {
			t.Errorf("%s: want -, got +\n%s", test.name, diff)
		}
	}
}

// TestNoPropertyIsOfferedTwice draws columns, and holds the offer to what it promises.
func TestNoPropertyIsOfferedTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(columns.Known()), rapid.SampledFrom([]string{"name", "note", "x"}))).Draw(t, "columns")
		taken := map[string]bool{}
		for _, n := range names {
			taken[n] = true
		}
		for _, m := range columns.Offer(names) {
			if m.Property != "" && taken[m.Property] {
				t.Fatalf("%s is offered as %s, which is taken, of %q", m.Column, m.Property, names)
			}
			taken[m.Property] = true
			if m.Meaning.EN == "" || m.Meaning.ID == "" {
				t.Fatalf("%s has no meaning", m.Column)
			}
		}
	})
}

// TestPropertiesAreThoseOfTheShippedData makes sure that columns become what collections here are called.
func TestPropertiesAreThoseOfTheShippedData(t *testing.T) {
	t.Parallel()
	ours := map[string]bool{}
	files, err := filepath.Glob(filepath.Join("..", "..", "geodata", "*.geojson"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var header struct{ Properties []struct{ Name string } }
		if err := json.Unmarshal(raw, &header); err != nil {
			t.Fatal(err)
		}
		for _, p := range header.Properties {
			ours[p.Name] = true
		}
	}
	for _, column := range []string{"NAMOBJ", "REMARK", "WADMKC", "WADMKK", "KDPKAB", "LUASHA", "SUMBER", "TGL", "KODE", "DASARHUKUM", "STATUSX"} {
		for _, m := range columns.Offer([]string{column}) {
			if !ours[m.Property] {
				t.Errorf("%s becomes %s, which no shipped collection has", column, m.Property)
			}
		}
	}
}
