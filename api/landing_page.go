package api

import (
	"net/url"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/zone"
)

// landingPage is what people see at /: the zones, what can be asked, the
// collections, and how to connect. It is made of what is published; without zones
// it shows the collections alone.
type landingPage struct {
	Map         *pageMap
	Everything  string // address of all collections as a GeoPackage
	Zones       []zoneCard
	Questions   []question
	Collections []collectionCard
	Connect     []snippet
}

// zoneCard is one zone in a few words.
type zoneCard struct {
	Name, Href, Profile string
	Basis               *basis
	Areas               []areaWord
}

// areaWord is an area in hectares, and whose figure it is.
type areaWord struct{ Whose, Hectares string }

// question is something a planner asks, and the page that answers it.
type question struct{ Text, Href string }

// collectionCard is one collection in a few words.
type collectionCard struct {
	*geo.Collection
	Title, Description, Href, What string
}

// snippet is text to copy.
type snippet struct{ Title, Text string }

// zonesOnPage bounds how many zones the first page shows.
const zonesOnPage = 12

func (x *exchange) landingPage() (landingPage, error) {
	p := landingPage{Collections: x.collectionCards(), Connect: x.connect(""), Everything: x.allAsGeoPackage()}
	zones, _, err := geo.Collect(x.ctx, x.server.config.Reader, geo.Query{Collection: zone.DefaultCollection, Limit: zonesOnPage})
	if err != nil && !geo.IsCode(err, geo.NotFound) {
		return p, err
	}
	p.Map = x.drawMap(x.ctx, zones)
	for _, z := range zones {
		p.Zones = append(p.Zones, x.zoneCard(z))
	}
	p.Questions = x.questions(zones)
	return p, nil
}

// allAsGeoPackage is the address of all that is published as a GeoPackage, or of the page before it.
func (x *exchange) allAsGeoPackage() string {
	features := int64(0)
	for _, c := range x.catalogue.Collections {
		features += c.Count
	}
	path := "/export"
	if features > slowFeatures {
		path = "/download"
	}
	return x.base + path + "?collections=all&f=gpkg" + x.inLanguage()
}

func (x *exchange) collectionCards() []collectionCard {
	cards := make([]collectionCard, 0, len(x.catalogue.Collections))
	for _, c := range x.catalogue.Collections {
		card := collectionCard{
			Collection: c, Title: c.Title.In(x.lang), Description: c.Description.In(x.lang),
			Href: x.pagePath(collectionPath(c.ID)), What: x.geometryWord(c),
		}
		if card.Title == "" {
			card.Title = c.ID
		}
		if c.Count >= 0 {
			card.What = x.number(float64(c.Count), 0) + " " + card.What
			if !c.HasGeometry() {
				card.What = x.number(float64(c.Count), 0) + " " + x.say("rows")
			}
		}
		cards = append(cards, card)
	}
	return cards
}

// pagePath is the address of a page in the language of this one; path may have parameters.
func (x *exchange) pagePath(path string) string {
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	return x.base + path + separator + "f=html&lang=" + x.lang
}

func (x *exchange) zoneCard(z *geo.Feature) zoneCard {
	c := zoneCard{Name: z.Name(), Href: x.pageOf(z.Collection.ID, z.ID), Profile: x.profileOf(z), Basis: x.basisOf(z)}
	for _, a := range []struct{ property, whose string }{{"stated_area_ha", "stated"}, {"computed_area_ha", "of the drawn boundary"}} {
		if v, ok := z.Number(a.property); ok {
			c.Areas = append(c.Areas, areaWord{x.say(a.whose), x.number(v, 0) + " ha"})
		}
	}
	return c
}

func (x *exchange) profileOf(z *geo.Feature) string {
	return x.pagePath("/zones/" + escapeSegment(z.ID) + "/profile")
}

// questions are some that the collections at hand can answer.
func (x *exchange) questions(zones []*geo.Feature) []question {
	var list []question
	ask := func(text, path string, needs ...string) {
		for _, id := range needs {
			if _, err := x.catalogue.Collection(id); err != nil {
				return
			}
		}
		list = append(list, question{text, x.pagePath(path)})
	}
	ids := make([]string, 0, len(zones))
	for _, z := range zones {
		from := url.QueryEscape(z.Ref())
		ask(x.say("which ports are nearest to")+" "+z.Name()+"?", "/proximity/nearest?from="+from+"&to=ports&k=5"+x.publicOnly("ports"), "ports")
		ask(x.say("which mills lie within 50 km of")+" "+z.Name()+"?", "/proximity/within?from="+from+"&to=mills&distance=50km", "mills")
		ids = append(ids, url.QueryEscape(z.ID))
	}
	if len(ids) > 1 {
		ask(x.say("how do the zones compare?"), "/zones/compare?ids="+strings.Join(ids, ","))
		ask(x.say("which zone suits best?"), "/zones/rank/form?collection=zones")
		ask(x.say("how far is each zone from the capital?"), "/proximity/matrix?from=zones&to=ikn", "ikn")
	}
	return list
}

// publicOnly is the filter that leaves out what the public can't use, in collections that
// say who can; it can be seen, and changed, on the page of the answer.
func (x *exchange) publicOnly(collection string) string {
	c, err := x.catalogue.Collection(collection)
	if err != nil {
		return ""
	}
	if p, ok := c.Property("access"); !ok || !slices.Contains(p.Enum, "public") {
		return ""
	}
	return "&filter=" + url.QueryEscape("access = 'public'")
}

// connect shows how programs open the server, or one of its collections.
func (x *exchange) connect(collection string) []snippet {
	list := []snippet{
		{x.say("in QGIS"), x.base + "/"},
		{"GDAL", `ogr2ogr -f GPKG kawasan.gpkg "OAPIF:` + x.base + `"`},
		{"MapLibre", x.mapLibrePage(collection)},
		{"curl", "curl " + x.base + "/collections"},
	}
	if collection != "" {
		list[1].Text = `ogrinfo -so "OAPIF:` + x.base + `" ` + collection
		list[3].Text = "curl " + x.base + collectionPath(collection) + "/items?limit=100"
		if x.collection != nil && x.collection.HasGeometry() {
			list = slices.Insert(list, 2, x.tileSnippets()[0])
		}
	}
	return list
}
