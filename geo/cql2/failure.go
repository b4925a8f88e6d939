package cql2

import (
	"strings"
	"unicode/utf8"

	"kawasan/geo"
)

// parameter is the request parameter that filters come in.
const parameter = "filter"

// invalid makes the error for a fault at a position.
func invalid(at Position, format string, args ...any) *geo.Error {
	e := geo.Invalidf(parameter, format, args...).At(at.Line, at.Column)
	e.Place.Pointer = at.Pointer
	return e
}

// clip shortens text of the client for a message and makes it one line.
func clip(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:40]) + "…"
}
