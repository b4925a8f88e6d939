package geojson_test

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kawasan/geo"
	"kawasan/geo/format/geojson"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"pgregory.net/rapid"
)

// The table is what PostGIS 3.3 answered to testdata/postgis.sql: little and big
// endian, EWKB, and coordinates half way between two decimals. (Only polygons are
// forced: ST_ForcePolygonCCW turns lines round as well.)
func TestSameAsPostGIS(t *testing.T) {
	t.Parallel()
	table, err := os.ReadFile("testdata/postgis.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(string(table)), "\n")
	if len(rows) < 300 {
		t.Fatalf("the table has %d rows, want 300 or more", len(rows))
	}
	for i, row := range rows {
		bytes, want, _ := strings.Cut(row, "\t")
		b, err := hex.DecodeString(bytes)
		if err != nil {
			t.Fatal(err)
		}
		got, err := geojson.AppendGeometry(nil, b, geojson.Options{})
		if err != nil {
			t.Fatalf("row %d: %v", i+1, err)
		}
		if string(got) != want {
			t.Errorf("row %d: got %s, want %s", i+1, got, want)
		}
	}
}

// Forms of the binary, written out by hand.
func TestAppendGeometry(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ wkb, want string }{
		"point":              {"0101000000af25e4839e3d5d40f2b0506b9a77f2bf", `{"type":"Point","coordinates":[116.9628,-1.1542]}`},
		"point big endian":   {"00000000015d3d9e83e425afc0bff2779a6b50b0f2"[:10] + "405d3d9e83e425afbff2779a6b50b0f2", `{"type":"Point","coordinates":[116.9628,-1.1542]}`},
		"point empty":        {"0101000000000000000000f87f000000000000f87f", `{"type":"Point","coordinates":[]}`},
		"ISO Z":              {"01e9030000000000000000f03f00000000000000400000000000000840", `{"type":"Point","coordinates":[1,2,3]}`},
		"ISO M":              {"01d1070000000000000000f03f00000000000000400000000000000840", `{"type":"Point","coordinates":[1,2]}`},
		"ISO ZM":             {"01b90b0000000000000000f03f000000000000004000000000000008400000000000001040", `{"type":"Point","coordinates":[1,2,3]}`},
		"EWKB Z with SRID":   {"01010000a0e6100000000000000000f03f00000000000000400000000000000840", `{"type":"Point","coordinates":[1,2,3]}`},
		"EWKB M":             {"0101000040000000000000f03f00000000000000400000000000000840", `{"type":"Point","coordinates":[1,2]}`},
		"minus zero":         {"010100000000000000000000800000000000000080", `{"type":"Point","coordinates":[0,0]}`},
		"polygon empty":      {"010300000000000000", `{"type":"Polygon","coordinates":[]}`},
		"line empty":         {"010200000000000000", `{"type":"LineString","coordinates":[]}`},
		"collection empty":   {"010700000000000000", `{"type":"GeometryCollection","geometries":[]}`},
		"multipolygon empty": {"010600000000000000", `{"type":"MultiPolygon","coordinates":[]}`},
		"multipoint with an empty point": {
			"0104000000020000000101000000000000000000f87f000000000000f87f0101000000000000000000f03f0000000000000040",
			`{"type":"MultiPoint","coordinates":[[1,2]]}`,
		},
		"collection": {
			"010700000002000000" + "0101000000000000000000f03f0000000000000040" + "010700000001000000" + "010200000000000000",
			`{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[]}]}]}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := hex.DecodeString(test.wkb)
			if err != nil {
				t.Fatal(err)
			}
			got, err := geojson.AppendGeometry([]byte("x"), b, geojson.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff("x"+test.want, string(got)); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

func TestRingOrder(t *testing.T) {
	t.Parallel()
	clockwise := orb.Ring{{0, 0}, {0, 3}, {3, 3}, {3, 0}, {0, 0}}
	hole := orb.Ring{{1, 1}, {2, 1}, {2, 2}, {1, 2}, {1, 1}} // counterclockwise
	b := wkb.MustMarshal(orb.MultiPolygon{{clockwise, hole}})
	got, err := geojson.AppendGeometry(nil, b, geojson.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"type":"MultiPolygon","coordinates":[[[[0,0],[3,0],[3,3],[0,3],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	// The right order is left alone, and swapped axes don't change it.
	b = wkb.MustMarshal(orb.Polygon{{{0, 0}, {3, 0}, {3, 1}, {0, 0}}})
	got, err = geojson.AppendGeometry(nil, b, geojson.Options{Transform: func(x, y float64) (float64, float64) { return y, x }})
	if err != nil {
		t.Fatal(err)
	}
	want = `{"type":"Polygon","coordinates":[[[0,0],[0,3],[1,3],[0,0]]]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("swapped axes: want -, got +:\n%s", diff)
	}
}

func TestBrokenBinary(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("010700000001000000", 100)
	tests := map[string]struct{ wkb, want string }{
		"one byte":                      {"01", "end within a header"},
		"byte order":                    {"0201000000", "byte order 2"},
		"34 GB announced":               {"0102000000ffffff7f", "2147483647 parts are announced but 0 bytes are left"},
		"rings announced":               {"0103000000ffffffff", "4294967295 parts are announced"},
		"members announced":             {"0106000000ffffffff" + strings.Repeat("00", 64), "4294967295 parts are announced"},
		"short point":                   {"0101000000000000000000f03f", "positions are announced"},
		"left over":                     {"0101000000000000000000f03f000000000000004000", "1 bytes are left over"},
		"wrong member":                  {"010400000001000000" + "010200000000000000", "a MultiPoint contains a LineString"},
		"curve":                         {"010800000000000000", "type 8 is not supported"},
		"triangle":                      {"011100000000000000", "type 17 is not supported"},
		"nested too deep":               {deep, "nested more than"},
		"infinite":                      {"0101000000000000000000f07f0000000000000040", "not a finite number"},
		"infinite latitude":             {"01010000000000000000000040000000000000f07f", "not a finite number"},
		"NaN in one coordinate":         {"0101000000000000000000f87f0000000000000040", "not a finite number"},
		"SRID announced but not there":  {"0101000020e610", "end within a header"},
		"unknown thousands in the type": {"01a10f0000000000000000f03f0000000000000040", "is not supported"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := hex.DecodeString(test.wkb)
			if err != nil {
				t.Fatal(err)
			}
			got, err := geojson.AppendGeometry([]byte("kept"), b, geojson.Options{})
			if !geo.IsCode(err, geo.Invalid) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want Invalid with %q", err, test.want)
			}
			if string(got) != "kept" {
				t.Errorf("got %q, want what was there before", got)
			}
		})
	}
}

