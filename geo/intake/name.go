package intake

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestName is how many bytes the name of a column may have in PostgreSQL.
const longestName = 63

// columnName makes the name of a column from a file into one that is easily typed
// in a filter or in SQL: lower case, and _ for what is neither letter nor digit. Empty
// names become column.
func columnName(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(norm.NFC.String(name)) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		b.WriteRune(r)
	}
	s := clipBytes(b.String(), longestName)
	if s == "" {
		return "column"
	}
	if s[0] >= '0' && s[0] <= '9' {
		return clipBytes("c"+s, longestName)
	}
	return s
}

// unique gives the name, with a number behind it if it is taken.
func unique(name string, taken func(string) bool) string {
	out := name
	for i := 2; taken(out); i++ {
		number := "_" + strconv.Itoa(i)
		out = clipBytes(name, longestName-len(number)) + number
	}
	return out
}

// clipBytes cuts text on the border of a character.
func clipBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// clip shortens text from a file for a message.
func clip(s string) string {
	r := []rune(s)
	if len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
