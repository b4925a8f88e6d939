package parquet

import (
	"encoding/json"
	"slices"

	"kawasan/geo"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"

	"github.com/parquet-go/parquet-go"
)

// readColumn says what becomes of the values of a leaf.
type readColumn struct {
	value    int  // place among the values; -1 if they are left out
	geometry bool // they are the geometry, as WKB
	axis     int  // they are this ordinate of the geometry, from 1
	list     bool // they are elements of a list
	present  int  // definition level from which on there is a list
	property geo.PropertyType
	read     func(parquet.Value) (any, bool)
}

// described is what is read of the metadata geo.
type described struct {
	PrimaryColumn string `json:"primary_column"`
	Columns       map[string]struct {
		Encoding      string
		GeometryTypes []string `json:"geometry_types"`
		Edges         string
		CRS           *json.RawMessage `json:"crs"`
		Covering      struct{ Bbox map[string][]string }
	}
}

// describe reads schema and metadata.
func (r *reader) describe() error {
	r.layer = source.Layer{Name: r.name, Count: r.file.NumRows()}
	r.findHalves()
	var d described
	if text, ok := r.file.Lookup("geo"); ok {
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			return r.at.Broken("the metadata geo can't be read").Because(err)
		}
	} else if d.PrimaryColumn = r.logicalGeometry(); d.PrimaryColumn == "" {
		r.layer.Note("the file has no metadata geo and no column of the type GEOMETRY, so no column is taken for a geometry", "berkas tidak punya metadata geo atau kolom bertipe GEOMETRY, jadi tidak ada kolom yang dianggap geometri")
	}
	if err := r.describeGeometry(d); err != nil {
		return err
	}
	var boxes []string
	for _, way := range d.Columns[d.PrimaryColumn].Covering.Bbox {
		if len(way) > 0 {
			boxes = append(boxes, way[0])
		}
	}
	for _, column := range r.file.Root().Columns() {
		if err := r.column(column, d.PrimaryColumn, slices.Contains(boxes, column.Name())); err != nil {
			return err
		}
	}
	if len(r.layer.Properties) > r.limits.Properties {
		return r.at.Errorf(geo.TooLarge, "the file has more than %d columns", r.limits.Properties).Try("a file with fewer columns")
	}
	return nil
}

// describeGeometry reads what the metadata say of the geometry.
func (r *reader) describeGeometry(d described) error {
	c, ok := d.Columns[d.PrimaryColumn]
	if !ok {
		return nil
	}
	if r.native.kind = encodings[c.Encoding]; r.native.kind == 0 && c.Encoding != "WKB" {
		return r.at.Errorf(geo.Unsupported, "the geometries are encoded as %.20q", c.Encoding).Try("WKB, the encoding of GeoParquet 1.0; ogr2ogr -f Parquet -lco GEOMETRY_ENCODING=WKB wkb.parquet FILE writes it")
	}
	if c.Edges == "spherical" {
		r.sphericalEdges()
	}
	r.layer.GeometryType = "Geometry"
	kinds := map[wkb.Type]bool{}
	known := len(c.GeometryTypes) > 0
	for _, name := range c.GeometryTypes {
		base := name
		if len(name) > 2 && name[len(name)-2:] == " Z" {
			base, r.layer.HasZ = name[:len(name)-2], true
		}
		found := false
		for t := wkb.Point; t <= wkb.GeometryCollection; t++ {
			if t.String() == base {
				kinds[t], found = true, true
			}
		}
		known = known && found
	}
	if known {
		r.layer.GeometryType = source.CommonType(kinds)
	}
	switch {
	case c.CRS == nil && !hasNull(r.file, d.PrimaryColumn):
		r.layer.SetCRS("OGC:CRS84")
	case c.CRS != nil && string(*c.CRS) != "null":
		r.layer.SetCRS(string(*c.CRS))
	}
	return nil
}

// hasNull reports whether the metadata say "crs": null, which means unknown; a
// missing crs means longitude, latitude.
func hasNull(f *parquet.File, column string) bool {
	text, _ := f.Lookup("geo")
	var d struct {
		Columns map[string]map[string]json.RawMessage
	}
	if json.Unmarshal([]byte(text), &d) != nil {
		return true
	}
	raw, ok := d.Columns[column]["crs"]
	return ok && string(raw) == "null"
}

// column finds out what becomes of a column at the top, and of the leaves below it.
func (r *reader) column(c *parquet.Column, geometry string, isBox bool) error {
	name := c.Name()
	if name == geometry && r.native.kind != 0 {
		leaves, err := r.native.leaves(c, r.at)
		r.columns = append(r.columns, leaves...)
		r.layer.HasZ, r.layer.HasM = r.native.hasZ, r.native.hasM
		return err
	}
	if c.Leaf() && !c.Repeated() {
		if name == geometry {
			r.columns = append(r.columns, readColumn{value: -1, geometry: true})
			return nil
		}
		r.take(c, name, false, 0)
		return nil
	}
	leaf, present := listLeaf(c)
	if leaf != nil {
		r.take(leaf, name, true, present)
		return nil
	}
	n := countLeaves(c, 0)
	if n < 0 {
		return r.at.Errorf(geo.TooLarge, "the columns nest too deep")
	}
	r.columns = append(r.columns, slices.Repeat([]readColumn{{value: -1}}, n)...)
	if !isBox {
		r.layer.Note("the column %s has parts of its own and is left out", "kolom %s terdiri atas beberapa bagian dan ditinggalkan", source.Text(name))
	}
	return nil
}

// take makes a property of a leaf, or notes why not.
func (r *reader) take(leaf *parquet.Column, name string, list bool, present int) {
	t, read := typeOf(leaf)
	if r.halves[leaf.Index()] && leaf.Type().Kind() == parquet.FixedLenByteArray {
		t, read = geo.Number, half
	}
	column := readColumn{value: -1, list: list, present: present, property: t, read: read}
	listed := map[geo.PropertyType]geo.PropertyType{geo.String: geo.TextArray, geo.Integer: geo.IntegerArray, geo.Number: geo.NumberArray}
	if list && read != nil {
		column.property = listed[t]
	}
	if column.property == "" || read == nil {
		r.layer.Note("the column %s is of a type that is left out", "kolom %s bertipe yang ditinggalkan", source.Text(name))
		column.read = nil
	} else {
		column.value = len(r.layer.Properties)
		r.layer.Properties = append(r.layer.Properties, geo.Property{Name: source.Text(name), Type: column.property})
	}
	r.columns = append(r.columns, column)
}

// listLeaf finds the elements of a list of plain values (LIST, or a repeated leaf),
// and the definition level from which on the list is there.
func listLeaf(c *parquet.Column) (*parquet.Column, int) {
	level := 0
	if c.Optional() {
		level = 1
	}
	if c.Leaf() {
		return c, level // repeated
	}
	inner := c.Columns()
	if len(inner) != 1 || !inner[0].Repeated() || c.Repeated() {
		return nil, 0
	}
	if inner[0].Leaf() {
		return inner[0], level
	}
	elements := inner[0].Columns()
	if len(elements) != 1 || !elements[0].Leaf() || elements[0].Repeated() {
		return nil, 0
	}
	return elements[0], level
}

// countLeaves counts the leaves below a column; -1 if it nests too deep.
func countLeaves(c *parquet.Column, depth int) int {
	if c.Leaf() {
		return 1
	}
	if depth > 50 {
		return -1
	}
	n := 0
	for _, inner := range c.Columns() {
		k := countLeaves(inner, depth+1)
		if k < 0 {
			return -1
		}
		n += k
	}
	return n
}
