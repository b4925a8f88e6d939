package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"kawasan/geo"
	"kawasan/geo/format/shp"
	"kawasan/geo/format/source"
)

// plan says where everything of a layer goes.
type plan struct {
	layer      source.Layer
	collection *geo.Collection // as the features will have it
	added      []geo.Property  // of which these are new to an existing collection
	from       []int           // the column of the layer for each property; -1 for none
	given      []any           // the value for each property where the file gives none
	columns    []int           // the properties that the features bring
	widened    []int           // the properties that are integers in the collection so far, and numbers in the layer
	lesser     []int           // of columns, those by which alone a feature is not changed
	identity   identity
	mapped     map[string]string // property by column, for the record
	notes      []geo.Text
}

func (p *plan) note(en, id string, args ...any) {
	p.notes = append(p.notes, geo.Textf(en, id, args...))
}

// reserved are the columns that every table has beside its properties: ours, and those
// that PostgreSQL keeps for itself, of which xmin and xmax are usual in files.
var reserved = []string{"id", "geom", "revision", "tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"}

// newPlan places the columns of a layer of a file. existing is nil for a new collection.
func newPlan(file string, layer source.Layer, existing *geo.Collection, o Options) (*plan, error) {
	p := &plan{layer: layer, mapped: map[string]string{}}
	if err := p.checkMap(o); err != nil {
		return nil, err
	}
	o.Map = p.usualMap(o)
	o.Given = maps.Clone(o.Given)
	_, said := o.Given["source"]
	if said = said || !o.NameAsSource; !said {
		if o.Given == nil {
			o.Given = map[string]any{}
		}
		o.Given["source"] = file
	}
	if err := p.identify(existing, o); err != nil {
		return nil, err
	}
	base := existing
	if base == nil {
		base = fresh(layer, o)
	}
	c := *base
	c.Properties = slices.Clone(base.Properties)
	places := p.place(&c, existing != nil, o)
	if err := p.give(&c, existing != nil, o); err != nil {
		return nil, err
	}
	p.widen(&c, places)
	p.collection = c.Index()
	p.from, p.given = slices.Repeat([]int{-1}, len(c.Properties)), make([]any, len(c.Properties))
	for column, property := range places {
		if i, ok := c.PropertyIndex(property); ok && property != "" {
			p.from[i] = column
			p.mapped[layer.Properties[column].Name] = property
		}
	}
	for name, v := range o.Given {
		if i, ok := c.PropertyIndex(name); ok {
			p.given[i] = v
		}
	}
	for i := range c.Properties {
		if p.from[i] >= 0 || p.given[i] != nil {
			p.columns = append(p.columns, i)
		}
		if c.Properties[i].Name == "source" && p.from[i] < 0 && !said {
			p.lesser = append(p.lesser, i)
		}
	}
	if len(p.collection.Properties) > o.Read.WithDefaults().Properties {
		return nil, geo.Errorf(geo.TooLarge, "the collection would have more than %d columns", o.Read.WithDefaults().Properties).Try("--map COLUMN= for those that are not wanted")
	}
	return p, nil
}

// fresh describes a collection that is to be made.
func fresh(layer source.Layer, o Options) *geo.Collection {
	c := &geo.Collection{
		ID: o.Collection, Title: o.Title, Description: o.Description, Licence: o.Licence, Attribution: o.Attribution,
		GeometryType: multi(layer.GeometryType), HasZ: layer.HasZ, HasM: layer.HasM, Count: -1,
	}
	if c.Title == (geo.Text{}) {
		c.Title.EN = cmp.Or(layer.Title, strings.ReplaceAll(o.Collection, "_", " "))
	}
	if c.Description == (geo.Text{}) {
		c.Description.EN = layer.Description
	}
	return c
}

// checkMap refuses a mapping of a column that isn't there, to what can't be a property, and of
// two columns to one.
func (p *plan) checkMap(o Options) error {
	from := map[string]string{}
	for _, column := range slices.Sorted(maps.Keys(o.Map)) {
		if p.column(column) < 0 {
			return geo.Invalidf("map", "the file has no column %q", clip(column)).Try("%s", p.names())
		}
		to := o.Map[column]
		switch other, twice := from[to]; {
		case to == "":
		case to != "id" && slices.Contains(reserved, to), len(to) > longestName, columnName(to) == "column" && to != "column", strings.ContainsFunc(to, unicode.IsControl):
			return geo.Invalidf("map", "%q can't be the name of a property", clip(to)).Try("a name such as %s", unique(columnName(to), func(s string) bool { return slices.Contains(reserved, s) }))
		case twice:
			return geo.Invalidf("map", "the columns %q and %q can't both become %s", clip(other), clip(column), clip(to)).Try("--map %s= to leave one of them out", clip(column))
		}
		from[to] = column
	}
	return nil
}

