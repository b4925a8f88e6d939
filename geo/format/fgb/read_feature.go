package fgb

import (
	"encoding/binary"
	"math"

	"kawasan/geo"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
)

// Types of columns that are read and not written.
const (
	typeByte   = 0
	typeUByte  = 1
	typeShort  = 3
	typeUShort = 4
	typeInt    = 5
	typeUInt   = 6
	typeULong  = 8
	typeFloat  = 9
	typeBinary = 14
)

// propertyOf gives the type of a column's values; false for bytes and unknown ones.
func propertyOf(kind uint8) (geo.PropertyType, bool) {
	switch kind {
	case typeBool:
		return geo.Boolean, true
	case typeByte, typeUByte, typeShort, typeUShort, typeInt, typeUInt, typeLong, typeULong:
		return geo.Integer, true
	case typeFloat, typeDouble:
		return geo.Number, true
	case typeString:
		return geo.String, true
	case typeJSON:
		return geo.JSON, true
	case typeDateTime:
		return geo.Timestamp, true
	}
	return "", false
}

// feature reads one; what is wrong with it is a Fault.
func (r *reader) feature(b []byte, at source.Place) (*source.Feature, error) {
	t, ok := root(b)
	if !ok {
		return nil, at.Fault("the feature can't be read", "fiturnya tidak terbaca")
	}
	f := &source.Feature{Number: at.Feature, Values: make([]any, len(r.layer.Properties))}
	if own, _ := t.vector(featureColumns, 4); len(own) > 0 {
		return nil, at.Fault("the feature has columns of its own, which others don't have", "fitur ini punya kolom sendiri, yang tidak dimiliki fitur lain")
	}
	values, ok := t.vector(featureProperties, 1)
	if !ok {
		return f, at.Fault("the attributes can't be read", "atributnya tidak terbaca")
	}
	if err := r.values(f.Values, values, at); err != nil {
		return f, err
	}
	_, there, ok := t.follow(featureGeometry)
	if !there {
		return f, nil
	}
	g, sound := t.table(featureGeometry)
	d := decoder{hasZ: r.layer.HasZ, hasM: r.layer.HasM}
	if ok = ok && sound; ok {
		f.WKB, ok = d.geometry(nil, g, r.kind, 0)
	}
	if ok = ok && d.spent <= len(b); ok && d.arcs {
		var err error
		f.WKB, f.Curved, err = r.layer.Geometry(f.WKB)
		ok = err == nil
	}
	if !ok {
		return f, at.Fault("the geometry can't be read", "geometrinya tidak terbaca")
	}
	return f, nil
}

// values reads pairs of a column's number and its value.
func (r *reader) values(out []any, b []byte, at source.Place) error {
	for len(b) > 0 {
		if len(b) < 2 {
			return at.Fault("the attributes end too early", "atributnya berakhir terlalu dini")
		}
		column := int(binary.LittleEndian.Uint16(b))
		if column >= len(r.columns) {
			return at.Fault("an attribute is of column %d, but there are %d", "ada atribut untuk kolom %d, padahal kolomnya hanya %d", column, len(r.columns))
		}
		c := r.columns[column]
		v, n, ok := valueOf(c.kind, b[2:])
		if !ok {
			return at.Fault("the value of the column %d can't be read", "nilai kolom %d tidak terbaca", column)
		}
		if c.value >= 0 {
			if t := r.layer.Properties[c.value].Type; c.converts {
				if v, ok = source.Convert(v, t); !ok {
					return at.Fault("a value of the column %d is no %s, as the header says", "nilai kolom %d bukan %s seperti kata kepala berkas", column, t)
				}
			}
			out[c.value] = v
		}
		b = b[2+n:]
	}
	return nil
}

// valueOf reads a value and tells how many bytes it took.
func valueOf(kind uint8, b []byte) (any, int, bool) {
	sizes := [...]int{1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 4, 4, 4, 4}
	if int(kind) >= len(sizes) || len(b) < sizes[kind] {
		return nil, 0, false
	}
	n := sizes[kind]
	switch kind {
	case typeByte:
		return int64(int8(b[0])), n, true
	case typeUByte:
		return int64(b[0]), n, true
	case typeBool:
		return b[0] != 0, n, true
	case typeShort:
		return int64(int16(binary.LittleEndian.Uint16(b))), n, true
	case typeUShort:
		return int64(binary.LittleEndian.Uint16(b)), n, true
	case typeInt:
		return int64(int32(binary.LittleEndian.Uint32(b))), n, true
	case typeUInt:
		return int64(binary.LittleEndian.Uint32(b)), n, true
	case typeLong:
		return int64(binary.LittleEndian.Uint64(b)), n, true
	case typeULong:
		v := binary.LittleEndian.Uint64(b)
		return int64(v), n, v <= math.MaxInt64
	case typeFloat:
		return source.Number(float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))), n, true
	case typeDouble:
		return source.Number(math.Float64frombits(binary.LittleEndian.Uint64(b))), n, true
	}
	size := uint64(binary.LittleEndian.Uint32(b))
	if size > uint64(len(b)-4) {
		return nil, 0, false
	}
	n += int(size)
	v, ok := textValue(kind, b[4:n])
	return v, n, ok
}

