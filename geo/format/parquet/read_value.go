package parquet

import (
	"bytes"
	"math"
	"math/big"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/source"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// feature makes a feature of a row: values one after another, by leaf. What is wrong with it
// alone is a Fault.
func (r *reader) feature(row parquet.Row, number int64) (*source.Feature, error) {
	at := r.at
	at.Feature = number
	f := &source.Feature{Number: number, Values: make([]any, len(r.layer.Properties))}
	r.native.begin()
	for _, v := range row {
		i := v.Column()
		if i < 0 || i >= len(r.columns) {
			return nil, at.Broken("a value belongs to no column")
		}
		c := &r.columns[i]
		switch {
		case c.geometry && !v.IsNull():
			var err error
			if f.WKB, f.Curved, err = r.layer.Geometry(bytes.Clone(v.ByteArray())); err != nil { // the memory is the page's
				return f, at.Fault("the geometry can't be read: %s", "geometrinya tidak terbaca: %s", err)
			}
		case c.axis > 0:
			r.native.take(c.axis-1, v)
		case c.value < 0 || c.geometry:
		case c.list:
			if err := c.element(&f.Values[c.value], v, at); err != nil {
				return f, err
			}
		case !v.IsNull():
			out, ok := c.read(v)
			if !ok {
				return f, at.Fault("a value of the column %s can't be read", "nilai kolom %s tidak terbaca", r.layer.Properties[c.value].Name)
			}
			f.Values[c.value] = out
		}
	}
	if r.native.kind != 0 {
		var ok bool
		if f.WKB, ok = r.native.geometry(); !ok {
			return f, at.Fault("the geometry can't be read: ordinates are missing", "geometrinya tidak terbaca: ada ordinat yang hilang")
		}
	}
	return f, nil
}

// element adds an element to a list. A list without any is a null above the level of the list.
func (c *readColumn) element(list *any, v parquet.Value, at source.Place) error {
	if v.DefinitionLevel() < c.present {
		return nil
	}
	var out any
	if !v.IsNull() {
		var ok bool
		if out, ok = c.read(v); !ok {
			return at.Fault("an element of a list can't be read", "unsur suatu daftar tidak terbaca")
		}
	}
	switch c.property {
	case geo.TextArray:
		*list = appendTo[string](*list, out)
	case geo.IntegerArray:
		*list = appendTo[int64](*list, out)
	case geo.NumberArray:
		*list = appendTo[float64](*list, out)
	}
	return nil
}

// appendTo adds an element; nil makes sure that there is a list. Lists hold no nulls.
func appendTo[T any](list, element any) any {
	all, _ := list.([]T)
	if all == nil {
		all = []T{}
	}
	if v, ok := element.(T); ok {
		all = append(all, v)
	}
	return all
}

// typeOf gives the type of a leaf and how its values are read; nil for bytes and
// types that are not known.
func typeOf(leaf *parquet.Column) (geo.PropertyType, func(parquet.Value) (any, bool)) {
	kind, logical := leaf.Type().Kind(), leaf.Type().LogicalType()
	if logical != nil {
		if t, read, ok := logicalType(kind, logical); ok {
			return t, read
		}
	}
	switch kind {
	case parquet.Boolean:
		return geo.Boolean, func(v parquet.Value) (any, bool) { return v.Boolean(), true }
	case parquet.Int32:
		return geo.Integer, func(v parquet.Value) (any, bool) { return int64(v.Int32()), true }
	case parquet.Int64:
		return geo.Integer, func(v parquet.Value) (any, bool) { return v.Int64(), true }
	case parquet.Int96:
		return geo.Timestamp, day96
	case parquet.Float:
		return geo.Number, func(v parquet.Value) (any, bool) { return source.Number(float64(v.Float())), true }
	case parquet.Double:
		return geo.Number, func(v parquet.Value) (any, bool) { return source.Number(v.Double()), true }
	case parquet.ByteArray:
		if c := leaf.Type().ConvertedType(); c != nil && (*c == deprecated.UTF8 || *c == deprecated.Json) {
			return geo.String, text
		}
	}
	return "", nil
}

func text(v parquet.Value) (any, bool) { return source.Text(string(v.ByteArray())), true }

func logicalType(kind parquet.Kind, l *format.LogicalType) (geo.PropertyType, func(parquet.Value) (any, bool), bool) {
	switch l := l.Value.(type) {
	case *format.StringType, *format.EnumType:
		return geo.String, text, kind == parquet.ByteArray
	case *format.JsonType:
		return geo.JSON, func(v parquet.Value) (any, bool) {
			raw, ok := source.JSONValue(v.ByteArray())
			return raw, ok
		}, kind == parquet.ByteArray
	case *format.DateType:
		return geo.DateOnly, func(v parquet.Value) (any, bool) { return geo.Date(v.Int32()), true }, kind == parquet.Int32
	case *format.TimestampType:
		return geo.Timestamp, func(v parquet.Value) (any, bool) { return instant(v.Int64(), l.Unit), true }, kind == parquet.Int64
	case *format.TimeType:
		return geo.String, func(v parquet.Value) (any, bool) { return timeOfDay(v, l.Unit) }, kind == parquet.Int32 || kind == parquet.Int64
	case *format.UUIDType:
		return geo.String, uuid, kind == parquet.FixedLenByteArray
	case *format.DecimalType:
		return geo.Number, func(v parquet.Value) (any, bool) { return decimal(v, l.Scale) }, true
	case *format.IntType:
		if l.IsSigned {
			return "", nil, false
		}
		return geo.Integer, func(v parquet.Value) (any, bool) {
			if v.Kind() == parquet.Int32 {
				return int64(v.Uint32()), true
			}
			return v.Int64(), v.Uint64() <= math.MaxInt64
		}, kind == parquet.Int32 || kind == parquet.Int64
	}
	return "", nil, false
}

func instant(v int64, unit format.TimeUnit) any {
	switch unit.Value.(type) {
	case *format.MilliSeconds:
		return time.UnixMilli(v).UTC()
	case *format.NanoSeconds:
		return source.Instant(time.Unix(0, v))
	}
	return time.UnixMicro(v).UTC()
}

// timeOfDay writes a time without a day, as ISO 8601 does.
func timeOfDay(v parquet.Value, unit format.TimeUnit) (any, bool) {
	n, each := v.Int64(), int64(1) // nanoseconds
	if v.Kind() == parquet.Int32 {
		n = int64(v.Int32())
	}
	switch unit.Value.(type) {
	case *format.MilliSeconds:
		each = int64(time.Millisecond)
	case *format.MicroSeconds:
		each = int64(time.Microsecond)
	}
	if n < 0 || n >= int64(24*time.Hour)/each {
		return nil, false
	}
	return time.Time{}.Add(time.Duration(n * each)).Format("15:04:05.999999999"), true
}

// decimal reads an unscaled integer.
func decimal(v parquet.Value, scale int32) (any, bool) {
	var n big.Int
	switch v.Kind() {
	case parquet.Int32:
		n.SetInt64(int64(v.Int32()))
	case parquet.Int64:
		n.SetInt64(v.Int64())
	default:
		b := v.ByteArray()
		n.SetBytes(b)
		if len(b) > 0 && b[0]&0x80 != 0 {
			n.Sub(&n, new(big.Int).Lsh(big.NewInt(1), uint(len(b))*8))
		}
	}
	if scale < 0 || scale > 76 {
		return nil, false
	}
	f, _ := new(big.Rat).SetFrac(&n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).Float64()
	return source.Number(f), true
}
