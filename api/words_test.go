package api

import (
	"testing"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// TestEveryBoundaryKindHasWords checks both languages.
func TestEveryBoundaryKindHasWords(t *testing.T) {
	t.Parallel()
	for _, c := range []string{"legal", "official_extract", "surveyed", "published_point", "generalised", "outer_envelope", "legal_bbox", "indicative", "estimated"} {
		w := boundaryWords[geodesy.BoundaryKind(c)]
		if w.EN == "" || w.ID == "" || w.EN == w.ID {
			t.Errorf("%s: got %q and %q", c, w.EN, w.ID)
		}
	}
	for _, kind := range []geo.PropertyType{geo.String, geo.Integer, geo.Number, geo.Boolean, geo.DateOnly, geo.Timestamp, geo.TextArray, geo.IntegerArray, geo.NumberArray, geo.JSON} {
		if w := phrases()["type "+string(kind)]; w.EN == "" || w.ID == "" {
			t.Errorf("the type %s has no words", kind)
		}
	}
}
