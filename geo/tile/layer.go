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
	outlines   []outline
	about      *attributes
	places     rtree.RTreeGN[float64, int32] // boxes on the grid of zoom 0
	byID       map[string]int32
	bytes      int

	levels [levelZooms]levelSlot
}

func newLayer(c *geo.Collection, set *MatrixSet) *layer {
	return &layer{collection: c, set: set, about: newAttributes(c), byID: map[string]int32{}}
}

// add projects a feature and takes it into the layer.
func (l *layer) add(f *geo.Feature, wanted []bool) error {
	var o outline
	if err := project(l.set, f.WKB, 0, &o); err != nil {
		return unreadable(f, err)
	}
	o.xy, o.runs = slices.Clip(o.xy), slices.Clip(o.runs)
	l.addOutline(f, o, wanted)
	return nil
}

// addOutline takes a feature that is projected already; one without a position is left out.
func (l *layer) addOutline(f *geo.Feature, o outline, wanted []bool) {
	if len(o.runs) == 0 {
		return
	}
	at := int32(len(l.features))
	l.features = append(l.features, f)
	l.numbers = append(l.numbers, FeatureNumber(f))
	l.outlines = append(l.outlines, o)
	l.about.add(f, wanted)
	l.byID[f.ID] = at
	lo, hi := o.box(run{0, int32(len(o.xy) / 2), 0})
	l.places.Insert(lo, hi, at)
	l.bytes += o.bytes() + 160
}

// addFrom is add with what is known from the layer before: a feature that has not
// changed is not projected again.
func (l *layer) addFrom(before *layer, f *geo.Feature) error {
	if before != nil {
		if at, ok := before.byID[f.ID]; ok && before.features[at] == f {
			l.addOutline(f, before.outlines[at], nil)
			return nil
		}
	}
	return l.add(f, nil)
}

// size is about how many bytes the layer takes, without its levels.
func (l *layer) size() int { return l.bytes + l.about.bytes }

// within gives the features whose boxes meet the tile with its margin and two
// pixels more, in order of id.
func (l *layer) within(a Address) []int32 {
	size := 1 / unitsAt(a.Zoom)
	o := a.origin()
	const more = margin + 2*pixel
	lo := [2]float64{float64(o.x-more) * size, float64(o.y-more) * size}
	hi := [2]float64{float64(o.x+Extent+more) * size, float64(o.y+Extent+more) * size}
	var found []int32
	l.places.Search(lo, hi, func(_, _ [2]float64, at int32) bool {
		found = append(found, at)
		return true
	})
	slices.Sort(found)
	return found
}

// draw draws a feature for a zoom, dividing edges anew where they bend too much.
func (l *layer) draw(at int32, zoom int, d *drawing, spare *outline) {
	o := &l.outlines[at]
	if o.bend > bendAt(zoom) {
		// Read before, so it can be read again.
		if project(l.set, l.features[at].WKB, bendAt(zoom), spare) == nil {
			o = spare
		}
	}
	d.generalise(o, zoom)
}
