package export

import (
	"math"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
)

// Plain gives a value as people read it; "" for null and for what is no number.
func Plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case geo.Date:
		return v.String()
	case time.Time:
		return geo.FormatTimestamp(v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return ""
		}
	}
	return string(geojson.AppendValue(nil, v))
}
