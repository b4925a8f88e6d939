package bbox_test

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/bbox"
	"kawasan/geo/crs"
)

func system(t testing.TB, code string) *crs.CRS {
	t.Helper()
	c, err := crs.Parse(code)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSelect(t *testing.T) {
	t.Parallel()
	bound := func(n ...float64) orb.Bound {
		return orb.Bound{Min: orb.Point{n[0], n[1]}, Max: orb.Point{n[2], n[3]}}
	}
	for _, test := range []struct {
		name, text, in string
		want           []orb.Bound
		wrong          string
	}{
		{name: "degrees", text: "116, -2,118,0", in: "CRS84", want: []orb.Bound{bound(116, -2, 118, 0)}},
		{name: "heights", text: "116,-2,0,118,0,9", in: "CRS84", want: []orb.Bound{bound(116, -2, 118, 0)}},
		{name: "latitude first", text: "-2,116,0,118", in: "EPSG:4326", want: []orb.Bound{bound(116, -2, 118, 0)}},
		{name: "over the antimeridian", text: "170,-2,-170,0", in: "CRS84", want: []orb.Bound{bound(170, -2, 180, 0), bound(-180, -2, -170, 0)}},
		{name: "too few", text: "1,2,3", in: "CRS84", wrong: "bbox has 3 numbers"},
		{name: "no number", text: "1,2,3,0x4", in: "CRS84", wrong: `"0x4" in bbox is not a finite number`},
		{name: "infinite", text: "1,2,3,Inf", in: "CRS84", wrong: `"Inf" in bbox is not a finite number`},
		{name: "turned over", text: "116,2,118,0", in: "CRS84", wrong: "the southern border of bbox is north of the northern one"},
		{name: "beyond the pole", text: "116,0,118,91", in: "CRS84", wrong: "the second axis 91 in bbox is out of range"},
		{name: "heights turned over", text: "116,-2,9,118,0,0", in: "CRS84", wrong: "the lowest height of bbox is above the highest"},
	} {
		got, err := bbox.Select(test.text, system(t, test.in))
		if message := messageOf(err); message != test.wrong || !slices.Equal(got.Bounds, test.want) || got.Filter != nil {
			t.Errorf("%s: got %+v and %q", test.name, got, message)
		}
	}
}

func messageOf(err error) string {
	if err == nil {
		return ""
	}
	return geo.AsError(err).Message
}

// A box in a plane holds what lies in it there, and its box in degrees holds that.
func TestSelectInAPlane(t *testing.T) {
	t.Parallel()
	utm := system(t, "EPSG:32750")
	got, err := bbox.Select("460000,9850000,490000,9900000", utm)
	if err != nil || got.Filter == nil || len(got.Bounds) != 1 {
		t.Fatalf("got %+v, %v", got, err)
	}
	for _, p := range []struct {
		x, y   float64
		inside bool
	}{{460000, 9850000, true}, {475000, 9875000, true}, {490000, 9900000, true}, {459999, 9875000, false}, {475000, 9900001, false}} {
		lon, lat := utm.Inverse(p.x, p.y)
		inside, err := got.Filter.Match(&geo.Feature{WKB: point(lon, lat)})
		if err != nil || inside != p.inside || inside && !got.Bounds[0].Contains(orb.Point{lon, lat}) {
			t.Errorf("%v: got %t, %v", p, inside, err)
		}
	}
}

// point is the well-known binary of a point.
func point(lon, lat float64) []byte {
	b := []byte{1, 1, 0, 0, 0}
	for _, v := range []float64{lon, lat} {
		bits := math.Float64bits(v)
		for i := range 8 {
			b = append(b, byte(bits>>(8*i)))
		}
	}
	return b
}

func FuzzSelect(f *testing.F) {
	for _, text := range []string{"116,-2,118,0", "170,-2,-170,0", "1e308,-1e308,1e308,1e308", "1,2,3,4,5,6", ",,,", "0,0,0,0"} {
		f.Add(text, 0)
	}
	f.Fuzz(func(t *testing.T, text string, which int) {
		systems := crs.All()
		got, err := bbox.Select(text, systems[uint(which)%uint(len(systems))])
		if err != nil && !geo.IsCode(err, geo.Invalid) {
			t.Fatal(err)
		}
		for _, b := range got.Bounds {
			if math.IsNaN(b.Min[0]+b.Min[1]+b.Max[0]+b.Max[1]) || b.Min[0] > b.Max[0] || b.Min[1] > b.Max[1] {
				t.Errorf("%q: got %v", text, b)
			}
		}
	})
}
