package geodata_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"kawasan/geodata"
)

// common are the attributes that every collection has, first and in this order.
var common = []string{
	"name", "aliases", "boundary_kind", "position_uncertainty_m", "source", "source_date", "licence", "valid_from",
	"valid_to", "instrument",
}

var (
	idPattern   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	namePattern = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
)

func collections(t *testing.T) []geodata.Dataset {
	t.Helper()
	all, err := geodata.Collections()
	if err != nil {
		t.Fatalf("Collections: %v", err)
	}
	return all
}

func tables(t *testing.T) []geodata.Table {
	t.Helper()
	all, err := geodata.Tables()
	if err != nil {
		t.Fatalf("Tables: %v", err)
	}
	return all
}

func collection(t *testing.T, id string) geodata.Dataset {
	t.Helper()
	for _, d := range collections(t) {
		if d.Collection == id {
			return d
		}
	}
	t.Fatalf("no collection %q", id)
	return geodata.Dataset{}
}

// rows gives the rows of a collection with and without a position.
func rows(d geodata.Dataset) []geodata.Row {
	all := slices.Clone(d.Unlocated)
	for _, f := range d.Features {
		all = append(all, geodata.Row{ID: f.ID, Properties: f.Properties})
	}
	return all
}

// value decodes an attribute: nil, string, float64, bool, []any or map[string]any.
func value(t *testing.T, r geodata.Row, name string) any {
	t.Helper()
	raw, ok := r.Properties[name]
	if !ok {
		t.Fatalf("%s: no attribute %q", r.ID, name)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("%s: %s: %v", r.ID, name, err)
	}
	return v
}

func TestCounts(t *testing.T) {
	t.Parallel()
	type count struct{ Located, Unlocated int }
	want := map[string]count{
		"ikn":            {7, 0},
		"infrastructure": {59, 1},
		"mills":          {86, 0},
		"plantations":    {10, 0},
		"ports":          {17, 4},
		"regencies":      {10, 0},
		"towns":          {32, 0},
		"zones":          {3, 0},
	}
	got := map[string]count{}
	for _, d := range collections(t) {
		got[d.Collection] = count{len(d.Features), len(d.Unlocated)}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows with and without position (-want +got):\n%s", diff)
	}
	gotRows := map[string]int{}
	for _, table := range tables(t) {
		gotRows[table.ID] = len(table.Rows)
	}
	if diff := cmp.Diff(map[string]int{"plantation_statistics": 32, "published_distances": 31}, gotRows); diff != "" {
		t.Errorf("rows of tables (-want +got):\n%s", diff)
	}
}

