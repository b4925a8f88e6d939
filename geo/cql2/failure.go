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

// nearest finds the name most like the one that was written, or "".
func nearest(name string, names []string) string {
	const most = 2
	best, found := most+1, ""
	name = strings.ToLower(clip(name))
	for _, n := range names {
		limit := most
		if len(name) < 5 {
			limit = 1
		}
		if d := edits(name, strings.ToLower(n)); d <= limit && d < best {
			best, found = d, n
		}
	}
	return found
}

// edits counts the insertions, deletions, replacements and swaps of neighbours
// between two words (optimal string alignment).
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(y) > 64 {
		y = y[:64]
	}
	var before []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next := make([]int, len(y)+1)
		next[0] = i + 1
		for j := range y {
			cost := row[j]
			if x[i] != y[j] {
				cost++
			}
			next[j+1] = min(cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(y)]
}
