package gpkg

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
)

// record is a row in the form of SQLite: the types of all values, then the values.
type record struct {
	types, values, whole []byte
}

func (r *record) reset() { r.types, r.values = r.types[:0], r.values[:0] }

// bytes gives the row, valid until the next call.
func (r *record) bytes() []byte {
	// The size of the header counts itself.
	size := len(r.types) + 1
	if size > 0x7f {
		size++
	}
	r.whole = appendVarint(r.whole[:0], uint64(size))
	r.whole = append(append(r.whole, r.types...), r.values...)
	return r.whole
}

func (r *record) null() { r.types = append(r.types, 0) }

func (r *record) integer(v int64) {
	size, code := 8, byte(6)
	switch {
	case v == 0 || v == 1:
		r.types = append(r.types, 8+byte(v))
		return
	case v == int64(int8(v)):
		size, code = 1, 1
	case v == int64(int16(v)):
		size, code = 2, 2
	case v<<40>>40 == v:
		size, code = 3, 3
	case v == int64(int32(v)):
		size, code = 4, 4
	case v<<16>>16 == v:
		size, code = 6, 5
	}
	r.types = append(r.types, code)
	for i := size - 1; i >= 0; i-- {
		r.values = append(r.values, byte(v>>(8*i)))
	}
}

// number writes NaN and the infinities as null.
func (r *record) number(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		r.null()
		return
	}
	r.types = append(r.types, 7)
	r.values = binary.BigEndian.AppendUint64(r.values, math.Float64bits(v))
}

func (r *record) text(s string) {
	r.types = appendVarint(r.types, uint64(len(s))*2+13)
	r.values = append(r.values, s...)
}

func (r *record) blob(b []byte) {
	r.types = appendVarint(r.types, uint64(len(b))*2+12)
	r.values = append(r.values, b...)
}

// value writes an attribute.
func (r *record) value(v any) {
	switch v := v.(type) {
	case nil:
		r.null()
	case string:
		r.text(v)
	case int64:
		r.integer(v)
	case float64:
		r.number(v)
	case bool:
		r.integer(int64(flag(v)))
	case geo.Date:
		r.text(v.String())
	case time.Time:
		r.text(stamp(v))
	case json.RawMessage:
		r.text(string(v))
	default: // a list
		start := len(r.values)
		r.values = geojson.AppendValue(r.values, v)
		r.types = appendVarint(r.types, uint64(len(r.values)-start)*2+13)
	}
}
