package postgis

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"kawasan/geo"
)

// valueFromJSON reads a JSON value as one of a property's type; null and
// nothing become nil.
func valueFromJSON(t geo.PropertyType, raw json.RawMessage) (any, error) {
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return nil, nil
	}
	switch t {
	case geo.Integer:
		return read[int64](raw)
	case geo.Number:
		return read[float64](raw)
	case geo.Boolean:
		return read[bool](raw)
	case geo.TextArray:
		return read[[]string](raw)
	case geo.IntegerArray:
		return read[[]int64](raw)
	case geo.NumberArray:
		return read[[]float64](raw)
	case geo.JSON:
		var b bytes.Buffer
		if err := json.Compact(&b, raw); err != nil {
			return nil, err
		}
		return json.RawMessage(b.Bytes()), nil
	}
	s, err := read[string](raw)
	if err != nil {
		return nil, err
	}
	text, _ := s.(string)
	switch t {
	case geo.DateOnly:
		return geo.ParseDate(text)
	case geo.Timestamp:
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return nil, err
		}
		return at.UTC().Truncate(time.Microsecond), nil
	}
	return text, nil
}

func read[T any](raw json.RawMessage) (any, error) {
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, fmt.Errorf("read %s: %w", raw, err)
	}
	return v, nil
}