func TestAppendValue(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		value any
		want  string
	}{
		"null":              {nil, `null`},
		"text":              {"a \"b\" \\ <c> & \u2028 ꦗꦮ 🏭\n\t\x01\x7f", `"a \"b\" \\ <c> & ` + "\u2028" + ` ꦗꦮ 🏭\n\t\u0001` + "\x7f" + `"`},
		"invalid UTF-8":     {"a\xffb\xc3", `"a` + "\ufffd" + `b` + "\ufffd" + `"`},
		"largest integer":   {int64(math.MaxInt64), `9223372036854775807`},
		"smallest integer":  {int64(math.MinInt64), `-9223372036854775808`},
		"shortest number":   {0.1, `0.1`},
		"whole number":      {5.0, `5`},
		"large number":      {1e21, `1e+21`},
		"small number":      {1.5e-7, `1.5e-7`},
		"not a number":      {math.NaN(), `null`},
		"infinite":          {math.Inf(-1), `null`},
		"minus zero":        {math.Copysign(0, -1), `0`},
		"boolean":           {true, `true`},
		"date":              {geo.NewDate(time.Date(2019, 8, 26, 0, 0, 0, 0, time.UTC)), `"2019-08-26"`},
		"instant":           {time.Date(2024, 2, 29, 23, 59, 59, 120_000_000, time.FixedZone("WITA", 8*3600)), `"2024-02-29T15:59:59.12Z"`},
		"texts":             {[]string{"a", `"`}, `["a","\""]`},
		"no texts":          {[]string{}, `[]`},
		"integers":          {[]int64{1, -2}, `[1,-2]`},
		"numbers":           {[]float64{1.5, math.NaN()}, `[1.5,null]`},
		"JSON":              {json.RawMessage(`{"a":[1,2.50]}`), `{"a":[1,2.50]}`},
		"broken JSON":       {json.RawMessage(`{"a":`), `null`},
		"no JSON":           {json.RawMessage(nil), `null`},
		"no JSON form":      {make(chan int), `null`},
		"list of all sorts": {[]any{1, "x", nil}, `[1,"x",null]`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, string(geojson.AppendValue(nil, test.value))); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

func sample(integer bool) *geo.Feature {
	c := (&geo.Collection{ID: "zones", GeometryType: "Point", IntegerID: integer, Properties: []geo.Property{
		{Name: "name", Type: geo.String}, {Name: "area_ha", Type: geo.Number}, {Name: "since", Type: geo.DateOnly}, {Name: "late", Type: geo.Boolean},
	}}).Index()
	return &geo.Feature{ID: "7", Collection: c, Values: []any{"KIK", 2721.5, nil}, WKB: wkb.MustMarshal(orb.Point{116.75, -1.18})}
}

func TestAppendFeature(t *testing.T) {
	t.Parallel()
	links := func(dst []byte) []byte { return append(dst, `,"links":[]`...) }
	stored := sample(false)
	stored.JSON = []byte(`{"type":"Feature","id":"stored"}`)
	odd := sample(true)
	odd.ID = "07"
	tests := map[string]struct {
		feature *geo.Feature
		options geojson.Options
		want    string
	}{
		"all":                      {sample(false), geojson.Options{}, `{"type":"Feature","id":"7","geometry":{"type":"Point","coordinates":[116.75,-1.18]},"properties":{"name":"KIK","area_ha":2721.5,"since":null,"late":null}}`},
		"integer id":               {sample(true), geojson.Options{SkipGeometry: true, Properties: []string{}}, `{"type":"Feature","id":7,"geometry":null,"properties":{}}`},
		"no integer":               {odd, geojson.Options{SkipGeometry: true, Properties: []string{}}, `{"type":"Feature","id":"07","geometry":null,"properties":{}}`},
		"some":                     {sample(false), geojson.Options{Decimals: 1, Properties: []string{"late", "name", "none"}, Members: links}, `{"type":"Feature","id":"7","geometry":{"type":"Point","coordinates":[116.8,-1.2]},"properties":{"name":"KIK","late":null},"links":[]}`},
		"no decimals":              {sample(false), geojson.Options{Decimals: -1, Properties: []string{}}, `{"type":"Feature","id":"7","geometry":{"type":"Point","coordinates":[117,-1]},"properties":{}}`},
		"stored":                   {stored, geojson.Options{Decimals: 7}, `{"type":"Feature","id":"stored"}`},
		"stored more":              {stored, geojson.Options{Members: links}, `{"type":"Feature","id":"stored","links":[]}`},
		"not stored":               {stored, geojson.Options{SkipGeometry: true, Properties: []string{}}, `{"type":"Feature","id":"7","geometry":null,"properties":{}}`},
		"coarser than stored":      {stored, geojson.Options{Decimals: 1}, `{"type":"Feature","id":"7","geometry":{"type":"Point","coordinates":[116.8,-1.2]},"properties":{"name":"KIK","area_ha":2721.5,"since":null,"late":null}}`},
		"stored with its geometry": {stored, geojson.Options{SkipGeometry: true}, `{"type":"Feature","id":"7","geometry":null,"properties":{"name":"KIK","area_ha":2721.5,"since":null,"late":null}}`},
		"encoded geometry":         {sample(false), geojson.Options{Geometry: []byte("{}"), Properties: []string{}}, `{"type":"Feature","id":"7","geometry":{},"properties":{}}`},
		"coarser than the encoded": {sample(false), geojson.Options{Geometry: []byte("{}"), Decimals: 1, Properties: []string{}}, `{"type":"Feature","id":"7","geometry":{"type":"Point","coordinates":[116.8,-1.2]},"properties":{}}`},
		"elsewhere than encoded":   {sample(false), geojson.Options{Geometry: []byte("{}"), Transform: func(x, y float64) (float64, float64) { return y, x }, Properties: []string{}}, `{"type":"Feature","id":"7","geometry":{"type":"Point","coordinates":[-1.18,116.75]},"properties":{}}`},
		"no catalogue":             {&geo.Feature{ID: "a"}, geojson.Options{}, `{"type":"Feature","id":"a","geometry":null,"properties":{}}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := geojson.AppendFeature(nil, test.feature, test.options)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
			if !json.Valid(got) {
				t.Error("the feature is not valid JSON")
			}
		})
	}
	for id, want := range map[string]string{"0": "0", "-5": "-5", "9223372036854775807": "9223372036854775807", "05": `"05"`, "-05": `"-05"`, "": `""`, "-": `"-"`, "5-": `"5-"`, "5:": `"5:"`, "1.5": `"1.5"`, "--5": `"--5"`} {
		f := sample(true)
		f.ID = id
		got, err := geojson.AppendFeature(nil, f, geojson.Options{})
		if start := `{"type":"Feature","id":` + want + `,`; err != nil || !strings.HasPrefix(string(got), start) {
			t.Errorf("id %q: got %.60s, %v, want %s", id, got, err, start)
		}
	}
	broken := sample(false)
	broken.WKB = []byte{1, 2}
	_, err := geojson.AppendFeature(nil, broken, geojson.Options{})
	if e := geo.AsError(err); e == nil || e.Place.Feature != "7" || e.Place.Collection != "zones" {
		t.Errorf("got %v, want an error that names zones/7", err)
	}
}

// Whatever the text, encoding/json reads the same back.
func TestStringProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		if rapid.Bool().Draw(t, "runes") {
			s = rapid.String().Draw(t, "text")
		}
		var got string
		if err := json.Unmarshal(geojson.AppendString(nil, s), &got); err != nil {
			t.Fatal(err)
		}
		want := s
		if !utf8.ValidString(s) {
			want = ""
			for _, r := range s {
				want += string(r)
			}
		}
		if got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func FuzzAppendGeometry(f *testing.F) {
	f.Add([]byte{1, 2, 0, 0, 0, 255, 255, 255, 127})
	f.Add(wkb.MustMarshal(orb.MultiPolygon{{{{0, 0}, {0, 3}, {3, 3}, {0, 0}}}}))
	f.Add(wkb.MustMarshal(orb.Collection{orb.Point{1, 2}, orb.LineString{{1, 2}, {3, 4}}}, binary.BigEndian))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := geojson.AppendGeometry(nil, b, geojson.Options{})
		if err != nil {
			return
		}
		if !json.Valid(got) {
			t.Fatalf("%x gave invalid JSON %s", b, got)
		}
		if len(got) > 64+64*len(b)*6 {
			t.Fatalf("%d bytes became %d", len(b), len(got))
		}
	})
}

func polygon(n int) []byte {
	ring := make(orb.Ring, 0, n+1)
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		ring = append(ring, orb.Point{116.5 + 0.1234567*math.Cos(a), -1.1 + 0.0987654*math.Sin(a)})
	}
	return wkb.MustMarshal(orb.Polygon{append(ring, ring[0])})
}

// Another reader sees the same positions to half a unit of the last decimal.
func TestReadBack(t *testing.T) {
	t.Parallel()
	got, err := geojson.AppendGeometry(nil, polygon(71), geojson.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var g struct{ Coordinates [][][2]float64 }
	if err := json.Unmarshal(got, &g); err != nil {
		t.Fatal(err)
	}
	want, err := wkb.Unmarshal(polygon(71))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range want.(orb.Polygon)[0] {
		q := g.Coordinates[0][i]
		if math.Abs(p[0]-q[0]) > 5.001e-8 || math.Abs(p[1]-q[1]) > 5.001e-8 {
			t.Errorf("position %d: got %v, want %v", i, q, p)
		}
	}
}

func BenchmarkAppendGeometry(b *testing.B) {
	w := polygon(71)
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if dst, err = geojson.AppendGeometry(dst[:0], w, geojson.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
