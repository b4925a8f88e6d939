package tile

import (
	"slices"
	"sync"

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

	mu     sync.Mutex
	levels [levelZooms]*level
}

// levelZooms is how many zooms, from 0, have their drawings kept encoded. Below
// them a tile has few enough features to be drawn each time.
const levelZooms = 12

// level holds the drawings of a layer at a zoom, as far as they have one kind and
// fit int32. Uncut ones are copied into tiles: only the first step depends on
// the tile.
type level struct {
	drawn []drawn
	blob  []byte
}

// drawn is an encoded drawing: the command that begins it, its first vertex,
// then the steps in the blob.
type drawn struct {
	lo, hi, first vertex
	head          uint64
	start, end    uint32
	kind          kind // 0: draw it anew
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
	if len(o.runs) == 0 {
		return nil
	}
	at := int32(len(l.features))
	o.xy, o.runs = slices.Clip(o.xy), slices.Clip(o.runs)
	l.features = append(l.features, f)
	l.numbers = append(l.numbers, FeatureNumber(f))
	l.outlines = append(l.outlines, o)
	l.about.add(f, wanted)
	l.byID[f.ID] = at
	lo, hi := o.box(run{0, int32(len(o.xy) / 2), 0})
	l.places.Insert(lo, hi, at)
	l.bytes += o.bytes() + 160
	return nil
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

// level gives the encoded drawings of a zoom; nil where none are kept.
func (l *layer) level(zoom int) *level {
	if zoom >= levelZooms {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if v := l.levels[zoom]; v != nil {
		return v
	}
	v := &level{drawn: make([]drawn, len(l.features))}
	var d drawing
	var spare outline
	for i := range v.drawn {
		l.draw(int32(i), zoom, &d, &spare)
		v.add(i, &d)
	}
	v.blob = slices.Clip(v.blob)
	l.levels[zoom] = v
	return v
}

// add encodes a drawing.
func (v *level) add(i int, d *drawing) {
	k, single := d.onlyKind()
	if !single || len(v.blob) > 1<<31 {
		return
	}
	e := &v.drawn[i]
	e.kind = k
	e.lo, e.hi = box(d.vertices)
	e.first = d.vertices[0]
	e.head = command(moveTo, 1)
	if k == pointKind {
		e.head = command(moveTo, len(d.runs))
	}
	e.start = uint32(len(v.blob))
	before := len(v.blob)
	// From the first vertex the first step is 0, 0: two bytes after the head.
	v.blob = appendGeometry(v.blob, d, k, e.first)
	skip := sizeVarint(e.head) + 2
	v.blob = append(v.blob[:before], v.blob[before+skip:]...)
	e.end = uint32(len(v.blob))
}

// onlyKind gives the kind of a drawing that has one, with holes counted as area.
func (d *drawing) onlyKind() (kind, bool) {
	if len(d.runs) == 0 {
		return 0, false
	}
	k := d.runs[0].kind
	for _, r := range d.runs {
		if r.kind != k && (k != areaKind || r.kind != holeKind) {
			return 0, false
		}
	}
	return k, true
}
