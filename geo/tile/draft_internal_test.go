package tile

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
)

// A draft is the outline that the geometry has; what can't be one stays well-known binary.
func TestDraft(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		g       orb.Geometry
		isDraft bool
	}{
		{"point", orb.Point{116.8, -1.25}, true},
		{"points", orb.MultiPoint{{116, -1}, {117, 2}}, true},
		{"line", orb.LineString{{116, -1}, {116.001, -1}}, true},
		{"hole", orb.Polygon{{{116, -1}, {116.02, -1}, {116.02, -0.98}, {116, -1}}, {{116.012, -0.995}, {116.013, -0.995}, {116.013, -0.994}, {116.012, -0.995}}}, true},
		{"long edges", orb.LineString{{-10, 10}, {40, 70}}, false},
		{"wide", orb.MultiPoint{{-170, 0}, {170, 0}}, false},
	} {
		c := (&geo.Collection{ID: "c", GeometryType: "Geometry"}).Index()
		s := NewStock(c, WebMercatorQuad(), DetailZoom, nil)
		f := &geo.Feature{ID: "f", Collection: c, WKB: wkb.MustMarshal(test.g)}
		if shown, err := s.Add(f); !shown || err != nil {
			t.Fatalf("%s: got %t, %v", test.name, shown, err)
		}
		var got shape
		want, kept := s.layer.spare.shape(), s.Draft(nil, f)
		if is := got.readDraft(kept); is != test.isDraft || !is && !slices.Equal(kept, f.WKB) {
			t.Errorf("%s: a draft: %t; %x", test.name, is, kept)
		}
		if test.isDraft && (got.corner != want.corner || !slices.Equal(got.offsets, want.offsets) || !slices.Equal(got.runs, want.runs)) {
			t.Errorf("%s: got %+v, want %+v", test.name, got, want)
		}
	}
}

func FuzzReadDraft(f *testing.F) {
	f.Add([]byte{draftMark, 2, 4, 1, 1, byte(pointKind), 0, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte{draftMark, 0x80})
	f.Fuzz(func(t *testing.T, b []byte) {
		var s shape
		if !s.readDraft(b) {
			return
		}
		for _, r := range s.runs {
			if r.start > r.end || int(r.end)*2 > len(s.offsets) {
				t.Errorf("run %+v of %d offsets", r, len(s.offsets))
			}
		}
	})
}
