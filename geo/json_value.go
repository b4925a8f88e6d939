package geo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// ValueFromJSON reads a JSON value as one of a property's type; null and nothing
// become nil. It fails for a value of another type.
func ValueFromJSON(t PropertyType, raw json.RawMessage) (any, error) {
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return nil, nil
	}
	switch t {
	case Integer:
		return readJSON[int64](raw)
	case Number:
		return readJSON[float64](raw)
	case Boolean:
		return readJSON[bool](raw)
	case TextArray:
		return readJSON[[]string](raw)
	case IntegerArray:
		return readJSON[[]int64](raw)
	case NumberArray:
		return readJSON[[]float64](raw)
	case JSON:
		var b bytes.Buffer
		if err := json.Compact(&b, raw); err != nil {
			return nil, err
		}
		return json.RawMessage(b.Bytes()), nil
	}
	s, err := readJSON[string](raw)
	if err != nil {
		return nil, err
	}
	text, _ := s.(string)
	switch t {
	case DateOnly:
		return ParseDate(text)
	case Timestamp:
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return nil, err
		}
		return at.UTC().Truncate(time.Microsecond), nil
	}
	return text, nil
}

func readJSON[T any](raw json.RawMessage) (any, error) {
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, fmt.Errorf("read %s: %w", raw, err)
	}
	return v, nil
}
