package tile

import (
	"encoding/json"
	"strconv"
	"time"

	"kawasan/geo"
)

// appendValue appends an attribute as an MVT value; ok is false for null. Dates
// and instants become text, lists and JSON become JSON text.
func appendValue(dst []byte, v any) (_ []byte, ok bool) {
	switch v := v.(type) {
	case nil:
		return dst, false
	case string:
		return appendText(dst, valueString, v), true
	case bool:
		if v {
			return append(dst, valueBool, 1), true
		}
		return append(dst, valueBool, 0), true
	case int64:
		if v >= 0 {
			return appendVarint(append(dst, valueUint), uint64(v)), true
		}
		return appendVarint(append(dst, valueSint), zigzag(v)), true
	case float64:
		if !finite(v) {
			return dst, false
		}
		return appendDouble(dst, v), true
	case geo.Date:
		return appendText(dst, valueString, v.String()), true
	case time.Time:
		return appendText(dst, valueString, geo.FormatTimestamp(v)), true
	case json.RawMessage:
		return appendBytes(dst, valueString, v), true
	}
	text, err := json.Marshal(v)
	if err != nil {
		return dst, false
	}
	return appendBytes(dst, valueString, text), true
}

// FeatureNumber gives the integer id of a feature in a tile. Where the
// collection's ids are integers it is the id, if not negative; otherwise it is
// the FNV-1a hash of the id in 64 bits, folded to the 53 that JavaScript keeps.
// The id itself is the property "id".
func FeatureNumber(f *geo.Feature) uint64 {
	if f.Collection.IntegerID {
		if n, err := strconv.ParseUint(f.ID, 10, 63); err == nil {
			return n
		}
	}
	// Fowler, Noll, Vo: offset basis and prime of 64 bits.
	h := uint64(14695981039346656037)
	for i := range len(f.ID) {
		h = (h ^ uint64(f.ID[i])) * 1099511628211
	}
	return h>>53 ^ h&(1<<53-1)
}

// idValue is the id as a property.
func idValue(f *geo.Feature) any {
	if f.Collection.IntegerID {
		if n, err := strconv.ParseInt(f.ID, 10, 64); err == nil {
			return n
		}
	}
	return f.ID
}
