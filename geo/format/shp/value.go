package shp

import (
	"encoding/json"
	"math"
	"strconv"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
)

// fieldKind gives the type of column for a property.
func fieldKind(t geo.PropertyType) byte {
	switch t {
	case geo.Integer, geo.Number:
		return 'N'
	case geo.Boolean:
		return 'L'
	case geo.DateOnly:
		return 'D'
	}
	return 'C'
}

// appendValue writes a value as its column has it; nothing for null and for what
// the type of the column can't hold: a day outside the years 0 to 9999.
func appendValue(dst []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return dst
	case string:
		return append(dst, v...)
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case float64:
		return appendNumber(dst, v)
	case bool:
		if v {
			return append(dst, 'T')
		}
		return append(dst, 'F')
	case geo.Date:
		if year := v.Time().Year(); year < 0 || year > 9999 {
			return dst
		}
		return v.Time().AppendFormat(dst, "20060102")
	case time.Time:
		return append(dst, geo.FormatTimestamp(v)...)
	case json.RawMessage:
		return append(dst, v...)
	}
	return geojson.AppendValue(dst, v)
}

// appendNumber writes the shortest form: plain if it fits the column, else with an exponent.
func appendNumber(dst []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return dst
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, v, 'f', -1, 64)
	if len(dst)-start <= widestNumber-2 {
		return dst
	}
	return strconv.AppendFloat(dst[:start], v, 'e', -1, 64)
}
