package intake

import (
	"strconv"
	"strings"
	"unicode"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// longestID is how many bytes an id may have.
const longestID = 200

// identity says where the ids of a layer come from.
type identity struct {
	column  int    // of the layer; -1 for none
	format  bool   // the ids that the format has beside the attributes
	prefix  string // before row numbers, where they are to be apart from others'
	integer bool   // the collection has integers for ids
}

// of gives the id of a feature. changed says that characters that an id must not have were replaced.
func (i identity) of(f *source.Feature) (id string, changed bool, err *geo.Error) {
	switch {
	case i.column >= 0:
		id = source.AsText(f.Values[i.column])
	case i.format:
		id = f.ID
	default:
		id = i.prefix + strconv.FormatInt(f.Number, 10)
	}
	clean := cleanID(id)
	switch {
	case clean == "":
		return "", false, geo.Errorf(geo.Invalid, "there is no id").Try("a value in each row of the column, or --id %s to number the rows", RowNumber)
	case len(clean) > longestID:
		return "", false, geo.Errorf(geo.Invalid, "the id %q is longer than %d bytes", clip(clean), longestID).Try("a shorter column with --id")
	}
	if i.integer {
		n, bad := strconv.ParseInt(clean, 10, 64)
		if bad != nil {
			return "", false, geo.Errorf(geo.Invalid, "the id %q is no integer, as the ids of this collection are", clip(clean)).Try("--id with a column of integers")
		}
		clean = strconv.FormatInt(n, 10)
	}
	return clean, clean != id, nil
}

// cleanID makes an id fit for a path: no dots and slashes, no blanks around it,
// nothing that can't be seen.
func cleanID(s string) string {
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
