package fgb

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"strconv"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
)

func typeOf(t geo.PropertyType) uint8 {
	switch t {
	case geo.String:
		return typeString
	case geo.Integer:
		return typeLong
	case geo.Number:
		return typeDouble
	case geo.Boolean:
		return typeBool
	case geo.DateOnly, geo.Timestamp:
		return typeDateTime
	}
	return typeJSON
}

// properties encodes id and attributes: for each that isn't null the number of
// its column and the value, little endian.
func (w *writer) properties(f *geo.Feature) ([]byte, error) {
	b := binary.LittleEndian.AppendUint16(w.values[:0], 0)
	if w.layer.Collection.IntegerID {
		id, err := strconv.ParseInt(f.ID, 10, 64)
		if err != nil {
			return nil, geo.Errorf(geo.Internal, "the id %q is no integer", f.ID).Because(err)
		}
		b = binary.LittleEndian.AppendUint64(b, uint64(id))
	} else {
		b = appendText(b, f.ID)
	}
	for i, c := range w.columns {
		v := c.Value(f)
		if v == nil {
			continue
		}
		if n, ok := v.(float64); ok && (math.IsNaN(n) || math.IsInf(n, 0)) {
			continue
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(i+1))
		b = w.appendValue(b, v)
	}
	w.values = b
	return b, nil
}

func (w *writer) appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendText(b, v)
	case int64:
		return binary.LittleEndian.AppendUint64(b, uint64(v))
	case float64:
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	case bool:
		if v {
			return append(b, 1)
		}
		return append(b, 0)
	case geo.Date:
		return appendText(b, v.String())
	case time.Time:
		return appendText(b, geo.FormatTimestamp(v))
	case json.RawMessage:
		return appendText(b, v)
	}
	w.scratch = geojson.AppendValue(w.scratch[:0], v)
	return appendText(b, w.scratch)
}

func appendText[T string | []byte | json.RawMessage](b []byte, s T) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s)))
	return append(b, s...)
}
