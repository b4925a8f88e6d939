package style_test

import (
	"strings"
	"testing"

	"kawasan/geo/format/style"
	"kawasan/geo/tile"
)

// TestOfHasTheColourOfMaps holds exports to the one palette.
func TestOfHasTheColourOfMaps(t *testing.T) {
	t.Parallel()
	for _, collection := range []string{"zones", "ikn", "ports", "mills", "plantations", "infrastructure", "regencies", "towns", "roads", "anything_else"} {
		if got, want := style.Of(collection).Colour.Hex(), strings.ToLower(tile.Light.Colour(collection)); got != want {
			t.Errorf("%s has the colour %s in exports, %s on maps", collection, got, want)
		}
	}
}
