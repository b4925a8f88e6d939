package quality

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo/format/wkb"
)

// geometry judges the geometry alone.
func (v *Examination) geometry() {
	c := v.judge.o.Collection
	if !c.HasGeometry() {
		return
	}
	if len(v.feature.WKB) == 0 {
		v.unlocated(say("there is no geometry", "tidak ada geometri"))
		return
	}
	g, err := v.bench.decode(v.feature.WKB)
	if err != nil {
		v.add(Issue{Rule: geometryUnreadable, Message: say("%s", "%s", err)})
		return
	}
	if g.empty() {
		v.unlocated(say("the %s is empty", "%s ini kosong", g.kind))
		return
	}
	if !fits(g.kind, c.GeometryType) {
		v.add(Issue{Rule: geometryType, Message: say("a %s in a collection of %s", "%s dalam koleksi %s", g.kind, c.GeometryType)})
	}
	v.dimensions(g)
	if !v.structure(g) {
		return // not a number: nothing more can be said
	}
	onEarth := v.position(g)
	before := v.verdict.Errors
	v.shape(g)
	if onEarth && v.verdict.Errors == before && g.polygonal() {
		v.areas()
		v.whole = true
	}
}

// fits reports whether a geometry can be stored in a collection of a type.
func fits(kind wkb.Type, collection string) bool {
	name := kind.String()
	return collection == "Geometry" || name == collection || "Multi"+name == collection
}

func (v *Examination) dimensions(g *geometry) {
	c := v.judge.o.Collection
	if g.hasZ && !c.HasZ {
		v.add(Issue{Rule: zDropped, Message: say("the heights are not stored", "ketinggiannya tidak disimpan")})
	}
	if g.hasM && !c.HasM {
		v.add(Issue{Rule: mDropped, Message: say("the measures are not stored", "nilai ukurnya tidak disimpan")})
	}
}

// structure judges each line and ring by itself; false if a coordinate is no number.
func (v *Examination) structure(g *geometry) bool {
	sound := true
	g.walk(func(part int, p *geometry) {
		if p.kind == wkb.Polygon && len(p.lines) == 0 || p.kind == wkb.Point && p.empty() {
			return // an empty member among others changes nothing
		}
		for i, l := range p.lines {
			place := Place{Part: part, Ring: i + 1}
			if p.kind != wkb.Polygon {
				place.Ring = 0
			}
			if !v.finite(l, place) {
				sound = false
				continue
			}
			switch p.kind {
			case wkb.LineString:
				v.points(l, 2, place)
			case wkb.Polygon:
				if v.points(l, 3, place) {
					v.closing(l, place)
				}
			}
		}
	})
	return sound
}

func (v *Examination) finite(l line, place Place) bool {
	if l.finite() {
		return true
	}
	for i := range l.len() {
		for k, x := range l.position(i) {
			if finite(x) {
				continue
			}
			place.Vertex = i + 1
			axis := [...]string{"lon", "lat", "Z", "M"}[k]
			v.add(Issue{Rule: coordinateNotFinite, Place: place, Message: say("%s of %s is %v", "%s pada %s bernilai %v", axis, place.vertex(), x)})
			return false
		}
	}
	return true
}

// points counts positions that differ, and tells of those repeated.
func (v *Examination) points(l line, need int, place Place) bool {
	different, repeated, firstRepeated := 0, 0, 0
	for i := range l.len() {
		switch {
		case i == 0 || !l.sameXY(i, i-1):
			different++
		case samePosition(l.position(i), l.position(i-1)):
			if repeated++; repeated == 1 {
				firstRepeated = i
			}
		}
	}
	if need == 3 && different > 1 && l.sameXY(0, l.len()-1) {
		different-- // the closing position
	}
	if repeated > 0 && different >= need {
		at := placeAt(place, l, firstRepeated)
		v.add(Issue{Rule: duplicateVertices, Place: at, Message: say(
			"%d vertices repeat the one before them, the first at %s", "%d titik mengulang titik sebelumnya, yang pertama di %s", repeated, lonLat(*at.Position))})
	}
	if different < need {
		if l.len() > 0 {
			place = placeAt(place, l, 0)
		}
		v.add(Issue{Rule: tooFewPoints, Place: place, Message: say("%d different positions where %d are needed", "%d posisi berbeda, padahal perlu %d", different, need)})
		return false
	}
	return true
}

func (v *Examination) closing(l line, place Place) {
	if l.closed() {
		return
	}
	last := l.len() - 1
	place = placeAt(place, l, last)
	if l.sameXY(0, last) {
		v.add(Issue{Rule: ringNotClosed, Place: place, Message: say(
			"the ring ends where it began but with another Z or M", "cincin berakhir di posisi awalnya tetapi dengan Z atau M berbeda")})
		return
	}
	x, y := l.at(0)
	v.add(Issue{Rule: ringNotClosed, Place: place, Message: say(
		"the ring begins at %s and ends at %s", "cincin bermula di %s dan berakhir di %s", lonLat(orb.Point{x, y}), lonLat(*place.Position))})
}

func placeAt(p Place, l line, i int) Place {
	x, y := l.at(i)
	p.Position, p.Vertex = &orb.Point{x, y}, i+1
	return p
}

// shape judges how the boundary runs.
func (v *Examination) shape(g *geometry) {
	b := &v.bench.boundary
	b.of(g)
	if len(b.rings) == 0 {
		return
	}
	b.index()
	met := b.meetings()
	var crossed map[int32]bool
	for _, f := range append(met.faults, b.nesting(met)...) {
		if crossed == nil {
			crossed = map[int32]bool{}
		}
		crossed[b.ringOf[f.e]] = true
		v.add(Issue{Rule: f.rule, Place: f.place, Message: describe(b, f)})
	}
	if met.cut {
		v.add(Issue{Rule: tooIntricate, Message: say("judging stopped where the boundary meets itself too often", "penilaian berhenti karena batasnya terlalu sering bertemu dirinya")})
	}
	v.order(b)
	v.thin(b, crossed)
	v.lonely(b)
}

// lonLat writes a position for people, to about a centimetre.
func lonLat(p orb.Point) string {
	number := func(x float64) string {
		s := strings.TrimRight(fmt.Sprintf("%.7f", x), "0")
		return strings.TrimSuffix(s, ".")
	}
	return number(p[0]) + ", " + number(p[1])
}
