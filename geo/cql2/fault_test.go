package cql2_test

import (
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/cql2"
)

type fault struct {
	name, text   string
	line, column int
	says         string // part of message or remedy
}

// faults are texts that must be refused when they are read or checked.
func faults() []fault {
	deep := strings.Repeat("(", 4000) + "a = 1" + strings.Repeat(")", 4000)
	return []fault{
		{"empty", " \n ", 2, 2, "empty"},
		{"unclosed text", "name = 'Karia", 1, 8, "not closed"},
		{"unclosed name", `"name = 1`, 1, 1, "not closed"},
		{"second line", "a = 1\nAND b == 2", 2, 8, "found '='"},
		{"characters, not bytes", "näme = 'ß' AND )", 1, 16, "found ')'"},
		{"missing operand", "a = ", 1, 5, "found the end"},
		{"not equal", "a != 1", 1, 3, "<>"},
		{"typographic quotes", "name = ‘x’", 1, 8, "straight quotes"},
		{"null", "name = NULL", 1, 8, "IS NULL"},
		{"NUL", "name = 'a\x00b'", 1, 10, "U+0000"},
		{"not UTF-8", "name = '\xff'", 1, 9, "UTF-8"},
		{"NaN", "number = NaN", 1, 10, "finite"},
		{"infinite", "number < 1E999", 1, 10, "too large"},
		{"exponent", "number < 1E", 1, 10, "exponent"},
		{"digit before name", "number < 5a", 1, 10, "followed by"},
		{"chain", "1 < number < 3", 1, 12, "BETWEEN"},
		{"power chain", "number = 2 ^ 3 ^ 2", 1, 16, "parentheses"},
		{"deep", deep, 1, 301, "deep"},
		{"bad date", "day = DATE('2024-02-30')", 1, 12, "2024-12-31"},
		{"bad timestamp", "moment = TIMESTAMP('2024-02-03')", 1, 20, "2024-12-31T"},
		{"interval backwards", "T_DURING(day, INTERVAL('2024-02-03', '2023-01-01'))", 1, 15, "before it starts"},
		{"WKT", "S_INTERSECTS(geometry, POINT(1))", 1, 31, "number"},
		{"WKT comma", "S_INTERSECTS(geometry, POINT(1,2))", 1, 31, "number"},
		{"open ring", "S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 1)))", 1, 32, "not closed"},
		{"short ring", "S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 0 0)))", 1, 32, "4 positions"},
		{"bow tie", "S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", 1, 24, "not valid"},
		{"mixed heights", "S_INTERSECTS(geometry, LINESTRING(0 0, 1 1 1))", 1, 40, "height"},
		{"outside the globe", "S_INTERSECTS(geometry, POINT(-1.2 116.8))", 1, 24, "longitude"},
		{"box upside down", "S_INTERSECTS(geometry, BBOX(0,1,1,0))", 1, 24, "south"},
		{"box of three", "S_INTERSECTS(geometry, BBOX(0,1,1))", 1, 24, "4 numbers"},
		{"unknown property", "nmae = 'x'", 1, 1, `perhaps "name"`},
		{"unknown function", "distance_mm(geometry, POINT(0 0)) < 1", 1, 1, "perhaps distance_m()"},
		{"arguments", "distance_m(geometry) < 1", 1, 1, "distance_m(a, b)"},
		{"argument type", "distance_m(geometry, 'x') < 1", 1, 22, "distance_m(a, b)"},
		{"number and text", "number = 'x'", 1, 10, `the property "number" (a number)`},
		{"text and number", "name > 3", 1, 8, "text in single quotes"},
		{"date and text", "day > 'soon'", 1, 7, "DATE('2024-12-31')"},
		{"date and number", "day > 3", 1, 7, "DATE('2024-12-31')"},
		{"geometry compared", "geometry = 'x'", 1, 1, "S_EQUALS"},
		{"list compared", "tags = 'x'", 1, 1, "A_CONTAINS"},
		{"list of another kind", "A_CONTAINS(tags, (1))", 1, 19, "texts"},
		{"json", "extra = 'x'", 1, 1, "IS NULL"},
		{"arithmetic on text", "number = name + 1", 1, 10, "a number"},
		{"LIKE of number", "number LIKE '1%'", 1, 1, "text"},
		{"LIKE property", "name LIKE name", 1, 11, "pattern"},
		{"no predicate", "number", 1, 1, "neither true nor false"},
		{"number as filter", "1 + 1", 1, 1, "neither true nor false"},
		{"spatial with text", "S_INTERSECTS(geometry, 'x')", 1, 24, "a geometry"},
		{"temporal with text", "T_AFTER(moment, name)", 1, 17, "TIMESTAMP"},
		{"empty IN", "number IN ()", 1, 11, "empty"},
		{"spatial arity", "S_INTERSECTS(geometry)", 1, 1, "2 arguments"},
		{"rest", "number = 1 name", 1, 12, "AND, OR or the end"},
		{"list as operand", "number = (1, 2)", 1, 10, "a list can't stand here"},
	}
}

