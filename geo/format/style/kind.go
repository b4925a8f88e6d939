package style

import (
	"slices"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/tile"
)

// KindProperty is the attribute by which features of a collection look different.
const KindProperty = "boundary_kind"

// Kind is a kind of boundary. What is firm is drawn as a solid line, all else dashed;
// points that are sketches are hollow.
type Kind struct {
	Value string // "" stands for all others
	Title geo.Text

	Firm, Sketch bool
}

// kinds are those of the common columns, the surest first.
func kinds() []Kind {
	return []Kind{
		kindOf("legal", geo.Text{EN: "Legal boundary", ID: "Batas hukum"}),
		kindOf("official_extract", geo.Text{EN: "Extract of an official map", ID: "Petikan peta resmi"}),
		kindOf("surveyed", geo.Text{EN: "Surveyed", ID: "Hasil survei"}),
		kindOf("published_point", geo.Text{EN: "Published point", ID: "Titik terpublikasi"}),
		kindOf("generalised", geo.Text{EN: "Generalised", ID: "Digeneralisasi"}),
		kindOf("outer_envelope", geo.Text{EN: "Outer envelope", ID: "Selubung luar"}),
		kindOf("legal_bbox", geo.Text{EN: "Legal bounding box", ID: "Kotak batas hukum"}),
		kindOf("indicative", geo.Text{EN: "Indicative, not official", ID: "Indikatif, tidak resmi"}),
		kindOf("estimated", geo.Text{EN: "Estimated, not official", ID: "Perkiraan, tidak resmi"}),
		kindOf("", geo.Text{EN: "Kind not told", ID: "Jenis tidak disebutkan"}),
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

func kindOf(value string, title geo.Text) Kind {
	return Kind{Value: value, Title: title, Firm: tile.IsFirm(value), Sketch: tile.IsSketch(value)}
}

// Firm reports whether a boundary of the kind is drawn as a solid line, as all are
// in a collection that tells no kinds.
func Firm(c *geo.Collection, kind string) bool {
	_, told := c.PropertyIndex(KindProperty)
	return !told || tile.IsFirm(kind)
}