func textValue(kind uint8, b []byte) (any, bool) {
	switch kind {
	case typeString:
		return source.Text(string(b)), true
	case typeJSON:
		raw, ok := source.JSONValue(b)
		return raw, ok
	case typeDateTime:
		return source.Convert(source.Text(string(b)), geo.Timestamp)
	}
	return nil, true
}

// decoder makes WKB of geometries. spent counts the bytes of coordinates used, which in a
// sound file are never more than it has: parts that refer to the same bytes again
// and again could make much out of little.
type decoder struct {
	hasZ, hasM bool
	spent      int
	arcs       bool // some of it is not WKB as Feature.WKB has it
}

func (d *decoder) geometry(dst []byte, g table, kind wkb.Type, depth int) ([]byte, bool) {
	if k := g.uint8(geometryType); k != 0 {
		kind = wkb.Type(k)
	}
	if kind < wkb.Point || kind > wkb.MultiSurface || depth > wkb.MaxDepth {
		return dst, false
	}
	d.arcs = d.arcs || kind > wkb.GeometryCollection
	dst = wkb.AppendHeader(dst, kind, d.hasZ, d.hasM)
	if kind == wkb.MultiPolygon || kind == wkb.GeometryCollection || kind > wkb.CircularString {
		parts, ok := g.tables(geometryParts)
		if !ok {
			return dst, false
		}
		dst = wkb.AppendCount(dst, len(parts))
		member := kind.Member()
		for _, part := range parts {
			if k := wkb.Type(part.uint8(geometryType)); member != 0 && k != 0 && k != member {
				return dst, false
			}
			if d.spent += 8; d.spent > len(g.b)*2 {
				return dst, false
			}
			if dst, ok = d.geometry(dst, part, member, depth+1); !ok {
				return dst, false
			}
		}
		return dst, true
	}
	c, ok := d.coordinates(g)
	if !ok {
		return dst, false
	}
	return d.simple(dst, kind, c)
}

// coordinates are those of a geometry without parts.
type coordinates struct {
	xy, z, m []byte
	ends     []int
}

func (c coordinates) len() int { return len(c.xy) / 16 }

func (d *decoder) coordinates(g table) (coordinates, bool) {
	var c coordinates
	var ok [4]bool
	var ends []byte
	c.xy, ok[0] = g.vector(geometryXY, 8)
	c.z, ok[1] = g.vector(geometryZ, 8)
	c.m, ok[2] = g.vector(geometryM, 8)
	ends, ok[3] = g.vector(geometryEnds, 4)
	if ok != [4]bool{true, true, true, true} || len(c.xy)%16 != 0 {
		return c, false
	}
	n := c.len()
	if d.hasZ && len(c.z) < n*8 && len(c.z) > 0 || d.hasM && len(c.m) < n*8 && len(c.m) > 0 {
		return c, false
	}
	before := 0
	for i := 0; i < len(ends); i += 4 {
		end := int(binary.LittleEndian.Uint32(ends[i:]))
		if end < before || end > n {
			return c, false
		}
		c.ends = append(c.ends, end)
		before = end
	}
	if len(c.ends) == 0 && n > 0 {
		c.ends = []int{n}
	}
	d.spent += len(c.xy)
	return c, d.spent <= len(g.b)*2
}

func (d *decoder) simple(dst []byte, kind wkb.Type, c coordinates) ([]byte, bool) {
	switch kind {
	case wkb.Point:
		if c.len() != 1 {
			return dst, false
		}
		return d.positions(dst, c, 0, 1), true
	case wkb.LineString, wkb.CircularString:
		return d.positions(wkb.AppendCount(dst, c.len()), c, 0, c.len()), true
	case wkb.MultiPoint:
		dst = wkb.AppendCount(dst, c.len())
		for i := range c.len() {
			dst = d.positions(wkb.AppendHeader(dst, wkb.Point, d.hasZ, d.hasM), c, i, i+1)
		}
		return dst, true
	}
	dst = wkb.AppendCount(dst, len(c.ends))
	from := 0
	for _, to := range c.ends {
		if kind == wkb.MultiLineString {
			dst = wkb.AppendHeader(dst, wkb.LineString, d.hasZ, d.hasM)
		}
		dst = d.positions(wkb.AppendCount(dst, to-from), c, from, to)
		from = to
	}
	return dst, true
}

func (d *decoder) positions(dst []byte, c coordinates, from, to int) []byte {
	if !d.hasZ && !d.hasM {
		return append(dst, c.xy[from*16:to*16]...)
	}
	for i := from; i < to; i++ {
		dst = append(dst, c.xy[i*16:i*16+16]...)
		if d.hasZ {
			dst = appendOrdinate(dst, c.z, i)
		}
		if d.hasM {
			dst = appendOrdinate(dst, c.m, i)
		}
	}
	return dst
}

// appendOrdinate writes a height or measure; 0 where the geometry has none.
func appendOrdinate(dst, list []byte, i int) []byte {
	if len(list) == 0 {
		return wkb.AppendFloats(dst, 0)
	}
	return append(dst, list[i*8:i*8+8]...)
}
