package geo_test

import (
	"testing"

	"kawasan/geo"
)

func TestParseDataVersions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, alone string
		want        string // empty: refused
	}{
		{"zones:12-3fa9,ports:3", "", "ports:3,zones:12-3fa9"},
		{" ports:3 , zones:12", "", "ports:3,zones:12"},
		{"12", "zones", "zones:12"},
		{"12-3fa9", "zones", "zones:12-3fa9"},
		{"12", "", ""},
		{"", "zones", ""},
		{"zones:0", "", ""},
		{"zones:-1", "", ""},
		{"zones:1,zones:2", "", ""},
		{"zones:9999999999999999999", "", ""},
		{"zones:12-xyz!", "", ""},
		{"zones:12-123456789", "", ""},
		{"zones:NaN", "", ""},
	}
	for _, test := range tests {
		got, err := geo.ParseDataVersions(test.text, test.alone)
		if (err == nil) != (test.want != "") || got.String() != test.want {
			t.Errorf("%q: got %q and %v, want %q", test.text, got, err, test.want)
		}
		if err != nil && geo.AsError(err).Place.Parameter != "version" {
			t.Errorf("%q: the error does not name the parameter: %v", test.text, err)
		}
	}
}

// What is read is written again the same, and never breaks.
func FuzzParseDataVersions(f *testing.F) {
	for _, seed := range []string{"zones:12-3fa9,ports:3", "12", ",", ":", "a:1-", "ü:1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := geo.ParseDataVersions(text, "zones")
		if err != nil {
			return
		}
		again, err := geo.ParseDataVersions(got.String(), "")
		if err != nil || again.String() != got.String() {
			t.Errorf("%q: %q and then %q, %v", text, got, again, err)
		}
	})
}
