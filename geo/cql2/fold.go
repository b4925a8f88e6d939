package cql2

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold applies CASEI or ACCENTI to a text.
func fold(op Operator, s string) string {
	if op == CaseI {
		return FoldCase(s)
	}
	return FoldAccents(s)
}

// FoldCase is CASEI: full Unicode case folding, so that ß equals SS. It does not normalise.
func FoldCase(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	return cases.Fold().String(s)
}

// FoldAccents is ACCENTI: canonical decomposition, combining marks (category Mn)
// left out, composed again. Letters that do not decompose, such as ø, stay.
func FoldAccents(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			marks := func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}
			return norm.NFC.String(strings.Map(marks, norm.NFD.String(s)))
		}
	}
	return s
}
