package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/geotest"
)

// TestPagesOfFarDays pages through days and instants of years that have more than four digits.
func TestPagesOfFarDays(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("rows", "Point", geotest.Prop("day", geo.DateOnly), geotest.Prop("at", geo.Timestamp))
	for i, year := range []int{-4712, -1, 0, 2024, 10000, 200_000} {
		day := time.Date(year, 2, 29, 0, 0, 0, 0, time.UTC)
		l.Add(fmt.Sprint(i), orb.Point{116, -1}, map[string]any{"day": geo.NewDate(day), "at": day})
	}
	c := client{t, newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) }), nil}
	for _, sort := range []string{"day", "-day", "at", "-at"} {
		href, n := testHost+"/collections/rows/items?limit=1&sortby="+sort, 0
		for ; href != "" && n < 10; n++ {
			d := read[documentLike](c, href)
			href = ""
			for _, link := range d.Links {
				if link.Rel == "next" {
					href = link.Href
				}
			}
		}
		if n != 6 {
			t.Errorf("sorted by %s: got %d pages, want 6", sort, n)
		}
	}
}

// TestOddCollectionNames follows all links of a collection whose name has a blank
// and other characters that an address has to encode.
func TestOddCollectionNames(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("Zön é", "Point", geotest.Prop("name", geo.String))
	l.Add("a b?#%", orb.Point{116, -1}, map[string]any{"name": "x"})
	l.Add("ü", orb.Point{117, -1}, map[string]any{"name": "y"})
	l.Add("12/HGU/2010", orb.Point{117, -1}, map[string]any{"name": "z"})
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	c := client{t, s, nil}
	seen := map[string]bool{}
	queue := []string{testHost + "/collections"}
	for len(queue) > 0 {
		href := queue[0]
		queue = queue[1:]
		if seen[href] || len(seen) > 100 {
			continue
		}
		seen[href] = true
		u, err := url.Parse(href)
		if err != nil || strings.ContainsAny(href, " éöü") {
			t.Errorf("the link %q is not an address: %v", href, err)
			continue
		}
		a := c.get(href)
		if !slices.Contains([]string{"application/json", "application/geo+json"}, a.header.Get("Content-Type")) || !strings.HasPrefix(u.Path, "/collections") {
			continue
		}
		d := read[documentLike](c, href)
		for _, one := range d.Collections {
			d.Links = append(d.Links, one.Links...)
		}
		for _, link := range d.Links {
			if !strings.Contains(link.Href, "{") {
				queue = append(queue, link.Href)
			}
		}
		for _, f := range read[pageLike](c, href).Features {
			id, _ := f.ID.(string)
			queue = append(queue, testHost+u.EscapedPath()+"/"+url.PathEscape(id))
		}
	}
	if len(seen) < 15 {
		t.Errorf("only %d links were found: %v", len(seen), seen)
	}
	paths, _ := get(t, s, "/api").json(t)["paths"].(map[string]any)
	if _, ok := paths["/collections/Z%C3%B6n%20%C3%A9/items"]; !ok {
		t.Errorf("the description has the paths %v", paths)
	}
}

// TestAttributesCalledIDAndGeometry asks for what schemas name: id and geometry have
// other names where attributes have theirs.
func TestAttributesCalledIDAndGeometry(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("odd", "Point", geotest.Prop("id", geo.String), geotest.Prop("geometry", geo.String), geotest.Prop("geom", geo.String))
	l.Add("key", orb.Point{116, -1}, map[string]any{"id": "text", "geometry": "square", "geom": "round"})
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	const items = "/collections/odd/items?"
	roles := map[string]string{}
	for _, schema := range []string{"queryables", "schema"} {
		properties, _ := get(t, s, "/collections/odd/"+schema).json(t)["properties"].(map[string]any)
		for name, v := range properties {
			p, _ := v.(map[string]any)
			if role, _ := p["x-ogc-role"].(string); role != "" {
				roles[role] = name
			}
		}
		if len(properties) != 5 || roles["id"] != "_id" || roles["primary-geometry"] != "_geometry" {
			t.Errorf("%s names %v with the roles %v", schema, properties, roles)
		}
	}
	for _, filter := range []string{
		"_id = 'key'", "id = 'text'", "geometry = 'square' AND geom = 'round'", "S_INTERSECTS(_geometry, POINT(116 -1))", "_geometry IS NOT NULL",
	} {
		if a := get(t, s, items+query("filter", filter)); a.status != http.StatusOK || !slices.Equal(ids(t, a), []string{"key"}) {
			t.Errorf("%s: got %d %s", filter, a.status, a.body)
		}
	}
	for _, parameters := range []string{"_id=key", "id=text", "geometry=square"} {
		if a := get(t, s, items+parameters); !slices.Equal(ids(t, a), []string{"key"}) {
			t.Errorf("%s: got %d %s", parameters, a.status, a.body)
		}
	}
}

