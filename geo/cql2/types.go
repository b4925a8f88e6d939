package cql2

import (
	"strings"
	"time"

	"kawasan/geo"
)

// Type is the type of an expression. The names of scalars are those of the
// function list that OGC API Features Part 3 publishes.
type Type string

// The types. A list has the type of its items followed by [].
const (
	TypeString   Type = "string"
	TypeNumber   Type = "number"
	TypeBoolean  Type = "boolean"
	TypeDatetime Type = "datetime" // a date or a timestamp
	TypeInterval Type = "interval"
	TypeGeometry Type = "geometry"
	TypeJSON     Type = "json"
)

const (
	emptyList Type = "[]"
	mixedList Type = "mixed[]"
)

func (t Type) isList() bool   { return strings.HasSuffix(string(t), "[]") }
func (t Type) isScalar() bool { return t.rank() != noRank }

// rank is that of the values of a type.
func (t Type) rank() int {
	switch t {
	case TypeString:
		return textRank
	case TypeNumber:
		return numberRank
	case TypeBoolean:
		return booleanRank
	case TypeDatetime:
		return instantRank
	}
	return noRank
}

// noun names the type in a message.
func (t Type) noun() geo.Phrase {
	switch t {
	case TypeString:
		return geo.Phrasef("text")
	case TypeNumber:
		return geo.Phrasef("a number")
	case TypeBoolean:
		return geo.Phrasef("true or false")
	case TypeDatetime:
		return geo.Phrasef("a date or time")
	case TypeInterval:
		return geo.Phrasef("an interval")
	case TypeGeometry:
		return geo.Phrasef("a geometry")
	case TypeJSON:
		return geo.Phrasef("a JSON document")
	case emptyList, mixedList:
		return geo.Phrasef("a list")
	}
	switch item := Type(strings.TrimSuffix(string(t), "[]")); item {
	case TypeString:
		return geo.Phrasef("a list of texts")
	case TypeNumber:
		return geo.Phrasef("a list of numbers")
	default:
		return geo.Phrasef("a list of values of type %s", string(item))
	}
}

func typeOfValue(v any) Type {
	switch v.(type) {
	case string:
		return TypeString
	case int64, float64:
		return TypeNumber
	case bool:
		return TypeBoolean
	case geo.Date, time.Time:
		return TypeDatetime
	}
	return TypeJSON
}

func typeOfProperty(t geo.PropertyType) Type {
	switch t {
	case geo.String:
		return TypeString
	case geo.Integer, geo.Number:
		return TypeNumber
	case geo.Boolean:
		return TypeBoolean
	case geo.DateOnly, geo.Timestamp:
		return TypeDatetime
	case geo.TextArray:
		return "string[]"
	case geo.IntegerArray, geo.NumberArray:
		return "number[]"
	}
	return TypeJSON
}

// Role is what a name in a filter stands for.
type Role uint8

// The roles.
const (
	Unbound     Role = iota
	IsAttribute      // one of the collection's properties
	IsID             // the id of the feature
	IsGeometry       // its geometry
)

// Binding is what a name means in a collection.
type Binding struct {
	Role Role
	// Index is the place in Collection.Properties, of an attribute.
	Index int
	// Type is the type of the attribute; of an id String or Integer.
	Type geo.PropertyType
}

// typ is the type of the values that the name stands for.
func (b Binding) typ() Type {
	if b.Role == IsGeometry {
		return TypeGeometry
	}
	return typeOfProperty(b.Type)
}
