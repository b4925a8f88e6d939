package geojson_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
)

// What is cut out of an encoded feature is what is written for its geometry,
// whatever its id and attributes are.
func TestEncoded(t *testing.T) {
	t.Parallel()
	c := (&geo.Collection{ID: "c", GeometryType: "Geometry", Properties: []geo.Property{{Name: "geometry", Type: geo.String}, {Name: "a", Type: geo.String}}}).Index()
	tricky := rapid.SampledFrom([]string{"", "x", `"geometry":`, `,"geometry":null,"properties":`, `\`, `\"`, "ü\n"})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(tricky, rapid.String())
		degrees := rapid.Float64Range(-180, 180)
		line := orb.LineString{}
		for range rapid.IntRange(2, 5).Draw(t, "positions") {
			line = append(line, orb.Point{degrees.Draw(t, "lon"), degrees.Draw(t, "lat") / 2})
		}
		f := &geo.Feature{ID: text.Draw(t, "id"), Collection: c, Values: []any{text.Draw(t, "geometry"), text.Draw(t, "a")}}
		for _, g := range []orb.Geometry{line, line[0], orb.Collection{line, line[1]}, nil} {
			f.WKB, f.JSON = nil, nil
			if g != nil {
				f.WKB = wkb.MustMarshal(g)
			}
			want, err := geojson.AppendGeometry(nil, f.WKB, geojson.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if geometry, properties := geojson.Encoded(f); geometry != nil || properties != nil {
				t.Fatalf("%s and %s of a feature that is not encoded", geometry, properties)
			}
			if f.JSON, err = geojson.AppendFeature(nil, f, geojson.Options{}); err != nil {
				t.Fatal(err)
			}
			geometry, properties := geojson.Encoded(f)
			if string(geometry) != string(want) {
				t.Fatalf("got %s, want %s, from %s", geometry, want, f.JSON)
			}
			if want := geojson.AppendProperties(nil, f, nil); string(properties) != string(want) {
				t.Fatalf("got %s, want %s, from %s", properties, want, f.JSON)
			}
			checkCopied(t, f, want)
			checkCopiedProperties(t, f, properties)
		}
	})
}

// checkCopied compares a feature written with its encoded geometry with one written
// without, also with options for which it does not fit.
func checkCopied(t *rapid.T, f *geo.Feature, encoded []byte) {
	other := &geo.Feature{ID: "other", Collection: f.Collection, Values: f.Values, WKB: f.WKB}
	swapped := func(x, y float64) (float64, float64) { return y, x }
	for _, o := range []geojson.Options{{}, {Decimals: 2}, {Decimals: -1}, {Transform: swapped}, {SkipGeometry: true}, {Properties: []string{"a"}}} {
		want, err := geojson.AppendFeature(nil, other, o)
		if err != nil {
			t.Fatal(err)
		}
		o.Geometry = encoded
		if got, err := geojson.AppendFeature(nil, other, o); err != nil || string(got) != string(want) {
			t.Fatalf("got %s (%v), want %s", got, err, want)
		}
	}
}

// checkCopiedProperties compares a feature that ends with the properties of another,
// written with those as they were encoded, with one written without.
func checkCopiedProperties(t *rapid.T, f *geo.Feature, encoded []byte) {
	about := (&geo.Collection{ID: "d", GeometryType: "Geometry", Properties: append([]geo.Property{{Name: "own", Type: geo.Integer}}, f.Collection.Properties...)}).Index()
	longer := &geo.Feature{ID: f.ID, Collection: about, Values: append([]any{int64(7)}, f.Values...), WKB: f.WKB}
	for _, o := range []geojson.Options{{}, {Decimals: 2}, {SkipGeometry: true}, {Properties: []string{"own", "a"}}} {
		want, err := geojson.AppendFeature(nil, longer, o)
		if err != nil {
			t.Fatal(err)
		}
		o.LastProperties, o.LastFrom = encoded, 1
		if got, err := geojson.AppendFeature(nil, longer, o); err != nil || string(got) != string(want) {
			t.Fatalf("got %s (%v), want %s", got, err, want)
		}
	}
}
