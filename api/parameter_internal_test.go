package api

import (
	"testing"

	"kawasan/geo"
)

// A wrong name is answered with the likeliest right one, not with all there are.
func TestUnknownParameter(t *testing.T) {
	t.Parallel()
	list := []*parameter{
		{name: "f", description: "The form"},
		{name: "max_distance", description: "Nothing further away than this, such as 100km"},
		{name: "key", secret: true},
		{name: "filter", description: "A condition. More of it"},
	}
	attributes := []geo.Property{{Name: "access"}, {Name: "cargo"}}
	for name, want := range map[string]string{
		"unit":    "did you mean max_distance? (Nothing further away than this, such as 100km)",
		"filtr":   "did you mean filter? (A condition)",
		"where":   "did you mean filter? (A condition)",
		"acess":   "did you mean access?",
		"keys":    "one of f, max_distance, filter, or an attribute of the collection",
		"nothing": "one of f, max_distance, filter, or an attribute of the collection",
	} {
		if e := unknownParameter(name, list, attributes); e.Fix != want {
			t.Errorf("%s: got %q, want %q", name, e.Fix, want)
		}
	}
}