// TestSystemsReachExtent offers no system in which part of a collection has no
// position: all that is listed gives an answer.
func TestSystemsReachExtent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		at     []orb.Point
		listed []string // among others
		not    []string
	}{
		"here":      {[]orb.Point{{114, -3}, {119, 3}}, []string{"3857", "3395", "9470", "32650", "32750", "23830", "23845", "9490"}, nil},
		"the world": {[]orb.Point{{-180, -80}, {180.00000000000006, 84}}, []string{"4326", "3857", "4755"}, []string{"32750", "23830"}},
		"a pole":    {[]orb.Point{{100, -90}, {120, 0}}, []string{"4326"}, []string{"3857", "32750"}},
	} {
		l := geotest.NewLayer("layer", "Point")
		for i, p := range c.at {
			l.Add(string(rune('a'+i)), p, nil)
		}
		l.Collection.Extent = orb.MultiPoint(c.at).Bound()
		s := newServer(t, func(config *api.Config) { config.Reader = geotest.NewReader(l) })
		listed := read[collectionLike](client{t, s, nil}, testHost+"/collections/layer")
		for _, uri := range listed.CRS {
			for _, target := range []string{"/collections/layer/items", "/collections/layer/items/a"} {
				if a := get(t, s, target+"?crs="+uri); a.status != http.StatusOK {
					t.Errorf("%s: %s is listed, but %s gives %d %s", name, uri, target, a.status, a.body)
				}
			}
		}
		for _, code := range c.listed {
			if !slices.Contains(listed.CRS, crsBase+"EPSG/0/"+code) {
				t.Errorf("%s: %s is not among %v", name, code, listed.CRS)
			}
		}
		for _, code := range c.not {
			a := get(t, s, "/collections/layer/items?crs="+crsBase+"EPSG/0/"+code)
			if slices.Contains(listed.CRS, crsBase+"EPSG/0/"+code) || a.status != http.StatusBadRequest || !strings.Contains(string(a.body), "not offered") {
				t.Errorf("%s: %s is listed, or answered with %d %s", name, code, a.status, a.body)
			}
		}
		box := listed.Extent.Spatial.Bbox[0]
		if box[2] > 180 || box[1] < -90 {
			t.Errorf("%s: the extent %v is none that bbox takes", name, box)
		}
	}
}

// TestBoxesOfOtherSystems finds in the extent of a collection, written in any system
// with few digits, the very features that it finds in longitude and latitude.
func TestBoxesOfOtherSystems(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("row", "Point") // in one line, so that all lie on the border
	for i := range 9 {
		l.Add(string(rune('a'+i)), orb.Point{116 + float64(i)/7, -1}, nil)
	}
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	for _, code := range []int{3857, 3395, 32650, 32750, 23830, 23836, 23845, 23880, 9490} {
		system := crs.ByEPSG(code)
		x1, y1 := system.Forward(116, -1)
		x2, y2 := system.Forward(116+8.0/7, -1)
		box := fmt.Sprintf("%.3f,%.3f,%.3f,%.3f", x1, y1, x2, y2)
		mercator := code == 3857 || code == 3395
		if !mercator { // elsewhere a parallel is curved: take all that is between the corners
			box = fmt.Sprintf("%.3f,%.3f,%.3f,%.3f", x1, y1-5000, x2, y2+5000)
		}
		a := get(t, s, "/collections/row/items?limit=100&bbox="+box+"&bbox-crs="+system.URI)
		if got := ids(t, a); len(got) != 9 {
			t.Errorf("EPSG:%d, %s: got %d %v %s", code, box, a.status, got, a.body)
		}
		turned := fmt.Sprintf("%.3f,%.3f,%.3f,%.3f", x1, y2+5000, x2, y1-5000)
		if a := get(t, s, "/collections/row/items?bbox="+turned+"&bbox-crs="+system.URI); (a.status == http.StatusOK) == mercator {
			t.Errorf("EPSG:%d, corners not in order: got %d", code, a.status)
		}
	}
}

// TestBoxInTheOtherOrder takes a box that can't be latitude, longitude for what it must be.
func TestBoxInTheOtherOrder(t *testing.T) {
	t.Parallel()
	s := shippedServer(t)
	want := ids(t, get(t, s, "/collections/ports/items?limit=1000&bbox=116,-2,117,0"))
	for _, box := range []string{"-2,116,0,117", "116,-2,117,0"} {
		a := get(t, s, "/collections/ports/items?limit=1000&bbox="+box+"&bbox-crs="+crsBase+"EPSG/0/4326")
		if len(want) == 0 || !slices.Equal(ids(t, a), want) {
			t.Errorf("%s: got %d %s, want %v", box, a.status, a.body, want)
		}
	}
	for _, box := range []string{"116,-200,117,0", "181,0,182,1", "116,-2,117,91"} {
		if a := get(t, s, "/collections/ports/items?bbox="+box+"&bbox-crs="+crsBase+"EPSG/0/4326"); a.status != http.StatusBadRequest {
			t.Errorf("%s: got %d", box, a.status)
		}
	}
}