func TestFaultsInText(t *testing.T) {
	t.Parallel()
	for _, c := range faults() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e, err := cql2.ParseText(c.text)
			if err == nil {
				_, err = cql2.Check(e, sample().Collection, cql2.Options{})
			}
			checkFault(t, err, c.line, c.column, "", c.says)
		})
	}
}

func checkFault(t *testing.T, err error, line, column int, pointer, says string) {
	t.Helper()
	if err == nil {
		t.Fatal("accepted, want an error")
	}
	f := geo.AsError(err)
	if f.Code != geo.Invalid || f.Place.Parameter != "filter" {
		t.Errorf("got code %s about %q, want invalid about filter", f.Code, f.Place.Parameter)
	}
	if f.Place.Line != line || f.Place.Column != column || f.Place.Pointer != pointer {
		t.Errorf("got place %d:%d %q, want %d:%d %q (%v)", f.Place.Line, f.Place.Column, f.Place.Pointer, line, column, pointer, err)
	}
	if !strings.Contains(f.Message+" | "+f.Fix, says) {
		t.Errorf("got %q, fix %q, want %q in one of them", f.Message, f.Fix, says)
	}
	if f.Fix == "" {
		t.Errorf("%q says nothing of what would be right", f.Message)
	}
}

func TestFaultsInJSON(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text   string
		line, column int
		pointer      string
		says         string
	}{
		{"empty", " ", 1, 1, "", "empty"},
		{"cut off", `{"op":"=","args":[`, 1, 19, "", "ends before"},
		{"broken", "{\"op\":\n nope}", 2, 2, "", "found 'n'"},
		{"two documents", `true false`, 1, 6, "", "follows"},
		{"twice", `{"op":"not","op":"not","args":[true]}`, 1, 13, "", "twice"},
		{"unknown operator", `{"op":"!=","args":[1,2]}`, 1, 7, "/op", "no operator"},
		{"no args", `{"op":"="}`, 1, 1, "", "args"},
		{"null", `{"op":"=","args":[{"property":"name"},null]}`, 1, 39, "/args/1", "isNull"},
		{"odd member", `{"op":"=","args":[{"property":"name","x~/y":1},"a"]}`, 1, 45, "/args/0/x~0~1y", "does not belong"},
		{"nested", `{"op":"and","args":[true,{"op":"=","args":[{"property":"number"},"x"]}]}`, 1, 66, "/args/1/args/1", "number"},
		{"NUL", "{\"op\":\"=\",\"args\":[{\"property\":\"name\"},\"a\\u0000\"]}", 1, 39, "/args/1", "U+0000"},
		{"huge number", `{"op":"=","args":[{"property":"number"},1e999]}`, 1, 41, "/args/1", "too large"},
		{"coordinates", `{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[1]}]}`, 1, 84, "/args/1/coordinates", "position"},
		{"GeoJSON type", `{"op":"s_intersects","args":[{"property":"geometry"},{"type":"point","coordinates":[1,2]}]}`, 1, 62, "/args/1/type", "Point"},
		{"arity", `{"op":"between","args":[1,2]}`, 1, 1, "", "3 arguments"},
		{"IN without list", `{"op":"in","args":[{"property":"number"},2]}`, 1, 42, "/args/1", "a list"},
		{"deep", strings.Repeat(`{"op":"not","args":[`, 150) + "true" + strings.Repeat("]}", 150), 1, 20*108 + 7, strings.Repeat("/args/0", 108) + "/op", "deep"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e, err := cql2.ParseJSON(c.text)
			if err == nil {
				_, err = cql2.Check(e, sample().Collection, cql2.Options{})
			}
			checkFault(t, err, c.line, c.column, c.pointer, c.says)
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	points := strings.Repeat("0 0,", cql2.MaxVertices) + "1 1"
	for name, text := range map[string]string{
		"bytes":    "name = '" + strings.Repeat("a", cql2.MaxBytes) + "'",
		"items":    "number IN (1" + strings.Repeat(",1", cql2.MaxItems) + ")",
		"nodes":    "number = 1" + strings.Repeat(" AND number = 1", cql2.MaxItems-1),
		"vertices": "S_INTERSECTS(geometry, LINESTRING(" + points + "))",
		"sum":      "number = 1" + strings.Repeat("+1", 500),
		"minus":    "number = " + strings.Repeat("-", 5000) + "1",
		"not":      strings.Repeat("NOT ", 5000) + "TRUE",
		"arrays":   "A_EQUALS(tags, " + strings.Repeat("(", 5000) + strings.Repeat(")", 5001),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := cql2.ParseText(text); !geo.IsCode(err, geo.Invalid) {
				t.Errorf("got %v, want an error of code invalid", err)
			}
		})
	}
}
