package tile

import "fmt"

// Theme names a style of the map.
type Theme string

// The themes. Print has dark lines on white, for documents.
const (
	Light Theme = "light"
	Dark  Theme = "dark"
	Print Theme = "print"
)

// Themes lists them; the first is the default.
func Themes() []Theme { return []Theme{Light, Dark, Print} }

// colours of a theme that belong to no collection.
type colours struct{ ground, text, halo string }

func (t Theme) colours() colours {
	switch t {
	case Dark:
		return colours{"#14181d", "#f2f2f2", "#14181d"}
	case Print:
		return colours{"#ffffff", "#000000", "#ffffff"}
	}
	return colours{"#f7f5f0", "#1f2328", "#ffffff"}
}

const (
	orange, sky, green, yellow = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
	blue, vermilion, purple    = "#0072B2", "#D55E00", "#CC79A7"
)

// Colour gives the colour of a collection. They are those of M. Okabe and K. Ito,
// Color Universal Design (2008), which colour-blind people can tell apart; a
// collection that is not ours takes one by its id, so that it keeps it.
func (t Theme) Colour(collection string) string {
	switch collection {
	case "zones":
		return vermilion
	case "ikn":
		if t == Light {
			return "#c26c9c" // purple, darkened until its lines are seen on the ground
		}
		return purple
	case "ports":
		if t == Dark {
			return sky
		}
		return blue
	case "mills":
		return orange
	case "plantations":
		return green
	case "infrastructure":
		if t == Dark {
			return yellow
		}
		return sky
	case "regencies", "towns":
		if t == Dark {
			return "#b8bec6"
		}
		return "#5c6670"
	}
	others := []string{blue, vermilion, green, purple, orange, sky}
	var sum uint32
	for _, b := range []byte(collection) {
		sum = sum*31 + uint32(b)
	}
	return others[sum%uint32(len(others))]
}

// edge is the colour around a collection's points: its own, so much darker (lighter
// on a dark ground) that the pale ones are seen as well.
func (t Theme) edge(collection string) string {
	towards := "#000000"
	if t == Dark {
		towards = "#ffffff"
	}
	return mixed(t.Colour(collection), towards)
}

// mixed is the colour half way between two, each #rrggbb.
func mixed(a, b string) string {
	var x, y uint32
	if _, err := fmt.Sscanf(a+b, "#%06x#%06x", &x, &y); err != nil {
		return a
	}
	half := func(shift uint) uint32 { return (x>>shift&255 + y>>shift&255) / 2 }
	return fmt.Sprintf("#%02x%02x%02x", half(16), half(8), half(0))
}
