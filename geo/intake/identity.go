package intake

import (
	"strconv"
	"strings"
	"unicode"

	"kawasan/geo/format/source"
)

// identity says where the ids of a layer come from.
type identity struct {
	column  int    // of the layer; -1 for none
	format  bool   // the ids that the format has beside the attributes
	prefix  string // before row numbers, where they are to be apart from others'
	integer bool   // the collection has integers for ids
}

// of gives the id of a feature; "" if it has none. changed says that characters that an
// id must not have were replaced; fits, that it is an integer where those of the
// collection are.
func (i identity) of(f *source.Feature) (id string, changed, fits bool) {
	switch {
	case i.column >= 0:
		if i.column < len(f.Values) { // what could not be read has none
			id = source.AsText(f.Values[i.column])
		}
	case i.format:
		id = f.ID
	default:
		id = i.prefix + strconv.FormatInt(f.Number, 10)
	}
	clean := cleanID(id)
	if i.integer && clean != "" {
		n, err := strconv.ParseInt(clean, 10, 64)
		if err != nil {
			return clean, false, false
		}
		clean = strconv.FormatInt(n, 10)
	}
	return clean, clean != id, true
}

// cleanID makes an id fit for a path: no dots and slashes, no blanks around it,
// nothing that can't be seen.
func cleanID(s string) string {
	if plainID(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '.' || r == '/' || r == '\\':
			return '-'
		case unicode.IsControl(r) || r == '\ufffd':
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// plainID reports whether nothing in an id is to be cleaned, as in nearly all.
func plainID(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' && (c < ' ' || i == 0 || i == len(s)-1) || c == '.' || c == '/' || c == '\\' || c >= 0x7f {
			return false
		}
	}
	return true
}
