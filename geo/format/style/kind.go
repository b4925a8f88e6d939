package style

import (
	"slices"

	"kawasan/geo"
	"kawasan/geo/format/export"
)

// KindProperty is the attribute by which features of a collection look different.
const KindProperty = "boundary_kind"

// Kind is a kind of boundary. What is firm is drawn as a solid line, all else dashed.
type Kind struct {
	Value string // "" stands for all others
	Title geo.Text
	Firm  bool
}

// kinds are those of the common columns, the surest first.
func kinds() []Kind {
	return []Kind{
		{"legal", geo.Text{EN: "Legal boundary", ID: "Batas hukum"}, true},
		{"official_extract", geo.Text{EN: "Extract of an official map", ID: "Petikan peta resmi"}, true},
		{"surveyed", geo.Text{EN: "Surveyed", ID: "Hasil survei"}, true},
		{"published_point", geo.Text{EN: "Published point", ID: "Titik terpublikasi"}, true},
		{"generalised", geo.Text{EN: "Generalised", ID: "Digeneralisasi"}, false},
		{"outer_envelope", geo.Text{EN: "Outer envelope", ID: "Selubung luar"}, false},
		{"legal_bbox", geo.Text{EN: "Legal bounding box", ID: "Kotak batas hukum"}, false},
		{"indicative", geo.Text{EN: "Indicative, not official", ID: "Indikatif, tidak resmi"}, false},
		{"estimated", geo.Text{EN: "Estimated, not official", ID: "Perkiraan, tidak resmi"}, false},
		{"", geo.Text{EN: "Kind not told", ID: "Jenis tidak disebutkan"}, true},
	}
}

// Kinds gives the kinds that features of the layer may have, all others last; nil
// where the layer does not tell.
func Kinds(l export.Layer) []Kind {
	i := slices.IndexFunc(l.Columns(), func(c export.Column) bool { return c.Name == KindProperty && c.Type == geo.String })
	if i < 0 {
		return nil
	}
	return kinds()
}

// Firm reports whether a boundary of the kind is drawn as a solid line.
func Firm(kind string) bool {
	for _, k := range kinds() {
		if k.Value == kind {
			return k.Firm
		}
	}
	return true
}