// Files are written for good diffs: one row a line, sorted, LF, UTF-8.
func TestFiles(t *testing.T) {
	t.Parallel()
	lines := func(name string) (lines []string) {
		t.Helper()
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\ufeff") || !strings.HasSuffix(text, "}\n") {
			t.Errorf("%s: want UTF-8 without byte order mark, lines ended by LF, the last one too", name)
		}
		return strings.Split(text, "\n")
	}
	row := regexp.MustCompile(`^\{(?:"type":"Feature",)?"id":"([^"]+)",.*\},?$`)
	check := func(name string, want []string) {
		t.Helper()
		var got []string
		for _, line := range lines(name) {
			if m := row.FindStringSubmatch(line); m != nil {
				got = append(got, m[1])
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: rows by line (-want +got):\n%s", name, diff)
		}
	}
	for _, d := range collections(t) {
		var want []string
		for _, f := range d.Features {
			want = append(want, f.ID)
		}
		for _, r := range d.Unlocated {
			want = append(want, r.ID)
		}
		check(d.File, want)
		if d.File != d.Collection+".geojson" {
			t.Errorf("collection %s stands in %s", d.Collection, d.File)
		}
	}
	for _, table := range tables(t) {
		var want []string
		for _, r := range table.Rows {
			want = append(want, r.ID)
		}
		check(table.File, want)
		if table.File != table.ID+".json" {
			t.Errorf("table %s stands in %s", table.ID, table.File)
		}
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	for _, d := range collections(t) {
		for _, r := range rows(d) {
			if !idPattern.MatchString(r.ID) || len(r.ID) > 40 {
				t.Errorf("%s: id %q: want at most 40 of a-z, 0-9 and single hyphens", d.Collection, r.ID)
			}
		}
	}
	for _, table := range tables(t) {
		for _, r := range table.Rows {
			if !idPattern.MatchString(r.ID) {
				t.Errorf("%s: id %q: want a-z, 0-9 and single hyphens", table.ID, r.ID)
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	check := func(id string, title, description geodata.Text, keywords []string, licence, attribution string, properties []geodata.Property) {
		for _, s := range []string{title.EN, title.ID, description.EN, description.ID, licence, attribution} {
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s: a title, description, licence or attribution is empty", id)
			}
		}
		if description.EN == description.ID {
			t.Errorf("%s: the description is not translated", id)
		}
		if len(keywords) == 0 {
			t.Errorf("%s: no keywords", id)
		}
		for _, p := range properties {
			checkProperty(t, id, p)
		}
	}
	for _, d := range collections(t) {
		check(d.Collection, d.Title, d.Description, d.Keywords, d.Licence, d.Attribution, d.Properties)
		var names []string
		for _, p := range d.Properties {
			names = append(names, p.Name)
		}
		if diff := cmp.Diff(common, names[:min(len(names), len(common))]); diff != "" {
			t.Errorf("%s: common attributes come first (-want +got):\n%s", d.Collection, diff)
		}
	}
	for _, table := range tables(t) {
		check(table.ID, table.Title, table.Description, table.Keywords, table.Licence, table.Attribution, table.Properties)
	}
}

func checkProperty(t *testing.T, id string, p geodata.Property) {
	t.Helper()
	types := []string{"text", "integer", "number", "boolean", "date", "timestamp", "text[]", "json"}
	// Names of request parameters and of what a table has anyway.
	taken := []string{
		"limit", "f", "crs", "bbox", "bbox_crs", "datetime", "offset", "filter", "filter_lang", "filter_crs", "q", "sortby",
		"token", "properties", "id", "ids", "geom", "geometry", "revision", "type",
	}
	units := map[string]string{"_m": "m", "_ha": "ha", "_km": "km", "_mw": "MW", "_mva": "MVA", "_kv": "kV", "_percent": "%", "_t": "t"}
	switch {
	case !namePattern.MatchString(p.Name):
		t.Errorf("%s: %q is not in snake_case", id, p.Name)
	case slices.Contains(taken, p.Name):
		t.Errorf("%s: the name %q is taken", id, p.Name)
	case !slices.Contains(types, p.Type):
		t.Errorf("%s: %s has the unknown type %q", id, p.Name, p.Type)
	case len(p.Enum) > 0 && p.Type != "text":
		t.Errorf("%s: %s: only a text can have an enum, not %s", id, p.Name, p.Type)
	case p.Unit != "" && p.Type != "number" && p.Type != "integer":
		t.Errorf("%s: %s: a %s with a unit", id, p.Name, p.Type)
	case p.Title.EN == "" || p.Title.ID == "" || p.Description.EN == "" || p.Description.ID == "":
		t.Errorf("%s: %s lacks a title or description in English or Indonesian", id, p.Name)
	case p.Description.EN == p.Description.ID:
		t.Errorf("%s: the description of %s is not translated", id, p.Name)
	}
	if p.Type != "number" {
		return
	}
	for suffix, unit := range units {
		if strings.HasSuffix(p.Name, suffix) && p.Unit != unit && !strings.HasSuffix(p.Unit, "/"+unit) {
			t.Errorf("%s: %s has the unit %q, want %q", id, p.Name, p.Unit, unit)
		}
	}
}

// Every value has the declared type and keeps to the declared vocabulary.
func TestValues(t *testing.T) {
	t.Parallel()
	check := func(id string, all []geodata.Row, properties []geodata.Property) {
		for _, r := range all {
			for _, p := range properties {
				v := value(t, r, p.Name)
				if fault := fault(v, p); fault != "" {
					t.Errorf("%s/%s: %s = %v: %s", id, r.ID, p.Name, v, fault)
				}
			}
		}
	}
	for _, d := range collections(t) {
		check(d.Collection, rows(d), d.Properties)
	}
	for _, table := range tables(t) {
		check(table.ID, table.Rows, table.Properties)
	}
}

func fault(v any, p geodata.Property) string {
	if v == nil {
		return ""
	}
	switch p.Type {
	case "text":
		s, ok := v.(string)
		if !ok || s == "" || s != strings.TrimSpace(s) {
			return "want a text that is neither empty nor padded"
		}
		if len(p.Enum) > 0 && !slices.Contains(p.Enum, s) {
			return "not in the enum " + strings.Join(p.Enum, ", ")
		}
	case "integer":
		if n, ok := v.(float64); !ok || n != float64(int64(n)) {
			return "want an integer"
		}
	case "number":
		if _, ok := v.(float64); !ok {
			return "want a number"
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			return "want true or false"
		}
	case "date":
		s, ok := v.(string)
		if _, err := time.Parse(time.DateOnly, s); !ok || err != nil {
			return "want YYYY-MM-DD"
		}
	case "text[]":
		list, ok := v.([]any)
		if !ok || len(list) == 0 {
			return "want a list that is not empty, or null"
		}
		for _, item := range list {
			if s, ok := item.(string); !ok || s == "" || strings.ContainsAny(s, "|") {
				return "want a list of texts"
			}
		}
	}
	return ""
}

func TestCertaintyIsNeverClaimed(t *testing.T) {
	t.Parallel()
	for _, d := range collections(t) {
		for _, f := range d.Features {
			r := geodata.Row{ID: f.ID, Properties: f.Properties}
			if u, ok := value(t, r, "position_uncertainty_m").(float64); ok && u <= 0 {
				t.Errorf("%s/%s: position_uncertainty_m = %v, want null or more than 0", d.Collection, f.ID, u)
			}
			for _, name := range []string{"name", "boundary_kind", "source", "licence"} {
				if value(t, r, name) == nil {
					t.Errorf("%s/%s: %s is null", d.Collection, f.ID, name)
				}
			}
			if value(t, r, "boundary_kind") == "estimated" && value(t, r, "method") == nil {
				t.Errorf("%s/%s: an estimate that does not say how it was made", d.Collection, f.ID)
			}
		}
		for _, r := range d.Unlocated {
			for _, name := range []string{"boundary_kind", "position_uncertainty_m"} {
				if v := value(t, r, name); v != nil {
					t.Errorf("%s/%s: has no position, but %s = %v", d.Collection, r.ID, name, v)
				}
			}
		}
	}
}

// The public account of the data names each file and each row without a position.
func TestSourcesNamesEverything(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("SOURCES.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	for _, d := range collections(t) {
		if !strings.Contains(text, "\n### "+d.Collection+"\n") {
			t.Errorf("SOURCES.md has no section on %s", d.Collection)
		}
		for _, r := range d.Unlocated {
			if !strings.Contains(text, "| `"+d.Collection+"/"+r.ID+"` |") {
				t.Errorf("SOURCES.md does not list the unlocated row %s/%s", d.Collection, r.ID)
			}
		}
	}
	for _, table := range tables(t) {
		if !strings.Contains(text, "\n### "+table.ID+"\n") {
			t.Errorf("SOURCES.md has no section on %s", table.ID)
		}
	}
}
