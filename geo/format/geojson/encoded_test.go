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
func TestEncodedGeometry(t *testing.T) {
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
			if got := geojson.EncodedGeometry(f); got != nil {
				t.Fatalf("%s of a feature that is not encoded", got)
			}
			if f.JSON, err = geojson.AppendFeature(nil, f, geojson.Options{}); err != nil {
				t.Fatal(err)
			}
			if got := geojson.EncodedGeometry(f); string(got) != string(want) {
				t.Fatalf("got %s, want %s, from %s", got, want, f.JSON)
			}
			checkCopied(t, f, want)
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
