package geo

import (
	"encoding/json"
	"fmt"
	"time"
)

// PropertyType is the type of an attribute. A value of a feature is nil or has
// exactly the Go type named beside it, whatever store it came from.
type PropertyType string

// The property types.
const (
	String       PropertyType = "text"      // string, valid UTF-8
	Integer      PropertyType = "integer"   // int64
	Number       PropertyType = "number"    // float64, finite
	Boolean      PropertyType = "boolean"   // bool
	DateOnly     PropertyType = "date"      // Date
	Timestamp    PropertyType = "timestamp" // time.Time in UTC, whole microseconds
	TextArray    PropertyType = "text[]"    // []string
	IntegerArray PropertyType = "integer[]" // []int64
	NumberArray  PropertyType = "number[]"  // []float64
	JSON         PropertyType = "json"      // json.RawMessage, compact
)

// IsArray reports whether values of the type are lists.
func (t PropertyType) IsArray() bool {
	return t == TextArray || t == IntegerArray || t == NumberArray
}

// IsTemporal reports whether values of the type are dates or instants.
func (t PropertyType) IsTemporal() bool { return t == DateOnly || t == Timestamp }

// IsNumeric reports whether values of the type are numbers.
func (t PropertyType) IsNumeric() bool { return t == Integer || t == Number }

// NumberOf gives the value of an attribute if it is a number.
func NumberOf(value any) (float64, bool) {
	switch v := value.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	}
	return 0, false
}

// Date is a calendar day: the number of days since 1970-01-01.
type Date int32

const secondsPerDay = 24 * 60 * 60

// NewDate gives the day on which t falls in UTC.
func NewDate(t time.Time) Date {
	seconds := t.Unix()
	days := seconds / secondsPerDay
	if seconds%secondsPerDay < 0 {
		days--
	}
	return Date(days)
}

// ParseDate reads YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("read date %q: %w", s, err)
	}
	return NewDate(t), nil
}

// Time gives the first instant of the day, in UTC.
func (d Date) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String gives YYYY-MM-DD.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }

// MarshalJSON gives the day as a JSON string.
func (d Date) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// FormatTimestamp gives an instant as RFC 3339 in UTC, with as many decimals of
// the second (at most six) as it has.
func FormatTimestamp(t time.Time) string {
	return t.UTC().Truncate(time.Microsecond).Format("2006-01-02T15:04:05.999999Z07:00")
}
