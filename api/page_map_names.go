package api

import (
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// markName is a name on the map of a page.
type markName struct{ X, Y, Anchor, Text string }

const (
	mostNames   = 14  // more features than that have no names on the map: the table has them
	letterWidth = 6.9 // of the average letter, in the picture's units
	lineHeight  = 15
	narrow      = 2.4 // how many times as large all this is on a narrow screen; see style.css
)

// placeNames names the marks, each where it hides no other name and no mark: in
// the middle of an area that is large enough, else beside. What finds no room has
// no name; it is in the table, and read to whoever comes to it by the keyboard.
// What was measured from comes first, and has a name however many others there are.
// Letters are so many times as large as usual; of larger ones a name that finds no room is shortened.
func (m *pageMap) placeNames(bounds []orb.Bound, larger float64) (names []markName) {
	picture := orb.Bound{Max: orb.Point{float64(m.Width), float64(m.Height)}}
	var taken []orb.Bound
	for _, b := range bounds {
		if width, height := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]; width < 60 && height < 60 {
			taken = append(taken, b.Pad((larger-1)*4))
		}
	}
	bar := orb.Point{14, picture.Max[1]} // the scale, in the lower left corner
	taken = append(taken, bar.Bound().Extend(orb.Point{30 + float64(m.BarWidth) + 9*letterWidth*larger, picture.Max[1] - 10 - lineHeight*larger}))
	for _, i := range m.byImportance() {
		mark, bound := &m.Marks[i], bounds[i]
		texts := []string{mark.Name}
		if short := shortName(mark.Name); larger > 1 && short != mark.Name {
			texts = append(texts, short)
		}
		for _, text := range texts {
			if place, ok := roomFor(text, bound, mark.Line, larger, picture, taken); ok {
				taken = append(taken, place.box)
				names = append(names, markName{decimal(place.at[0]), decimal(place.at[1]), place.anchor, text})
				break
			}
		}
	}
	return names
}

// roomFor finds the best place in the picture where a text hides nothing that is taken.
func roomFor(text string, mark orb.Bound, outline bool, larger float64, picture orb.Bound, taken []orb.Bound) (namePlace, bool) {
	for _, place := range namePlaces(mark, outline, float64(utf8.RuneCountInString(text))*letterWidth*larger, lineHeight*larger) {
		if inside(place.box, picture) && !meetsAny(place.box, taken) {
			return place, true
		}
	}
	return namePlace{}, false
}

// byImportance gives the marks to name in the order in which they choose a place.
// A name stands once, and lines have none.
func (m *pageMap) byImportance() []int {
	var first, rest []int
	seen := map[string]bool{}
	for i, mark := range m.Marks {
		if mark.Origin && !seen[mark.Name] {
			first, seen[mark.Name] = append(first, i), true
		}
	}
	if len(m.Marks)-len(first) > mostNames {
		return first
	}
	for i, mark := range m.Marks {
		if mark.Name != "" && !mark.Unnamed && !seen[mark.Name] {
			rest, seen[mark.Name] = append(rest, i), true
		}
	}
	return append(first, rest...)
}

type namePlace struct {
	box    orb.Bound
	at     orb.Point
	anchor string
}

// namePlaces are where a name of a width may stand beside a mark, the best first: of an outline, just inside its top.
func namePlaces(mark orb.Bound, outline bool, width, lineHeight float64) []namePlace {
	gap, below := lineHeight/3, lineHeight*4/15
	middle := mark.Center()
	at := func(x, y float64, anchor string) namePlace {
		left := x
		switch anchor {
		case "middle":
			left -= width / 2
		case "end":
			left -= width
		}
		return namePlace{orb.Bound{Min: orb.Point{left, y - lineHeight + below}, Max: orb.Point{left + width, y + below}}, orb.Point{x, y}, anchor}
	}
	var places []namePlace
	if outline {
		places = append(places, at(middle[0], mark.Min[1]+lineHeight, "middle"))
	}
	if !outline && mark.Max[0]-mark.Min[0] > width && mark.Max[1]-mark.Min[1] > 2*lineHeight {
		places = append(places, at(middle[0], middle[1]+below, "middle"))
	}
	return append(places,
		at(mark.Max[0]+gap, middle[1]+below, "start"), at(mark.Min[0]-gap, middle[1]+below, "end"),
		at(middle[0], mark.Min[1]-gap-below/2, "middle"), at(middle[0], mark.Max[1]+lineHeight, "middle"),
		at(mark.Max[0]+gap, mark.Min[1], "start"), at(mark.Max[0]+gap, mark.Max[1]+lineHeight/2, "start"))
}

func inside(b, whole orb.Bound) bool { return whole.Contains(b.Min) && whole.Contains(b.Max) }

func meetsAny(b orb.Bound, others []orb.Bound) bool {
	for _, o := range others {
		if b.Intersects(o) {
			return true
		}
	}
	return false
}
