package api

import (
	"maps"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// collectionPage is what people see of a collection.
type collectionPage struct {
	collectionDocument
	Map        *pageMap
	What       string // how many features of which kind
	Modified   string // day of the newest change, "" when unknown
	Attributes []attributeRow
	Downloads  []downloadRow
	Connect    []snippet
}

// attributeRow explains one attribute.
type attributeRow struct {
	Name, Title, Type, Unit, Meaning string
	Values                           []valueWords // the only ones allowed, or those that have words
}

// valueWords are a value and what it means; no words where the value says it itself.
type valueWords struct{ Value, Words string }

// valuesOf are the only values that an attribute may have, or codes that it has, with their
// words. Of an attribute with sentences in it there are none: its words are their translation.
func (x *exchange) valuesOf(p geo.Property) []valueWords {
	values := p.Enum
	if len(values) == 0 && p.Name != "name" && p.Type != geo.JSON {
		values = slices.Sorted(maps.Keys(p.Words))
		if slices.ContainsFunc(values, func(value string) bool { return len(value) > 40 || strings.ContainsAny(value, ";.(/") }) {
			values = nil
		}
	}
	list := make([]valueWords, 0, len(values))
	for _, value := range values {
		one := valueWords{Value: value}
		if words := wording.Value(p, value).In(x.lang); words != value {
			one.Words = words
		}
		list = append(list, one)
	}
	return list
}

// featuresOnMap bounds how many features the map of a collection's page draws.
const featuresOnMap = 1000

// sendCollectionPage answers with the page of a collection.
func (x *exchange) sendCollectionPage() error {
	c := x.collection
	p := collectionPage{
		collectionDocument: x.describe(c, x.selfLinks()), What: x.geometryWord(c),
		Attributes: x.attributeRows(c), Connect: x.connect(c.ID),
	}
	if c.Count >= 0 {
		p.What = x.number(float64(c.Count), 0) + " " + p.What
	}
	if !c.Modified.IsZero() {
		p.Modified = c.Modified.UTC().Format("2006-01-02")
	}
	p.Downloads = x.collectionFiles(p.Links)
	if c.HasGeometry() && c.Count >= 0 && c.Count <= featuresOnMap {
		features, _, err := geo.Collect(x.ctx, x.server.config.Reader, geo.Query{
			Collection: c.ID, Limit: featuresOnMap, Properties: namesIn(c, "name", "boundary_kind"), Principal: x.principal,
		})
		if err != nil {
			return err
		}
		p.Map = x.drawMap(x.ctx, features)
	}
	return x.sendDocument(x.stateOf(x.collection), "collection", p)
}

// namesIn keeps the names that the collection has.
func namesIn(c *geo.Collection, names ...string) []string {
	known := []string{}
	for _, name := range names {
		if _, ok := c.PropertyIndex(name); ok {
			known = append(known, name)
		}
	}
	return known
}

// attributeRows explains the attributes of a collection in their order.
func (x *exchange) attributeRows(c *geo.Collection) []attributeRow {
	list := make([]attributeRow, 0, len(c.Properties))
	for _, p := range c.Properties {
		row := attributeRow{
			Name: p.Name, Title: wording.Title(p).In(x.lang), Type: x.say("type " + string(p.Type)), Unit: wording.Unit(p.Unit, x.lang),
			Meaning: p.Description.In(x.lang), Values: x.valuesOf(p),
		}
		row.Type = strings.TrimPrefix(row.Type, "type ")
		if row.Meaning == "" && p.Name == "revision" {
			row.Meaning = x.say("revision is")
		}
		list = append(list, row)
	}
	return list
}
