package cql2

import (
	"time"

	"kawasan/geo"
)

// readDate reads YYYY-MM-DD.
func readDate(s string) (geo.Date, bool) {
	d, err := geo.ParseDate(s)
	return d, err == nil
}

// readTimestamp reads an RFC 3339 timestamp; what is finer than a microsecond is cut off.
func readTimestamp(s string) (time.Time, bool) {
	if len(s) < len("2006-01-02T15:04:05Z") || s[10] != 'T' {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, false
	}
	t = t.UTC()
	t = t.Add(-time.Duration(t.Nanosecond() % 1000))
	if t.Year() < 0 || t.Year() > 9999 {
		return time.Time{}, false
	}
	return t, true
}

// readInstant reads a date or a timestamp.
func readInstant(s string) (any, bool) {
	if d, ok := readDate(s); ok {
		return d, true
	}
	if t, ok := readTimestamp(s); ok {
		return t, true
	}
	return nil, false
}

// instantText prints a date or a timestamp so that readInstant reads it.
func instantText(v any) string {
	switch v := v.(type) {
	case geo.Date:
		return v.String()
	case time.Time:
		return geo.FormatTimestamp(v)
	}
	return ""
}
