package export

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"time"

	"kawasan/geo"
)

// Codes before a value in a record.
const (
	codeNull = iota
	codeText
	codeInteger
	codeNumber
	codeFalse
	codeTrue
	codeDate
	codeInstant
	codeJSON
	codeTexts
	codeIntegers
	codeNumbers
)

// AppendRecord appends a feature with this geometry as a Spool keeps it, to be read
// by ReadRecord of the same program. It fails with Internal for a value that is none of
// a feature's.
func AppendRecord(dst []byte, f *geo.Feature, geometry []byte) (_ []byte, err error) {
	dst = appendBlock(dst, f.ID)
	dst = appendBlock(dst, geometry)
	for _, v := range f.Values {
		if dst, err = appendValue(dst, v); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

func appendBlock[T string | []byte | json.RawMessage](dst []byte, v T) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(v))), v...)
}

func appendNumber(dst []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
}

func appendValue(dst []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(dst, codeNull), nil
	case string:
		return appendBlock(append(dst, codeText), v), nil
	case int64:
		return binary.AppendVarint(append(dst, codeInteger), v), nil
	case float64:
		return appendNumber(append(dst, codeNumber), v), nil
	case bool:
		if v {
			return append(dst, codeTrue), nil
		}
		return append(dst, codeFalse), nil
	case geo.Date:
		return binary.AppendVarint(append(dst, codeDate), int64(v)), nil
	case time.Time:
		return binary.AppendVarint(append(dst, codeInstant), v.UnixMicro()), nil
	case json.RawMessage:
		return appendBlock(append(dst, codeJSON), v), nil
	case []string:
		return appendList(append(dst, codeTexts), v, appendBlock[string]), nil
	case []int64:
		return appendList(append(dst, codeIntegers), v, binary.AppendVarint), nil
	case []float64:
		return appendList(append(dst, codeNumbers), v, appendNumber), nil
	}
	return nil, geo.Errorf(geo.Internal, "a value of a feature is a %T", v)
}

func appendList[T any](dst []byte, list []T, one func([]byte, T) []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(list)))
	for _, v := range list {
		dst = one(dst, v)
	}
	return dst
}

// ReadRecord gives back what AppendRecord wrote, into f: its ID, Values and WKB, which
// is a part of b (nil where it was empty). It fails with Internal where b is no such record.
func ReadRecord(b []byte, f *geo.Feature) error {
	r := record{rest: b}
	f.ID = string(r.block())
	f.WKB = nil
	if g := r.block(); len(g) > 0 {
		f.WKB = g[:len(g):len(g)]
	}
	f.Values = f.Values[:0]
	for len(r.rest) > 0 && !r.broken {
		f.Values = append(f.Values, r.value())
	}
	if r.broken {
		return geo.Errorf(geo.Internal, "a temporary file gives back another thing than was written")
	}
	return nil
}

// record is the part of a record that is still to be read.
type record struct {
	rest   []byte
	broken bool
}

// take gives the next n bytes; none where there are not so many.
func (r *record) take(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.broken, r.rest = true, nil
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *record) count() uint64 {
	v, n := binary.Uvarint(r.rest)
	r.take(uint64(max(n, 0)))
	r.broken = r.broken || n <= 0
	return v
}

func (r *record) integer() int64 {
	v, n := binary.Varint(r.rest)
	r.take(uint64(max(n, 0)))
	r.broken = r.broken || n <= 0
	return v
}

func (r *record) block() []byte { return r.take(r.count()) }

func (r *record) text() string { return string(r.block()) }

func (r *record) number() float64 {
	if b := r.take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

func (r *record) value() any {
	code := r.take(1)
	if code == nil {
		return nil
	}
	switch code[0] {
	case codeText:
		return r.text()
	case codeInteger:
		return r.integer()
	case codeNumber:
		return r.number()
	case codeFalse, codeTrue:
		return code[0] == codeTrue
	case codeDate:
		return geo.Date(r.integer())
	case codeInstant:
		return time.UnixMicro(r.integer()).UTC()
	case codeJSON:
		return json.RawMessage(r.text())
	case codeTexts:
		return readList(r, r.text)
	case codeIntegers:
		return readList(r, r.integer)
	case codeNumbers:
		return readList(r, r.number)
	}
	r.broken = r.broken || code[0] != codeNull
	return nil
}

func readList[T any](r *record, one func() T) []T {
	n := r.count()
	if n > uint64(len(r.rest)) { // each takes a byte at least
		r.broken = true
		return nil
	}
	list := make([]T, n)
	for i := range list {
		list[i] = one()
	}
	return list
}
