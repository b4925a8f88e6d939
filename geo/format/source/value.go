package source

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kawasan/geo"
)

// Text makes text from a file fit to be stored: what is no UTF-8 and the zero
// character become U+FFFD, which the rules about unreadable text find.
func Text(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}

// Number gives a number as a value; nil (null) unless it is finite.
func Number(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}

// Instant gives a time as a value: UTC, whole microseconds.
func Instant(t time.Time) any { return t.UTC().Truncate(time.Microsecond) }

// JSONValue gives text that is JSON as a value; false if it isn't, or too deep.
func JSONValue(text []byte) (json.RawMessage, bool) {
	var b bytes.Buffer
	if json.Compact(&b, text) != nil || bytes.Contains(b.Bytes(), []byte(`\u0000`)) {
		return nil, false
	}
	return b.Bytes(), true
}

// dates and instants are the ways to write them that are understood; a time
// without a zone is UTC.
var (
	dates    = []string{time.DateOnly, "2006/01/02"}
	instants = []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999-07",
		"2006-01-02 15:04:05.999999999", "2006/01/02 15:04:05.999999999-07", "2006/01/02 15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02 15:04", "2006-01-02T15:04",
	}
)

// Day reads a date as ISO 8601 writes it.
func Day(s string) (geo.Date, bool) {
	if len(s) != len(time.DateOnly) || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	for _, layout := range dates {
		if t, err := time.Parse(layout, s); err == nil {
			return geo.NewDate(t), true
		}
	}
	return 0, false
}

// Moment reads an instant as ISO 8601, SQL or GDAL write it.
func Moment(s string) (time.Time, bool) {
	if len(s) < len("2006-01-02T15:04") || s[0] < '0' || s[0] > '9' {
		return time.Time{}, false
	}
	for _, layout := range instants {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1 {
			return t.UTC().Truncate(time.Microsecond), true
		}
	}
	return time.Time{}, false
}

// Convert gives a value as one of another type; false where that would lose
// something. Empty text is null of any type but text.
func Convert(v any, to geo.PropertyType) (any, bool) {
	if s, ok := v.(string); ok && to != geo.String {
		if strings.TrimSpace(s) == "" {
			return nil, true
		}
		return fromText(strings.TrimSpace(s), to)
	}
	if v == nil {
		return nil, true
	}
	switch to {
	case geo.String:
		if _, ok := v.(string); ok {
			return v, true
		}
		return AsText(v), true
	case geo.Integer:
		return asInteger(v)
	case geo.Number:
		return asNumber(v)
	case geo.Boolean:
		switch v := v.(type) {
		case bool:
			return v, true
		case int64:
			return v == 1, v == 0 || v == 1
		}
	case geo.DateOnly:
		switch v := v.(type) {
		case geo.Date:
			return v, true
		case time.Time:
			d := geo.NewDate(v)
			return d, d.Time().Equal(v)
		}
	case geo.Timestamp:
		switch v := v.(type) {
		case geo.Date:
			return v.Time(), true
		case time.Time:
			return v, true
		}
	case geo.JSON:
		raw, err := json.Marshal(v)
		return json.RawMessage(raw), err == nil
	default:
		return asList(v, to)
	}
	return nil, false
}

func fromText(s string, to geo.PropertyType) (any, bool) {
	switch to {
	case geo.Integer:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			f, err := strconv.ParseFloat(s, 64)
			if err != nil {
				return nil, false
			}
			return asInteger(f)
		}
		return n, true
	case geo.Number:
		f, err := strconv.ParseFloat(s, 64)
		return Number(f), err == nil && Number(f) != nil
	case geo.Boolean:
		switch strings.ToLower(s) {
		case "true", "t", "yes", "y", "ya", "1":
			return true, true
		case "false", "f", "no", "n", "tidak", "0":
			return false, true
		}
		return nil, false
	case geo.DateOnly:
		if d, ok := Day(s); ok {
			return d, true
		}
		t, ok := Moment(s)
		return geo.NewDate(t), ok && geo.NewDate(t).Time().Equal(t)
	case geo.Timestamp:
		if d, ok := Day(s); ok {
			return d.Time(), true
		}
		return Moment(s)
	}
	raw, ok := JSONValue([]byte(s))
	if !ok {
		return nil, false
	}
	return Convert(raw, to)
}

func asInteger(v any) (any, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case float64:
		n := int64(v)
		return n, float64(n) == v && math.Abs(v) < 1<<53
	case bool:
		if v {
			return int64(1), true
		}
		return int64(0), true
	}
	return nil, false
}

func asNumber(v any) (any, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int64:
		f := float64(v)
		return f, f < 1<<63 && int64(f) == v
	}
	return nil, false
}

// asList turns JSON into a list.
func asList(v any, to geo.PropertyType) (any, bool) {
	switch v := v.(type) {
	case []string:
		return v, to == geo.TextArray
	case []int64:
		if to == geo.NumberArray {
			list := make([]float64, len(v))
			for i, n := range v {
				list[i] = float64(n)
			}
			return list, true
		}
		return v, to == geo.IntegerArray
	case []float64:
		return v, to == geo.NumberArray
	case json.RawMessage:
		if string(v) == "null" {
			return nil, true
		}
		switch to {
		case geo.TextArray:
			return list[string](v)
		case geo.IntegerArray:
			return list[int64](v)
		case geo.NumberArray:
			return list[float64](v)
		}
	}
	return nil, false
}

func list[T any](raw json.RawMessage) (any, bool) {
	var pointers []*T
	if json.Unmarshal(raw, &pointers) != nil || pointers == nil {
		return nil, false
	}
	values := make([]T, len(pointers))
	for i, p := range pointers {
		if p == nil {
			return nil, false // lists here hold no nulls
		}
		values[i] = *p
	}
	return values, true
}

// AsText gives any value as text; JSON for lists.
func AsText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case geo.Date:
		return v.String()
	case time.Time:
		return geo.FormatTimestamp(v)
	case json.RawMessage:
		return string(v)
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}
