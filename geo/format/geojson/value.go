package geojson

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"kawasan/geo"
	"kawasan/geo/format/decimal"
)

// AppendValue writes the value of an attribute as JSON; see geo.PropertyType for
// the Go types. A float64 has the fewest digits that give it back; NaN and the
// infinities become null. An int64 is a number with all its digits. Anything
// that has no JSON form becomes null.
func AppendValue(dst []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(dst, "null"...)
	case string:
		return AppendString(dst, v)
	case bool:
		return strconv.AppendBool(dst, v)
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case int:
		return strconv.AppendInt(dst, int64(v), 10)
	case float64:
		return AppendNumber(dst, v)
	case geo.Date:
		return AppendString(dst, v.String())
	case time.Time:
		return AppendString(dst, geo.FormatTimestamp(v))
	case []string:
		return appendList(dst, v, AppendString)
	case []int64:
		return appendList(dst, v, func(dst []byte, n int64) []byte { return strconv.AppendInt(dst, n, 10) })
	case []float64:
		return appendList(dst, v, AppendNumber)
	case []any:
		return appendList(dst, v, AppendValue)
	case json.RawMessage:
		if json.Valid(v) {
			return append(dst, v...)
		}
	default:
		if b, err := json.Marshal(v); err == nil {
			return append(dst, b...)
		}
	}
	return append(dst, "null"...)
}

// AppendNumber writes a number in its shortest form; null for NaN and the infinities.
func AppendNumber(dst []byte, v float64) []byte {
	if !isFinite(v) {
		return append(dst, "null"...)
	}
	return decimal.AppendShortest(dst, v)
}

func appendList[T any](dst []byte, list []T, one func([]byte, T) []byte) []byte {
	if list == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, '[')
	for i, v := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = one(dst, v)
	}
	return append(dst, ']')
}

const hex = "0123456789abcdef"

// each is a byte eight times; high is the highest bit of every byte of a word.
const (
	each = 0x0101010101010101
	high = 0x80 * each
)

// plainWords is the length of the beginning of s that stands for itself in a JSON
// string, as far as it shows by eight bytes at a time. Nearly all texts are plain.
func plainWords(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		// A byte below what is taken off borrows and so gets its highest bit.
		if (w|(w-' '*each)|((w^'"'*each)-each)|((w^'\\'*each)-each))&high != 0 {
			break
		}
	}
	return i
}

// AppendString writes text as a JSON string. Control characters, quotes and
// backslashes are escaped, invalid UTF-8 becomes U+FFFD, all else stays as it is.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := plainWords(s); i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' {
				i++
				continue
			}
			dst = append(dst, s[start:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			case '\b':
				dst = append(dst, '\\', 'b')
			case '\f':
				dst = append(dst, '\\', 'f')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			dst = append(dst, s[start:i]...)
			dst = append(dst, "\ufffd"...)
			i++
			start = i
			continue
		}
		i += size
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}
