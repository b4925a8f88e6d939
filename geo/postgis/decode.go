package postgis

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"kawasan/geo"
)

// Days and microseconds are counted from 2000-01-01 on the wire.
const (
	epochDays    = 10957
	epochSeconds = epochDays * 24 * 60 * 60
)

// decode reads a value in PostgreSQL's binary form, travelling as castType
// says. What has no value of ours (infinity, NaN) becomes nil.
func decode(t geo.PropertyType, raw []byte) (any, error) {
	if raw == nil {
		return nil, nil
	}
	switch t {
	case geo.Integer:
		if len(raw) == 8 {
			return int64(binary.BigEndian.Uint64(raw)), nil // two's complement
		}
	case geo.Number:
		if len(raw) == 8 {
			return finite(math.Float64frombits(binary.BigEndian.Uint64(raw))), nil
		}
	case geo.Boolean:
		if len(raw) == 1 {
			return raw[0] != 0, nil
		}
	case geo.DateOnly:
		if len(raw) == 4 {
			days := int32(binary.BigEndian.Uint32(raw)) // two's complement
			if days == math.MaxInt32 || days == math.MinInt32 {
				return nil, nil
			}
			return geo.Date(days + epochDays), nil
		}
	case geo.Timestamp:
		if len(raw) == 8 {
			micros := int64(binary.BigEndian.Uint64(raw)) // two's complement
			if micros > math.MaxInt64-epochSeconds*1e6 || micros == math.MinInt64 {
				return nil, nil // infinity, or the last years that PostgreSQL knows
			}
			return time.UnixMicro(micros + epochSeconds*1e6).UTC(), nil
		}
	case geo.JSON:
		var b bytes.Buffer
		if err := json.Compact(&b, raw); err != nil {
			return nil, fmt.Errorf("compact json: %w", err)
		}
		return json.RawMessage(b.Bytes()), nil
	case geo.TextArray, geo.IntegerArray, geo.NumberArray:
		return decodeArray(t, raw)
	default:
		return text(raw), nil
	}
	return nil, fmt.Errorf("decode %s: %d bytes", t, len(raw))
}

// finite gives nil for what JSON has no number for.
func finite(f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return f
}

func text(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	return strings.ToValidUTF8(string(raw), "\uFFFD")
}

// decodeArray reads a one-dimensional array; of one with more dimensions the
// elements in order. Null elements are left out.
func decodeArray(t geo.PropertyType, raw []byte) (any, error) {
	const header = 12
	if len(raw) < header {
		return nil, fmt.Errorf("decode %s: header of %d bytes", t, len(raw))
	}
	dimensions := int(binary.BigEndian.Uint32(raw))
	rest := raw[header:]
	if len(rest) < 8*dimensions {
		return nil, fmt.Errorf("decode %s: %d dimensions in %d bytes", t, dimensions, len(raw))
	}
	rest = rest[8*dimensions:]
	var texts []string
	var integers []int64
	var numbers []float64
	for len(rest) >= 4 {
		n := int32(binary.BigEndian.Uint32(rest)) // -1 is null
		rest = rest[4:]
		if n < 0 {
			continue
		}
		if int(n) > len(rest) {
			return nil, fmt.Errorf("decode %s: element of %d bytes in %d", t, n, len(rest))
		}
		element := rest[:n]
		rest = rest[n:]
		switch {
		case t == geo.TextArray:
			texts = append(texts, text(element))
		case n != 8:
			return nil, fmt.Errorf("decode %s: element of %d bytes", t, n)
		case t == geo.IntegerArray:
			integers = append(integers, int64(binary.BigEndian.Uint64(element))) // two's complement
		default:
			if f, ok := finite(math.Float64frombits(binary.BigEndian.Uint64(element))).(float64); ok {
				numbers = append(numbers, f)
			}
		}
	}
	switch t {
	case geo.TextArray:
		return append([]string{}, texts...), nil
	case geo.IntegerArray:
		return append([]int64{}, integers...), nil
	default:
		return append([]float64{}, numbers...), nil
	}
}
