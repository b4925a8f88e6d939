package cartography

import (
	"hash/fnv"

	"kawasan/geo/tile"
)

// colours of a theme that belong to no collection.
type colours struct{ water, land, beyond, border, ink, quiet, halo Colour }

func coloursOf(t tile.Theme) colours {
	switch t {
	case tile.Dark:
		return colours{hex("#10151a"), hex("#20262d"), hex("#191e24"), hex("#4a545e"), hex("#f2f2f2"), hex("#aab2ba"), hex("#14181d")}
	case tile.Print:
		return colours{hex("#eaf1f5"), hex("#ffffff"), hex("#f4f4f2"), hex("#9aa3ab"), hex("#111111"), hex("#55606a"), hex("#ffffff")}
	}
	return colours{hex("#d9e6ee"), hex("#faf8f3"), hex("#efede7"), hex("#a3abb2"), hex("#1f2328"), hex("#59636d"), hex("#ffffff")}
}

// lettering is the colour of the names of a collection: its own, as dark or as
// light as reading needs.
func lettering(t tile.Theme, collection string) Colour {
	return mixed(hex(t.Colour(collection)), coloursOf(t).ink, 0.62)
}

// symbol is the form of a collection's points, so that they differ without colour.
type symbol int

const (
	disc symbol = iota
	square
	triangle
	diamond
	pentagon
)

func symbolOf(collection string) symbol {
	switch collection {
	case "towns", "zones", "ikn":
		return disc
	case "ports":
		return square
	case "mills":
		return triangle
	case "infrastructure":
		return diamond
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(collection)) // never fails
	return symbol(h.Sum32() % 5)
}

// symbolSize is the radius of a collection's points.
func symbolSize(collection string) float64 {
	if collection == "towns" {
		return 2.4
	}
	return 4
}

// outline gives the form around a place.
func (s symbol) outline(at Point, r float64) Line {
	switch s {
	case square:
		r *= 0.86
		return Line{[]Point{{at.X - r, at.Y - r}, {at.X + r, at.Y - r}, {at.X + r, at.Y + r}, {at.X - r, at.Y + r}}, true}
	case triangle:
		return Line{[]Point{{at.X, at.Y - r*1.15}, {at.X + r*1.05, at.Y + r*0.75}, {at.X - r*1.05, at.Y + r*0.75}}, true}
	case diamond:
		r *= 1.18
		return Line{[]Point{{at.X, at.Y - r}, {at.X + r, at.Y}, {at.X, at.Y + r}, {at.X - r, at.Y}}, true}
	case pentagon:
		l := Line{Closed: true}
		for _, p := range circle(Point{}, r*1.08, 5) {
			l.Points = append(l.Points, Point{at.X + p.Y, at.Y - p.X})
		}
		return l
	}
	return Line{circle(at, r, 28), true}
}
