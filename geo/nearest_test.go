package geo_test

import (
	"strings"
	"testing"

	"kawasan/geo"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"name", "area_ha", "planted_area_ha", "id", "profile"}
	for written, want := range map[string]string{
		"nmae": "name", "NAME": "name", "profil": "profile", "aera_ha": "area_ha", "x": "", "idd": "id", "colour": "",
		"planted_area": "", "planted_area_h": "planted_area_ha", "": "", strings.Repeat("n", 1<<20): "", "prófile": "profile",
	} {
		if got := geo.Nearest(written, names); got != want {
			t.Errorf("%.20q: got %q, want %q", written, got, want)
		}
	}
}
