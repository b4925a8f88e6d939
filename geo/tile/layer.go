package tile

import (
	"slices"

	"github.com/tidwall/rtree"

	"kawasan/geo"
)

// layer is a collection at one version on one grid, ready for tiles. Levels
// are added as they are needed; all else is immutable once it is shared.
type layer struct {
	collection *geo.Collection
	set        *MatrixSet
	features   []*geo.Feature // in order of id
	numbers    []uint64
	shapes     []shape // nil in a lean layer, which projects anew each time
	boxes      []outlineBox
	about      *attributes
	places     rtree.RTreeGN[float64, int32] // boxes on the grid of zoom 0
	byID       map[string]int32

	spare          outline // of the feature added last
	lean           bool
	bytes, drafted int // memory of all but attributes and shapes; of shapes

	levels [levelZooms]levelSlot
	stock  *Stock // which has the features instead of the layer, or nil
}

func newLayer(c *geo.Collection, set *MatrixSet) *layer {
	return &layer{collection: c, set: set, about: newAttributes(c), byID: map[string]int32{}}
}

// add projects a feature and takes it into the layer.
func (l *layer) add(f *geo.Feature, wanted []bool) error {
	o := &l.spare
	if err := project(l.set, f.WKB, 0, o); err != nil {
		return unreadable(f, err)
	}
	if len(o.runs) == 0 {
		return nil
	}
	if !l.lean {
		s := o.shape()
		l.shapes = append(l.shapes, s)
		l.drafted += s.bytes()
	}
	l.enter(f, boxOf(o.vertices), wanted)
	return nil
}

// enter takes a feature whose outline is there, or not kept.
func (l *layer) enter(f *geo.Feature, b outlineBox, wanted []bool) {
	at := int32(len(l.features))
	l.features = append(l.features, f)
	l.numbers = append(l.numbers, FeatureNumber(f))
	l.about.add(f, wanted)
	l.byID[f.ID] = at
	l.boxes = append(l.boxes, b)
	l.places.Insert(b.lo, b.hi, at)
	l.bytes += 192
	if !l.collection.InMemory {
		l.bytes += len(f.WKB) + len(f.JSON) + 48*len(f.Values) // nobody else holds it
	}
}

// addFrom is add with what is known from the layer before: a feature that has not
// changed is not projected again.
func (l *layer) addFrom(before *layer, f *geo.Feature) error {
	if before != nil && (l.lean || !before.lean) {
		if at, ok := before.byID[f.ID]; ok && before.features[at] == f {
			if !l.lean {
				l.shapes = append(l.shapes, before.shapes[at])
				l.drafted += before.shapes[at].bytes()
			}
			l.enter(f, before.boxes[at], nil)
			return nil
		}
	}
	return l.add(f, nil)
}

// thin makes the layer lean: it takes a fifth of the memory, and drawing twice the time.
func (l *layer) thin() {
	l.lean, l.shapes, l.drafted = true, nil, 0
}

// reserve is what the layer takes once all its levels are there, at most: steps of
// a level take about a fifth of the coordinates, and a level's table 40 bytes a feature.
func (l *layer) reserve() int {
	size := l.bytes + l.about.bytes
	if l.lean {
		return size + (levelZooms-leanZoom)*200*len(l.features)
	}
	return size + 2*l.drafted + levelZooms*40*len(l.features)
}

// within appends the features whose boxes meet the tile with its margin and two
// pixels more, in order of id.
func (l *layer) within(found []int32, a Address) []int32 {
	size := 1 / unitsAt(a.Zoom)
	o := a.origin()
	const more = margin + 2*pixel
	lo := [2]float64{float64(o.x-more) * size, float64(o.y-more) * size}
	hi := [2]float64{float64(o.x+Extent+more) * size, float64(o.y+Extent+more) * size}
	l.places.Search(lo, hi, func(_, _ [2]float64, at int32) bool {
		found = append(found, at)
		return true
	})
	slices.Sort(found)
	return found
}

// draw draws a feature for a zoom, dividing edges anew where they bend too much.
func (l *layer) draw(at int32, zoom int, d *drawing, spare *outline) {
	if s := l.shape(at); s != nil && s.bend <= bendAt(zoom) {
		d.generalise(s, zoom)
		return
	}
	// It has been read before, so there is no error.
	_ = project(l.set, l.feature(at).WKB, bendAt(zoom), spare)
	d.generalise(spare, zoom)
}

// form gives a feature as it is stored, with no edge divided.
func (l *layer) form(at int32, spare *outline) form {
	if s := l.shape(at); s != nil {
		return s
	}
	_ = project(l.set, l.feature(at).WKB, 0, spare)
	return spare
}

// shape gives the outline that is kept of a feature, of a stock of the one fetched last; nil
// where none is kept.
func (l *layer) shape(at int32) *shape {
	switch {
	case l.stock != nil && l.stock.isDraft:
		return &l.stock.drafted
	case !l.lean && l.shapes[at].offsets != nil:
		return &l.shapes[at]
	}
	return nil
}

// feature gives a feature; of a stock the one that was fetched last.
func (l *layer) feature(at int32) *geo.Feature {
	if l.stock != nil {
		return &l.stock.current
	}
	return l.features[at]
}

// outlineBox bounds an outline on the grid of zoom 0.
type outlineBox struct{ lo, hi [2]float64 }

func boxOf(vs []vertex) outlineBox {
	lo, hi := box(vs)
	size := 1 / unitsAt(MaxZoom)
	return outlineBox{[2]float64{float64(lo.x) * size, float64(lo.y) * size}, [2]float64{float64(hi.x) * size, float64(hi.y) * size}}
}

// area is what decides which features a full tile shows.
func (b outlineBox) area() float64 { return (b.hi[0] - b.lo[0]) * (b.hi[1] - b.lo[1]) }
