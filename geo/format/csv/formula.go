package csv

import (
	"strings"
	"unicode"
)

// isFormula reports whether a spreadsheet would run text: it takes what begins so for a
// formula, but what is only a sign, a number or a telephone number behind one does nothing.
func isFormula(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '=', '@', '\t', '\r':
		return true
	case '+', '-':
		return strings.ContainsAny(s, "(|!=") && strings.ContainsFunc(s, unicode.IsLetter)
	}
	return false
}

// isGuarded reports whether text is a formula behind apostrophes.
func isGuarded(s string) bool {
	return strings.HasPrefix(s, "'") && isFormula(strings.TrimLeft(s, "'"))
}

// unguarded takes the apostrophe away that keeps a formula from being run.
func unguarded(s string) string {
	if isGuarded(s) {
		return s[1:]
	}
	return s
}
