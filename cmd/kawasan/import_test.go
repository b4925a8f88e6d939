package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo/postgis/postgistest"
)

// The command line imports, says what it did in the form asked for, and tells by its exit code.
func TestImportCommand(t *testing.T) {
	t.Parallel()
	dsn := postgistest.Shipped(t)
	file := filepath.Join(t.TempDir(), "sumur.csv")
	if err := os.WriteFile(file, []byte("id;name;x;y;debit\nw1;Sumur 1;476450,25;9862900,5;1,5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		args      []string
		code      int
		out, says string
	}{
		{[]string{"import", "wells", file}, 1, "", "--crs with the right one"},
		{[]string{"import", "wells", file, "--crs", "EPSG:32750", "--mode", "grow"}, 2, "", "mode"},
		{[]string{"import", "wells", file, "--crs", "EPSG:32750", "--dry-run"}, 0, "A dry run: nothing was stored", ""},
		{[]string{"import", "wells", file, "--crs", "EPSG:32750", "--report", "json", "--by", "Sari"}, 0, `"stored": true`, ""},
		{[]string{"import", "wells", file, "--crs", "EPSG:32750"}, 1, "", "there is a collection"},
		{[]string{"imports", "wells", "-f", "json"}, 0, `"by": "Sari"`, ""},
		{[]string{"imports", "wells", "--lang", "id"}, 0, "DITAMBAH", ""},
	}
	for _, test := range tests {
		var out, errs bytes.Buffer
		code := run(t.Context(), append(test.args, "--database-url", dsn), streams{strings.NewReader(""), &out, &errs})
		if code != test.code || !strings.Contains(out.String(), test.out) || !strings.Contains(errs.String(), test.says) {
			t.Errorf("%v: got code %d, %s, %s", test.args[2:], code, out.String(), errs.String())
		}
		if strings.Contains(strings.Join(test.args, " "), "json") && !json.Valid(out.Bytes()) {
			t.Errorf("%v: no JSON: %s", test.args, out.String())
		}
	}
}

// Every form of the report has every finding: values that don't convert, unreadable text, what the rules say.
func TestImportReportsHoldAll(t *testing.T) {
	t.Parallel()
	dsn := postgistest.Shipped(t)
	folder := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first := write("satu.csv", "id,name,lon,lat,debit\nw1,Sumur 1,116.5,-1.1,1.5\n")
	next := write("dua.csv", "id,name,lon,lat,debit\nw2,Kuta\xef\xbf\xbd,116.5,-1.2,banyak\nw3,,-1.3,116.5,2\nw4,Empat,,,3\n")
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"import", "wells", first, "--database-url", dsn}, streams{strings.NewReader(""), &out, &errs}); code != 0 {
		t.Fatalf("got code %d, %s", code, errs.String())
	}
	for _, form := range []string{"text", "json", "html", "geojson"} {
		for language, want := range map[string][]string{
			"en": {"in the column debit is no number", "a character was lost on the way", "coordinates-swapped", "there is no geometry", "name has no value"},
			"id": {"di kolom debit bukan bilangan", "ada huruf yang hilang", "coordinates-swapped", "tidak ada geometri", "name tidak bernilai"},
		} {
			out.Reset()
			code := run(t.Context(), []string{"import", "wells", next, "--mode", "append", "--report", form, "--lang", language, "--database-url", dsn}, streams{strings.NewReader(""), &out, &errs})
			if code != 1 {
				t.Errorf("%s: got code %d", form, code)
			}
			for _, w := range want {
				if !strings.Contains(out.String(), w) {
					t.Errorf("%s, %s: the report doesn't say %q:\n%s", form, language, w, out.String())
				}
			}
		}
	}
}