// names lists the columns for a message.
func (p *plan) names() geo.Phrase {
	var names []string
	for i, c := range p.layer.Properties {
		if i == 40 {
			names = append(names, "…")
			break
		}
		names = append(names, clip(c.Name))
	}
	if len(names) == 0 {
		return geo.Phrasef("no column at all: the file has none")
	}
	return geo.Phrasef("one of %s", strings.Join(names, ", "))
}

// column finds a column by its name, the exact one before one that differs in case; -1 if there is none.
func (p *plan) column(name string) int {
	i := slices.IndexFunc(p.layer.Properties, func(c geo.Property) bool { return c.Name == name })
	if i < 0 {
		i = slices.IndexFunc(p.layer.Properties, func(c geo.Property) bool { return strings.EqualFold(c.Name, name) })
	}
	return i
}

// identify decides where ids come from.
func (p *plan) identify(existing *geo.Collection, o Options) error {
	p.identity = identity{column: -1, integer: existing != nil && existing.IntegerID}
	switch {
	case o.ID != "" && p.mappedTo("id", o) >= 0 && p.column(o.ID) != p.mappedTo("id", o):
		return geo.Invalidf("id", "--map makes %s the id, and --id %s", clip(p.layer.Properties[p.mappedTo("id", o)].Name), clip(o.ID)).Try("one of the two")
	case o.ID == RowNumber:
	case o.ID != "":
		if p.identity.column = p.column(o.ID); p.identity.column < 0 {
			p.identity.column = p.mappedTo(o.ID, o) // by the name that it gets here
		}
		p.identity.format = p.identity.column < 0 && p.layer.HasIDs && strings.EqualFold(o.ID, p.layer.IDName)
		if p.identity.column < 0 && !p.identity.format {
			return geo.Invalidf("id", "the file has no column %q", clip(o.ID)).Try("%s", p.names())
		}
	case p.mappedTo("id", o) >= 0:
		p.identity.column = p.mappedTo("id", o)
	case p.column("id") >= 0:
		p.identity.column = p.column("id")
	case p.layer.HasIDs:
		p.identity.format = true
	default:
		p.note("the file has no ids: the numbers of its rows are taken (--id COLUMN takes a column)", "berkas tidak punya id: nomor barisnya dipakai (--id KOLOM memakai suatu kolom)")
	}
	if p.identity.column < 0 && !p.identity.format && (o.Mode == Upsert || o.Mode == Replace) && o.ID != RowNumber {
		return geo.Invalidf("id", "without ids it can't be told which features are the same").Try("--id COLUMN, %s; or --id %s if the numbers of the rows are stable", p.names(), RowNumber)
	}
	return nil
}

func (p *plan) mappedTo(property string, o Options) int {
	for column, to := range o.Map {
		if to == property {
			return p.column(column)
		}
	}
	return -1
}

// place finds the property for each column, "" for none, and adds to the
// collection those that it doesn't have.
func (p *plan) place(c *geo.Collection, exists bool, o Options) []string {
	places := make([]string, len(p.layer.Properties))
	taken := map[string]bool{}
	explicit := func(column string) (string, bool) {
		for from, to := range o.Map {
			if p.column(from) >= 0 && p.layer.Properties[p.column(from)].Name == column {
				return to, true
			}
		}
		return "", false
	}
	var rest []int
	for i, column := range p.layer.Properties {
		to, ok := explicit(column.Name)
		switch {
		case ok && (to == "" || to == "id"):
		case ok:
			places[i] = p.property(c, to, column, exists)
			taken[places[i]] = true
		case i == p.identity.column && strings.EqualFold(column.Name, "id"):
		default:
			rest = append(rest, i)
		}
	}
	for _, i := range rest {
		column := p.layer.Properties[i]
		if name := known(c, column.Name); name != "" && !taken[name] {
			places[i] = name
			taken[name] = true
		}
	}
	for _, i := range rest {
		column := p.layer.Properties[i]
		if places[i] != "" || strings.EqualFold(column.Name, "revision") {
			continue
		}
		name := unique(columnName(column.Name), func(s string) bool {
			_, is := c.Property(s)
			return is || slices.Contains(reserved, s)
		})
		places[i] = p.property(c, name, column, exists)
	}
	return places
}

