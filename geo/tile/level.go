package tile

import (
	"slices"
	"sync/atomic"
)

// levelZooms is how many zooms, from 0, have their drawings kept encoded. Below
// them a tile has few enough features to be drawn each time.
const levelZooms = 13

// leanZoom is the first zoom of which a lean layer keeps drawings: above it a tile
// of so large a collection is full with a small part of it.
const leanZoom = 9

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
	lo, hi, first [2]int32
	head          uint32
	start, end    uint32
	kind          kind // 0: draw it anew
}

func short(v vertex) [2]int32 { return [2]int32{int32(v.x), int32(v.y)} }

func long(v [2]int32) vertex { return vertex{int64(v[0]), int64(v[1])} }

// levelSlot holds the level of a zoom, once it is made.
type levelSlot struct {
	begun atomic.Bool
	made  atomic.Pointer[level]
}

// level gives the encoded drawings of a zoom; nil where none are kept (below a
// zoom, and in a lean layer), and while
// they are being made, which begins when they are first asked for. Drawing anew
// gives the same.
func (l *layer) level(zoom int) *level {
	if zoom >= levelZooms || l.lean && zoom < leanZoom {
		return nil
	}
	s := &l.levels[zoom]
	v := s.made.Load()
	if v == nil && s.begun.CompareAndSwap(false, true) {
		go func() { s.made.Store(l.draft(zoom)) }()
	}
	return v
}

// draft draws all features for a zoom.
func (l *layer) draft(zoom int) *level {
	v := &level{drawn: make([]drawn, len(l.features))}
	var d drawing
	var spare outline
	var m mender
	for i := range v.drawn {
		l.draw(int32(i), zoom, &d, &spare)
		m.mend(&d)
		v.add(i, &d)
	}
	v.blob = slices.Clip(v.blob)
	return v
}

// carry takes over the drawings that the layer before has, of features that have
// not changed.
func (l *layer) carry(before *layer) {
	for zoom := range before.levels {
		old := before.levels[zoom].made.Load()
		if old == nil {
			continue
		}
		v := &level{drawn: make([]drawn, len(l.features)), blob: make([]byte, 0, len(old.blob))}
		var d drawing
		var spare outline
		var m mender
		for i, f := range l.features {
			if at, ok := before.byID[f.ID]; ok && before.features[at] == f {
				v.drawn[i] = old.drawn[at]
				e := &v.drawn[i]
				start := uint32(len(v.blob))
				v.blob = append(v.blob, old.blob[e.start:e.end]...)
				e.start, e.end = start, uint32(len(v.blob))
				continue
			}
			l.draw(int32(i), zoom, &d, &spare)
			m.mend(&d)
			v.add(i, &d)
		}
		l.levels[zoom].begun.Store(true)
		l.levels[zoom].made.Store(v)
	}
}

// add encodes a drawing.
func (v *level) add(i int, d *drawing) {
	k, single := d.onlyKind()
	if !single || len(v.blob) > 1<<31 {
		return
	}
	e := &v.drawn[i]
	e.kind = k
	lo, hi := box(d.vertices)
	e.lo, e.hi = short(lo), short(hi) // they fit: see farthest
	e.first = short(d.vertices[0])
	e.head = uint32(command(moveTo, 1))
	if k == pointKind {
		e.head = uint32(command(moveTo, len(d.runs)))
	}
	e.start = uint32(len(v.blob))
	before := len(v.blob)
	// From the first vertex the first step is 0, 0: two bytes after the head.
	v.blob = appendGeometry(v.blob, d, k, d.vertices[0])
	skip := sizeVarint(uint64(e.head)) + 2
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
