package quality

import (
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// Fix repairs what needs no judgement, and lists each repair: rings are closed and
// turned the way RFC 7946 asks, repeated vertices dropped, parts of one feature that overlap
// joined, text brought to Unicode's normal form C and rid of blanks around it. No vertex
// moves, the ground covered stays, and fixing again changes nothing. Without anything to do it gives f itself; f is never
// changed. A geometry that can't be read stays as it is.
func Fix(f *geo.Feature) (*geo.Feature, []Change) {
	var changes []Change
	values := fixTexts(f, &changes)
	bytes := fixGeometry(f, &changes)
	if len(changes) == 0 {
		return f, nil
	}
	fixed := &geo.Feature{ID: f.ID, Collection: f.Collection, Values: values, WKB: bytes}
	for i := range changes {
		changes[i].Collection, changes[i].Feature = f.Collection.ID, f.ID
	}
	return fixed, changes
}

func fixGeometry(f *geo.Feature, changes *[]Change) []byte {
	if len(f.WKB) == 0 {
		return f.WKB
	}
	g, err := decode(f.WKB)
	if err != nil {
		return f.WKB
	}
	before := len(*changes)
	g.walk(func(part int, p *geometry) {
		for i := range p.lines {
			place := Place{Part: part, Ring: i + 1}
			switch p.kind {
			case wkb.LineString:
				place.Ring = 0
				dropRepeated(&p.lines[i], 2, place, changes)
			case wkb.Polygon:
				closeRing(&p.lines[i], place, changes)
				dropRepeated(&p.lines[i], 4, place, changes)
				turnRing(&p.lines[i], i == 0, place, changes)
			}
		}
	})
	joinParts(g, changes)
	if len(*changes) == before {
		return f.WKB
	}
	return g.encode(make([]byte, 0, len(f.WKB)+64))
}

// closeRing repeats the first position at the end. A ring of fewer than three
// positions is no ring, one that ends at the same place with another height needs judgement.
func closeRing(l *line, place Place, changes *[]Change) {
	if l.len() < 3 || l.closed() || l.sameXY(0, l.len()-1) || !l.finite() {
		return
	}
	l.c = append(slices.Clip(l.c), l.position(0)...)
	place = placeAt(place, *l, l.len()-1)
	*changes = append(*changes, Change{Rule: ringNotClosed, Place: place, Message: say("the ring was closed at %s", "cincin ditutup di %s", lonLat(*place.Position))})
}

func (l line) finite() bool {
	nothing := 0.0
	for _, x := range l.c {
		nothing += x - x // NaN where x is infinite or none
	}
	return nothing == 0
}

// dropRepeated drops positions equal to the one before in all dimensions, but never
// leaves fewer than least.
func dropRepeated(l *line, least int, place Place, changes *[]Change) {
	if l.len() <= least || !l.finite() {
		return
	}
	kept, dropped, first := make([]float64, 0, len(l.c)), 0, 0
	for i := range l.len() {
		if i > 0 && samePosition(l.position(i), l.position(i-1)) {
			if dropped++; dropped == 1 {
				first = i
			}
			continue
		}
		kept = append(kept, l.position(i)...)
	}
	if dropped == 0 || len(kept) < least*l.dims {
		return
	}
	place = placeAt(place, *l, first)
	*changes = append(*changes, Change{Rule: duplicateVertices, Place: place, Message: say(
		"%d repeated vertices were dropped, the first at %s", "%d titik berulang dihapus, yang pertama di %s", dropped, lonLat(*place.Position))})
	l.c = kept
}

// turnRing reverses a ring that runs the wrong way. Of one that crosses itself the
// way can't be told, so it stays.
func turnRing(l *line, shell bool, place Place, changes *[]Change) {
	if l.len() < 4 || !l.closed() || !l.finite() {
		return
	}
	area, x0, y0 := 0.0, l.c[0], l.c[1]
	at := func(i int) orb.Point { x, y := l.at(i); return orb.Point{x, y} }
	for i := range l.len() - 1 {
		area += cross(orb.Point{x0, y0}, at(i), at(i+1))
	}
	if area == 0 || (area > 0) == shell {
		return
	}
	turned := make([]float64, 0, len(l.c))
	for i := l.len() - 1; i >= 0; i-- {
		turned = append(turned, l.position(i)...)
	}
	l.c = turned
	*changes = append(*changes, Change{Rule: ringOrder, Place: place, Message: say("the ring was turned round", "arah cincin dibalik")})
}
