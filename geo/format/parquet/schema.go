package parquet

import (
	"reflect"

	"kawasan/geo"
	"kawasan/geo/format/export"

	"github.com/parquet-go/parquet-go"
)

const (
	geometryColumn = "geometry"
	boxColumn      = "bbox"
)

// group is a node whose fields stay in order; those of the library are sorted by name.
type group struct {
	parquet.Group
	fields []parquet.Field
}

// Fields gives them in their order.
func (g group) Fields() []parquet.Field { return g.fields }

// GoType is of no use here: rows are made of values, not of structs.
func (g group) GoType() reflect.Type { return reflect.TypeFor[struct{}]() }

func (g *group) add(name string, n parquet.Node) {
	g.fields = append(g.fields, field{Node: n, name: name})
}

type field struct {
	parquet.Node
	name string
}

// Name is the name of the column.
func (f field) Name() string { return f.name }

// Value is not asked for: rows are made of values, not of structs.
func (f field) Value(base reflect.Value) reflect.Value { return base }

// newSchema gives the columns: id, the attributes, and the geometry with its box.
func newSchema(l export.Layer, columns []export.Column) *parquet.Schema {
	var root group
	names := export.NewNames("")
	if l.HasGeometry() {
		names.Reserve(geometryColumn, boxColumn)
	}
	id := parquet.String()
	if l.Collection.IntegerID {
		id = parquet.Int(64)
	}
	root.add(names.Take("id"), plain(id))
	for _, c := range columns {
		root.add(names.Take(c.Name), nodeOf(c.Type))
	}
	if l.HasGeometry() {
		root.add(geometryColumn, parquet.Optional(plain(parquet.Leaf(parquet.ByteArrayType))))
		var box group
		for _, name := range []string{"xmin", "ymin", "xmax", "ymax"} {
			box.add(name, plain(parquet.Leaf(parquet.DoubleType)))
		}
		root.add(boxColumn, parquet.Optional(box))
	}
	return parquet.NewSchema("schema", root)
}

// plain asks for the encoding that every reader knows. The library's own choice
// (deltas) isn't read by all.
func plain(n parquet.Node) parquet.Node { return parquet.Encoded(n, &parquet.Plain) }

// words is text that repeats: each value is kept once.
func words() parquet.Node { return parquet.Encoded(parquet.String(), &parquet.RLEDictionary) }

func nodeOf(t geo.PropertyType) parquet.Node {
	switch t {
	case geo.Integer:
		return parquet.Optional(plain(parquet.Int(64)))
	case geo.Number:
		return parquet.Optional(plain(parquet.Leaf(parquet.DoubleType)))
	case geo.Boolean:
		return parquet.Optional(plain(parquet.Leaf(parquet.BooleanType)))
	case geo.DateOnly:
		return parquet.Optional(plain(parquet.Date()))
	case geo.Timestamp:
		return parquet.Optional(plain(parquet.Timestamp(parquet.Microsecond)))
	case geo.JSON:
		return parquet.Optional(plain(parquet.JSON()))
	case geo.TextArray:
		return parquet.Optional(parquet.List(words()))
	case geo.IntegerArray:
		return parquet.Optional(parquet.List(plain(parquet.Int(64))))
	case geo.NumberArray:
		return parquet.Optional(parquet.List(plain(parquet.Leaf(parquet.DoubleType))))
	}
	return parquet.Optional(words())
}
