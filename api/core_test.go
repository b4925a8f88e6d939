package api_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

// TestCore walks the requirements of OGC API Features Part 1 on every collection.
func TestCore(t *testing.T) {
	t.Parallel()
	c := client{t, shippedServer(t), []string{"Accept", "application/geo+json"}}
	for _, collection := range read[documentLike](c, testHost+"/collections").Collections {
		items := c.link(collection.Links, "items", "application/geo+json")
		all := read[pageLike](c, items+"?limit=10000")
		if all.NumberMatched != len(all.Features) || all.NumberReturned != len(all.Features) || len(all.Features) == 0 {
			t.Errorf("%s: matched %d, returned %d of %d", collection.ID, all.NumberMatched, all.NumberReturned, len(all.Features))
		}
		if got := len(read[pageLike](c, items).Features); got != min(10, len(all.Features)) {
			t.Errorf("%s: the default page has %d features", collection.ID, got)
		}
		for rel, mediaType := range map[string]string{"self": "application/geo+json", "alternate": "text/html", "collection": "application/json"} {
			c.link(all.Links, rel, mediaType)
		}
		for _, f := range all.Features[:min(3, len(all.Features))] {
			id := fmt.Sprint(f.ID)
			one := read[struct {
				Links []linkLike
				ID    any
			}](c, items+"/"+id)
			if one.ID != f.ID {
				t.Errorf("%s/%s: got the id %v", collection.ID, id, one.ID)
			}
			for rel, mediaType := range map[string]string{"self": "application/geo+json", "alternate": "text/html", "collection": "application/json"} {
				c.link(one.Links, rel, mediaType)
			}
		}
		target := strings.TrimPrefix(items, testHost)
		for _, wrong := range []string{"?limit=unlimited", "?bbox=1,2,3", "?datetime=soon", "?unknownQueryParameter1=1", "?crs=" + crsBase + "0/unsupported"} {
			if got := get(t, c.server, target+wrong); got.status != http.StatusBadRequest {
				t.Errorf("%s%s: got %d, want 400", target, wrong, got.status)
			}
		}
		if got := get(t, c.server, target+"/none").status; got != http.StatusNotFound {
			t.Errorf("%s: a feature that isn't there gives %d", collection.ID, got)
		}
	}
}

// TestBoxes holds bbox against comparing coordinates here, over the antimeridian
// and at the poles too; borders belong to the box.
func TestBoxes(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("grid", "Point", geotest.Prop("name", geo.String))
	var points []orb.Point
	for lon := -180.0; lon <= 180; lon += 15 {
		for lat := -90.0; lat <= 90; lat += 15 {
			points = append(points, orb.Point{lon, lat})
			l.Add(fmt.Sprintf("%04d", len(points)-1), points[len(points)-1], nil)
		}
	}
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	for _, b := range [][4]float64{
		{-180, -90, 180, 90},
		{0, 0, 15, 15},
		{0.5, 0.5, 14, 14},
		{177, -20, -177, 20},
		{150, -90, -150, 90},
		{-180, 85, 180, 90},
		{15, 15, 15, 15},
		{-80, -5, -70, 5},
	} {
		want := []string{}
		for i, p := range points {
			inside := p[0] >= b[0] && p[0] <= b[2]
			if b[0] > b[2] {
				inside = p[0] >= b[0] || p[0] <= b[2]
			}
			if inside && p[1] >= b[1] && p[1] <= b[3] {
				want = append(want, fmt.Sprintf("%04d", i))
			}
		}
		var text []string
		for _, v := range b {
			text = append(text, strconv.FormatFloat(v, 'f', -1, 64))
		}
		a := get(t, s, "/collections/grid/items?limit=1000&bbox="+strings.Join(text, ","))
		if d := cmp.Diff(want, append([]string{}, ids(t, a)...)); d != "" {
			t.Errorf("%v (-want +got):\n%s", b, d)
		}
	}
}

// TestPositions holds positions and their axis order against PROJ 9 (gdaltransform),
// with latitude first where EPSG says so.
func TestPositions(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("one", "Point")
	l.Add("p", orb.Point{116.8, -1.25}, nil)
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	for _, c := range []struct {
		system        string
		first, second float64
		tolerance     float64
	}{
		{"OGC/1.3/CRS84", 116.8, -1.25, 1e-7},
		{"EPSG/0/4326", -1.25, 116.8, 1e-7},
		{"EPSG/0/4755", -1.25, 116.8, 1e-7},
		{"EPSG/0/3857", 13002116.5246544, -139160.403169844, 1e-3},
		{"EPSG/0/32650", 477750.222599009, -138163.624875691, 1e-3},
		{"EPSG/0/32750", 477750.222599009, 9861836.37512431, 1e-3},
		{"EPSG/0/23836", 678965.240039929, 1361403.11686836, 1e-3},
	} {
		for _, path := range []string{"/collections/one/items/p", "/collections/one/items"} {
			a := get(t, s, path+"?crs="+crsBase+c.system)
			d := a.json(t)
			if list, ok := d["features"].([]any); ok {
				d, _ = list[0].(map[string]any)
			}
			geometry, _ := d["geometry"].(map[string]any)
			position, _ := geometry["coordinates"].([]any)
			if len(position) != 2 {
				t.Fatalf("%s: got %s", c.system, a.body)
			}
			first, _ := position[0].(float64)
			second, _ := position[1].(float64)
			if math.Abs(first-c.first) > c.tolerance || math.Abs(second-c.second) > c.tolerance {
				t.Errorf("%s: got %v, want %v %v", c.system, position, c.first, c.second)
			}
			if got, want := a.header.Get("Content-Crs"), "<"+crsBase+c.system+">"; got != want {
				t.Errorf("%s: Content-Crs %q", c.system, got)
			}
		}
	}
	offered := read[collectionLike](client{t, s, nil}, testHost+"/collections/one").CRS
	if len(offered) < 20 {
		t.Errorf("only %d systems are listed: %v", len(offered), offered)
	}
	for _, uri := range offered {
		if got := get(t, s, "/collections/one/items?crs="+uri).header.Get("Content-Crs"); got != "<"+uri+">" {
			t.Errorf("%s is listed, but gives %q", uri, got)
		}
	}
}

