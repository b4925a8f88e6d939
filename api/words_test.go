package api

import (
	"testing"

	"kawasan/geo"
)

// TestEveryTypeHasWords checks both languages.
func TestEveryTypeHasWords(t *testing.T) {
	t.Parallel()
	for _, kind := range []geo.PropertyType{geo.String, geo.Integer, geo.Number, geo.Boolean, geo.DateOnly, geo.Timestamp, geo.TextArray, geo.IntegerArray, geo.NumberArray, geo.JSON} {
		if w := phrases()["type "+string(kind)]; w.EN == "" || w.ID == "" {
			t.Errorf("the type %s has no words", kind)
		}
	}
}
