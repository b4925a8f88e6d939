package source

import (
	"bytes"
	"encoding/json"
	"strconv"

	"kawasan/geo"
)

// Widening finds the type of a column from its values, in formats that declare
// none: the narrowest that holds all of them. The zero value has seen nothing.
type Widening struct {
	kind kind
}

// kind is what a value looks like.
type kind uint8

const (
	nothing kind = iota
	boolean
	whole
	huge // an integer beyond 64 bits: kept as text, digit for digit
	decimal
	day
	moment
	text
	texts
	wholes
	decimals
	empty // an empty list
	other // JSON of any other form
)

// Type is the type found so far; text when all values were null.
func (w Widening) Type() geo.PropertyType {
	switch w.kind {
	case boolean:
		return geo.Boolean
	case whole:
		return geo.Integer
	case decimal:
		return geo.Number
	case day:
		return geo.DateOnly
	case moment:
		return geo.Timestamp
	case texts, empty:
		return geo.TextArray
	case wholes:
		return geo.IntegerArray
	case decimals:
		return geo.NumberArray
	case other:
		return geo.JSON
	}
	return geo.String
}

// SeeJSON takes a value in, as valid JSON.
func (w *Widening) SeeJSON(raw []byte) {
	if len(raw) == 0 || raw[0] == 'n' || w.kind == other || w.kind == text && raw[0] == '"' {
		return
	}
	w.join(jsonKind(raw))
}

// SeeText takes a value in that a text file has as text, without quotes.
func (w *Widening) SeeText(s string) {
	if s != "" && w.kind != text {
		w.join(textKind(s))
	}
}

func (w *Widening) join(k kind) {
	a, b := min(w.kind, k), max(w.kind, k)
	switch {
	case a == nothing || a == b:
	case a == whole && b == decimal:
	case a == huge && b == decimal, a == whole && b == huge:
	case a == day && b == moment:
	case a == wholes && b == decimals:
	case b == empty && a >= texts:
		b = a
	case b >= texts: // a list, and something else
		b = other
	default:
		b = text
	}
	w.kind = b
}

func jsonKind(raw []byte) kind {
	switch raw[0] {
	case 't', 'f':
		return boolean
	case '"':
		if bytes.IndexByte(raw, '\\') >= 0 {
			return text
		}
		s := string(raw[1 : len(raw)-1])
		if _, ok := Day(s); ok {
			return day
		}
		if _, ok := Moment(s); ok {
			return moment
		}
		return text
	case '[':
		return listKind(raw)
	case '{':
		return other
	}
	return numberKind(string(raw))
}

func numberKind(s string) kind {
	for _, c := range s {
		if c == '.' || c == 'e' || c == 'E' {
			return decimal
		}
	}
	if _, err := strconv.ParseInt(s, 10, 64); err != nil {
		return huge
	}
	return whole
}

func listKind(raw []byte) kind {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return other
	}
	found := empty
	for _, v := range list {
		k := other
		switch v[0] {
		case '"':
			k = texts
		case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			k = decimals
			if numberKind(string(v)) == whole {
				k = wholes
			}
		}
		switch {
		case found == empty || found == k:
			found = k
		case found == wholes && k == decimals || found == decimals && k == wholes:
			found = decimals
		default:
			return other
		}
	}
	return found
}

// textKind tells what text looks like. Digits with a leading zero are a code, not
// a number.
func textKind(s string) kind {
	switch s {
	case "true", "false", "TRUE", "FALSE", "True", "False":
		return boolean
	}
	c := s[0]
	if c != '-' && c != '+' && c != '.' && (c < '0' || c > '9') {
		return text
	}
	if d, ok := Day(s); ok {
		_ = d
		return day
	}
	if _, ok := Moment(s); ok {
		return moment
	}
	digits := s
	if c == '-' {
		digits = s[1:]
	}
	if len(digits) > 1 && digits[0] == '0' && digits[1] != '.' {
		return text
	}
	if f, err := strconv.ParseFloat(s, 64); err != nil || Number(f) == nil || bytes.ContainsAny([]byte(s), "xX_pP+") && c == '+' {
		return text
	}
	for _, r := range digits {
		if r != '.' && r != 'e' && r != 'E' && r != '-' && r != '+' && (r < '0' || r > '9') {
			return text // hexadecimal, underscores
		}
	}
	return numberKind(s)
}
