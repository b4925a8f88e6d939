package api_test

import (
	"regexp"
	"testing"
)

// english are words that no Indonesian sentence has.
var english = regexp.MustCompile(`\b(the|of|and|is|are|or|with|such as|separated|must|not|there|which|where)\b`)

// What is wrong and what would be right are Indonesian to their last word: the values in
// them that are words too.
func TestProblemsInIndonesian(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, target := range []string{
		"/collections/zone?lang=id",
		"/collections/zones/items?lang=id&limit=0",
		"/collections/zones/items?lang=id&limit=abc",
		"/collections/zones/items?lang=id&bbox=1,2,3",
		"/collections/zones/items?lang=id&bbox=1,2,3,x",
		"/collections/zones/items?lang=id&bbox=116,1,117,0",
		"/collections/zones/items?lang=id&datetime=kemarin",
		"/collections/zones/items?lang=id&filter=area_ha%20%3E%20%27x%27",
		"/collections/zones/items?lang=id&filter=luas%20%3E%201",
		"/collections/zones/items?lang=id&filter=name%20LIKE%20Kar",
		"/collections/zones/items?lang=id&filter=S_INTERSECTS(geometry,POINT(116))",
		"/collections/zones/items?lang=id&filter=name%20IN%20()",
		"/collections/zones/items?lang=id&filter=T_AFTER(valid_from,%27x%27)",
		"/collections/zones/items?lang=id&filter=foo(name)=1",
		"/collections/zones/items?lang=id&filter=name",
		"/collections/zones/items?lang=id&filter=kind=%27kek%27%20AND",
		"/collections/zones/items?lang=id&sortby=nama",
		"/collections/zones/items?lang=id&properties=geom",
		"/collections/zones/items?lang=id&crs=EPSG:9999",
		"/collections/zones/items?lang=id&f=xml",
		"/collections/zones/items?lang=id&cursor=abc",
		"/collections/zones/items?lang=id&kindd=kek",
		"/collections/zones/items?lang=id&page=2",
		"/collections/zones/items?lang=id&stated_area_ha=x",
		"/collections/zones/items?lang=id&offset=1&startindex=2",
		"/collections/zones/items/kik?lang=id&version=zones:99",
		"/collections/zones/items?lang=id&version=zones:99",
		"/collections/zones/items/kiks?lang=id",
		"/proximity/nearest?lang=id",
		"/proximity/nearest?lang=id&from=-1.2,116.8&to=ports",
		"/proximity/nearest?lang=id&from=116.8&to=ports",
		"/proximity/nearest?lang=id&from=zones/xx&to=ports",
		"/proximity/within?lang=id&from=zones/kik&to=mills&distance=50",
		"/proximity/within?lang=id&from=zones/kik&to=mills&distance=5%20mil",
		"/proximity/within?lang=id&from=zones/kik&to=mills&distance=5km&sum=capacity",
		"/proximity/buffer?lang=id&from=zones/kik&distance=900000km",
		"/zones/compare?lang=id",
		"/zones/rank?lang=id",
		"/zones/rank?lang=id&criteria=x",
		"/zones/rank?lang=id&criteria=%5B%7B%22name%22:%22a%22%7D%5D",
		"/zones/kik/profile?lang=id&lookups=x",
		"/tiles/Foo/1/1/1?lang=id",
		"/tiles/WebMercatorQuad/99/1/1?lang=id",
		"/tiles/WebMercatorQuad/a/1/1?lang=id",
		"/xyz/5/1/1.png?lang=id",
		"/collections/zones/map.png?lang=id&width=5",
		"/collections/zones/map.png?lang=id&width=4000&height=4000",
		"/export?lang=id&f=kml&collections=foo",
		"/export?lang=id&f=docx",
		"/collections/zones/items?lang=id&q=%ff",
		"/collections/zones/items?lang=id&filter=a%3D1&filter=b%3D1",
		"/styles/foo?lang=id",
		"/map/foo?lang=id",
		"/zonas?lang=id",
	} {
		a := get(t, s, target)
		p := a.json(t)
		detail, _ := p["detail"].(string)
		fix, _ := p["fix"].(string)
		if a.status < 400 || detail == "" {
			t.Errorf("%s: status %d", target, a.status)
		}
		if word := english.FindString(detail + " " + fix); word != "" {
			t.Errorf("%s says %q: %s; %s", target, word, detail, fix)
		}
	}
}
