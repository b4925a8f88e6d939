package api

import (
	"cmp"
	"path"
	"slices"

	"kawasan/geo"
)

// schemaPage is what people see of one of a collection's schemas.
type schemaPage struct {
	Title, Kind string
	Lead        string // what the names below are for
	Attributes  []attributeRow
}

// sendSchemaPage explains the attributes that the schema at hand names.
func (x *exchange) sendSchemaPage() error {
	c, kind := x.collection, path.Base(x.path)
	p := schemaPage{Kind: x.say(kind), Lead: x.say(kind + " are"), Attributes: x.attributeRows(c)}
	p.Title = cmp.Or(c.Title.In(x.lang), c.ID) + ": " + p.Kind
	p.Attributes = slices.DeleteFunc(p.Attributes, func(row attributeRow) bool {
		property, _ := c.Property(row.Name)
		return kind == "queryables" && !isQueryable(property) || kind == "sortables" && !isSortable(property)
	})
	if kind == "queryables" || kind == "schema" {
		p.Attributes = append(x.ownRows(c), p.Attributes...)
	}
	return x.sendDocument(x.stateOf(c), "schema", p)
}

// ownRows explain what a feature has besides attributes.
func (x *exchange) ownRows(c *geo.Collection) []attributeRow {
	kind := geo.String
	if c.IntegerID {
		kind = geo.Integer
	}
	rows := []attributeRow{{Name: c.NameOfID(), Title: x.say("the id"), Type: x.say("type " + string(kind)), Meaning: x.say("the id is")}}
	if c.HasGeometry() {
		rows = append(rows, attributeRow{Name: c.NameOfGeometry(), Title: x.say("the geometry"), Type: x.geometryWord(c), Meaning: x.say("the geometry is")})
	}
	return rows
}