// TestHeights asks for the system with heights where there are some, and where not.
func TestHeights(t *testing.T) {
	t.Parallel()
	const system = crsBase + "OGC/0/CRS84h"
	for _, hasZ := range []bool{true, false} {
		l := geotest.NewLayer("one", "Point")
		l.Add("p", orb.Point{116.8, -1.25}, nil)
		l.Collection.HasZ = hasZ
		if hasZ { // POINT Z (116.8 -1.25 30), little-endian ISO WKB
			b := binary.LittleEndian.AppendUint32([]byte{1}, 1001)
			for _, v := range []float64{116.8, -1.25, 30} {
				b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
			}
			l.Features[0].WKB = b
		}
		s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
		listed := slices.Contains(read[collectionLike](client{t, s, nil}, testHost+"/collections/one").CRS, system)
		a := get(t, s, "/collections/one/items/p?crs="+system)
		if listed != hasZ || hasZ != (a.status == http.StatusOK) {
			t.Errorf("heights %v: listed %v, got %d", hasZ, listed, a.status)
		}
		if hasZ && (a.header.Get("Content-Crs") != "<"+system+">" || !strings.Contains(string(a.body), "[116.8,-1.25,30]")) {
			t.Errorf("got %q %s", a.header.Get("Content-Crs"), a.body)
		}
	}
}

// A system is offered where it has sensible positions for all of a collection: a zone
// of UTM up to 30° beside it (114° to 120°), none but those of degrees near the poles.
func TestSystemsReach(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at   orb.Point
		want bool
	}{
		{orb.Point{84.1, 0}, true},
		{orb.Point{83.9, 0}, false},
		{orb.Point{149.9, 0}, true},
		{orb.Point{150.1, 0}, false},
		{orb.Point{116, 85}, true},
		{orb.Point{116, 85.1}, false},
		{orb.Point{116, -85}, true},
		{orb.Point{116, -85.1}, false},
	} {
		l := geotest.NewLayer("one", "Point")
		l.Add("p", c.at, nil)
		s := newServer(t, func(config *api.Config) { config.Reader = geotest.NewReader(l) })
		offered := read[collectionLike](client{t, s, nil}, testHost+"/collections/one").CRS
		if got := slices.Contains(offered, crsBase+"EPSG/0/32650"); got != c.want || !slices.Contains(offered, crsBase+"OGC/1.3/CRS84") {
			t.Errorf("%v: UTM 50 is offered %v, want %v: %v", c.at, got, c.want, offered)
		}
	}
}

// A box that is said to be latitude, longitude, but can only be the other way round, is taken so.
func TestBoxesOfClientsThatSwapAxes(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("grid", "Point")
	for _, p := range []orb.Point{{116.5, -1.5}, {117.5, 0.5}, {-1.5, 50}, {50, -1.5}} {
		l.Add(fmt.Sprintf("%g %g", p[0], p[1]), p, nil)
	}
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	for box, want := range map[string]string{
		"-2,116,0,117":    "116.5 -1.5",           // as it should be
		"116,-2,117,0":    "116.5 -1.5",           // longitude first
		"91,-90,180,90":   "116.5 -1.5,117.5 0.5", // up to the poles and the antimeridian
		"-2,49,0,51":      "50 -1.5",              // may be either, so what is said holds
		"49,-2,51,0":      "-1.5 50",              //
		"-90,91,90,180":   "116.5 -1.5,117.5 0.5", // as it should be, from pole to pole
		"89,-90,90,90":    "",                     // may be either
		"-90,-180,90,180": "-1.5 50,116.5 -1.5,117.5 0.5,50 -1.5",
	} {
		a := get(t, s, "/collections/grid/items?bbox="+box+"&bbox-crs="+crsBase+"EPSG/0/4326")
		got := ids(t, a)
		slices.Sort(got)
		if strings.Join(got, ",") != want {
			t.Errorf("%s: got %v, want %s", box, got, want)
		}
	}
}
