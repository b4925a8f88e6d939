package quality

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	sf "github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
	"kawasan/geo/geodesy"
)

// joinParts makes one of the parts of a multipolygon that overlap, lie in each other or
// share a piece of boundary. What is covered stays: a multipolygon covers what any of its
// parts does, however often. Where heights or measures are, those of the new corners would
// have to be made up, and where a part has another fault it can't be told what it covers:
// those stay as they are.
func joinParts(g *geometry, changes *[]Change) {
	if g.kind != wkb.MultiPolygon || len(g.members) < 2 || g.hasZ || g.hasM {
		return
	}
	b := newBoundary(g)
	b.index()
	gone := map[int]bool{}
	for _, parts := range b.overlappingParts() {
		joined, change, ok := g.union(parts)
		if !ok {
			continue
		}
		g.members[parts[0]-1] = joined[0]
		g.members = append(g.members, joined[1:]...)
		for _, part := range parts[1:] {
			gone[part] = true
		}
		*changes = append(*changes, change)
	}
	kept := g.members[:0:0]
	for i, m := range g.members {
		if !gone[i+1] {
			kept = append(kept, m)
		}
	}
	g.members = kept
}

// overlappingParts gives groups of parts, by number, that overlap or share a piece of
// boundary, directly or through others of the group.
func (b *boundary) overlappingParts() [][]int {
	met := b.meetings()
	faults := append(met.faults, b.nesting(met)...)
	if met.cut {
		return nil
	}
	var pairs []ringPair
	for pair := range met.crossed {
		if b.rings[pair[0]].shell != b.rings[pair[1]].shell {
			pairs = append(pairs, pair)
		}
	}
	wrong := map[int]bool{}
	for _, f := range faults {
		pair := ringPair{b.ringOf[f.e], b.ringOf[f.f]}
		if f.rule == partsOverlap {
			pairs = append(pairs, pair)
			continue
		}
		wrong[b.rings[pair[0]].part], wrong[b.rings[pair[1]].part] = true, true
	}
	return b.groups(pairs, wrong)
}

// groups makes sets of parts of pairs of their rings, but for sets in which one is wrong.
func (b *boundary) groups(pairs []ringPair, wrong map[int]bool) (all [][]int) {
	of := map[int]int{} // the first part of the set that a part belongs to
	find := func(part int) int {
		for of[part] != part {
			if of[part] == 0 {
				of[part] = part
			}
			part = of[part]
		}
		return part
	}
	for _, p := range pairs {
		x, y := find(b.rings[p[0]].part), find(b.rings[p[1]].part)
		of[max(x, y)] = min(x, y)
	}
	sets := map[int][]int{}
	for part := range of {
		sets[find(part)] = append(sets[find(part)], part)
	}
	for _, set := range sets {
		if len(set) > 1 && !slices.ContainsFunc(set, func(part int) bool { return wrong[part] }) {
			slices.Sort(set)
			all = append(all, set)
		}
	}
	slices.SortFunc(all, func(x, y []int) int { return cmp.Compare(x[0], y[0]) })
	return all
}

// union gives what the parts cover as polygons that don't overlap, turned as RFC 7946 asks.
func (g *geometry) union(parts []int) ([]*geometry, Change, bool) {
	all := geometry{kind: wkb.MultiPolygon}
	for _, part := range parts {
		all.members = append(all.members, g.members[part-1])
	}
	before, err := sf.UnmarshalWKB(all.encode(nil), sf.NoValidate{})
	if err != nil {
		return nil, Change{}, false
	}
	after, err := sf.UnaryUnion(before)
	if err != nil || after.IsEmpty() {
		return nil, Change{}, false
	}
	joined, err := decode(after.AsBinary())
	if err != nil || !joined.polygonal() {
		return nil, Change{}, false
	}
	joined.walk(func(_ int, p *geometry) {
		for i := range p.lines {
			turnRing(&p.lines[i], i == 0, Place{}, new([]Change))
		}
	})
	change, ok := joinedChange(all.members, joined, parts)
	if joined.kind == wkb.Polygon {
		return []*geometry{joined}, change, ok
	}
	return joined.members, change, ok
}

// joinedChange tells of parts that became one, with their areas. It is none if more or
// less is covered than before, as far as that can be told from the areas.
func joinedChange(before []*geometry, after *geometry, parts []int) (Change, bool) {
	sum, largest := 0.0, 0.0
	for _, p := range before {
		area := p.area()
		sum, largest = sum+area, math.Max(largest, area)
	}
	area, rounding := after.area(), 1e-9*sum+1e-4 // square metres
	if !(area <= sum+rounding && area >= largest-rounding) {
		return Change{}, false
	}
	x, y := before[len(before)-1].lines[0].at(0)
	c := Change{Rule: partsOverlap, Place: Place{Position: &orb.Point{x, y}, Part: parts[0]}}
	c.Message = say("parts %s were joined: %s ha added up before, %s ha now", "bagian %s digabung: sebelumnya berjumlah %s ha, sekarang %s ha", listedParts(parts), hectares(sum), hectares(area))
	if area-largest < rounding {
		c.Message = say("%s; all lay within one of them: if a hole was meant there, mend the source", "%s; semuanya berada di dalam salah satunya: bila di situ dimaksudkan lubang, perbaiki sumbernya", c.Message)
	}
	return c, true
}

// area is that on the ellipsoid in square metres; NaN if there is none.
func (g *geometry) area() float64 {
	shape, err := geodesy.PrepareWKB(g.encode(nil))
	if err != nil {
		return math.NaN()
	}
	return geodesy.Area(shape)
}

func listedParts(parts []int) geo.Text {
	var names []string
	for i, p := range parts {
		if i == 20 {
			names = append(names, "…")
			break
		}
		names = append(names, fmt.Sprint(p))
	}
	last := len(names) - 1
	all := strings.Join(names[:last], ", ")
	return geo.Text{EN: all + " and " + names[last], ID: all + " dan " + names[last]}
}

// hectares writes an area in square metres to the square metre.
func hectares(area float64) geo.Text {
	s := fmt.Sprintf("%.4f", area/1e4)
	return geo.Text{EN: s, ID: strings.Replace(s, ".", ",", 1)}
}