// widen makes numbers of integers where the layer has numbers. Whether one of them has
// decimals shows when they are read: the column of the store changes only then.
func (p *plan) widen(c *geo.Collection, places []string) {
	for column, property := range places {
		i, ok := c.PropertyIndex(property)
		if ok && property != "" && c.Properties[i].Type == geo.Integer && p.layer.Properties[column].Type == geo.Number {
			c.Properties[i].Type = geo.Number
			p.widened = append(p.widened, i)
		}
	}
}

// known finds the property of a collection that a column stands for: the same
// name, but for case and what a shapefile makes of it.
func known(c *geo.Collection, column string) string {
	for _, same := range []func(geo.Property) bool{
		func(q geo.Property) bool { return q.Name == column },
		func(q geo.Property) bool { return q.Name == columnName(column) },
		func(q geo.Property) bool { return strings.EqualFold(shp.FieldName(q.Name), column) },
	} {
		if i := slices.IndexFunc(c.Properties, func(q geo.Property) bool { return !q.ReadOnly && same(q) }); i >= 0 {
			return c.Properties[i].Name
		}
	}
	return ""
}

// property makes sure that the collection has a property of that name.
func (p *plan) property(c *geo.Collection, name string, column geo.Property, exists bool) string {
	if _, ok := c.Property(name); ok {
		return name
	}
	q := geo.Property{Name: name, Type: column.Type, Title: column.Title, Description: column.Description, Unit: column.Unit}
	if q.Title == (geo.Text{}) {
		q.Title = usualTitle(name)
	}
	if q.Title == (geo.Text{}) && column.Name != name {
		q.Title.EN = column.Name
	}
	if name == "stated_area_ha" && q.Unit == "" {
		q.Unit = "ha"
	}
	c.Properties = append(c.Properties, q)
	c.IndexNames()
	if exists {
		p.added = append(p.added, q)
		p.note("the collection gets a new column %s (%s)", "koleksi mendapat kolom baru %s (%s)", name, q.Type)
	}
	return name
}

// give makes sure that the collection has the properties for which values are given.
func (p *plan) give(c *geo.Collection, exists bool, o Options) error {
	for _, q := range origins() {
		v, ok := o.Given[q.Name]
		if !ok {
			continue
		}
		p.property(c, q.Name, q, exists)
		have, _ := c.Property(q.Name)
		if have.Type != q.Type {
			converted, fits := source.Convert(v, have.Type)
			if !fits {
				return geo.Invalidf(q.Name, "the file has a column %s already, of type %s, in which what was given does not fit", q.Name, have.Type).Try("--map %s=another_name", q.Name)
			}
			o.Given[q.Name] = converted
		}
	}
	return nil
}

// origins are the properties that say what a feature is called, where it comes from and how
// sure its boundary is, as every shipped collection has them.
func origins() []geo.Property {
	return []geo.Property{
		{Name: "name", Type: geo.String, Title: usualTitle("name")},
		{
			Name: "boundary_kind", Type: geo.String, Title: geo.Text{EN: "Kind of boundary", ID: "Jenis batas"},
			Enum: BoundaryKinds(),
		},
		{Name: "position_uncertainty_m", Type: geo.Number, Unit: "m", Title: geo.Text{EN: "Uncertainty of the position", ID: "Ketidakpastian posisi"}},
		{Name: "source", Type: geo.String, Title: geo.Text{EN: "Source", ID: "Sumber"}},
		{Name: "source_date", Type: geo.DateOnly, Title: geo.Text{EN: "Date of the source", ID: "Tanggal sumber"}},
		{Name: "licence", Type: geo.String, Title: geo.Text{EN: "Licence", ID: "Lisensi"}},
	}
}

// BoundaryKinds lists what a boundary can be.
func BoundaryKinds() []string {
	return []string{"legal", "official_extract", "surveyed", "published_point", "generalised", "outer_envelope", "legal_bbox", "indicative", "estimated"}
}
