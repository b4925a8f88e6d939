package tile

import "slices"

// segment is a directed edge of a ring.
type segment struct{ a, b vertex }

// turn is positive if the way from a over b to c turns from east to south, negative
// if it turns the other way, 0 on a line. Coordinates may differ by 2^30.
func turn(a, b, c vertex) int64 { return (b.x-a.x)*(c.y-a.y) - (c.x-a.x)*(b.y-a.y) }

// holdsOnLine reports whether a point on the line of the segment (or close to it) lies
// between its ends, which don't count.
func (s segment) holdsOnLine(p vertex) bool {
	return p != s.a && p != s.b && p.x >= min(s.a.x, s.b.x) && p.x <= max(s.a.x, s.b.x) && p.y >= min(s.a.y, s.b.y) && p.y <= max(s.a.y, s.b.y)
}

// meeting says where two segments meet but for ends that they share: points within
// one, within the other.
type meeting struct{ inFirst, inSecond [2]vertex }

// meet finds where two segments cross or touch; the counts are those of the points
// within each of them. A crossing is moved to the nearest unit. Close says that an
// end less than half a unit from a segment touches it.
func meet(s, o segment, close bool, at *meeting) (first, second int) {
	sa, sb := turn(o.a, o.b, s.a), turn(o.a, o.b, s.b)
	oa, ob := turn(s.a, s.b, o.a), turn(s.a, s.b, o.b)
	if close {
		first, second = at.touch(s, o, s.reach(oa), s.reach(ob), o.reach(sa), o.reach(sb))
		if first+second > 0 {
			return first, second
		}
	}
	if sa > 0 && sb > 0 || sa < 0 && sb < 0 || oa > 0 && ob > 0 || oa < 0 && ob < 0 {
		return 0, 0
	}
	if sa != 0 && sb != 0 && oa != 0 && ob != 0 {
		share := float64(sa) / (float64(sa) - float64(sb))
		p := vertex{s.a.x + nearest(float64(s.b.x-s.a.x)*share), s.a.y + nearest(float64(s.b.y-s.a.y)*share)}
		if p != s.a && p != s.b {
			at.inFirst[first] = p
			first++
		}
		if p != o.a && p != o.b {
			at.inSecond[second] = p
			second++
		}
		return first, second
	}
	return at.touch(s, o, oa == 0, ob == 0, sa == 0, sb == 0)
}

// touch takes the ends that lie within the other segment, of those that lie on its line.
func (m *meeting) touch(s, o segment, oa, ob, sa, sb bool) (first, second int) {
	if oa && s.holdsOnLine(o.a) {
		m.inFirst[first] = o.a
		first++
	}
	if ob && s.holdsOnLine(o.b) {
		m.inFirst[first] = o.b
		first++
	}
	if sa && o.holdsOnLine(s.a) {
		m.inSecond[second] = s.a
		second++
	}
	if sb && o.holdsOnLine(s.b) {
		m.inSecond[second] = s.b
		second++
	}
	return first, second
}

// reach reports whether a point with that turn from the segment is less than half a
// unit away from its line, along the axis on which it is shorter.
func (s segment) reach(turn int64) bool {
	return 2*max(turn, -turn) < max(s.b.x-s.a.x, s.a.x-s.b.x, s.b.y-s.a.y, s.a.y-s.b.y)
}

// sweep goes through the pairs of segments whose boxes meet, from west to east,
// until visit says stop. It reports whether it came to the end, which it does not
// either when the mender's patience ends.
func (m *mender) sweep(visit func(i, j int) bool) bool {
	m.order = m.order[:0]
	west := int64(0)
	for i, s := range m.segments {
		if x := min(s.a.x, s.b.x); i == 0 || x < west {
			west = x
		}
	}
	for i, s := range m.segments {
		m.order = append(m.order, uint64(min(s.a.x, s.b.x)-west)<<32|uint64(i))
	}
	slices.Sort(m.order)
	for n, key := range m.order {
		i := int(uint32(key))
		s := &m.segments[i]
		east := uint64(max(s.a.x, s.b.x) - west)
		north, south := min(s.a.y, s.b.y), max(s.a.y, s.b.y)
		for _, other := range m.order[n+1:] {
			if other>>32 > east {
				break
			}
			m.patience--
			o := &m.segments[uint32(other)]
			if (o.a.y > south && o.b.y > south) || (o.a.y < north && o.b.y < north) {
				continue
			}
			if !visit(i, int(uint32(other))) {
				return false
			}
		}
		if m.patience < 0 {
			return false
		}
	}
	return true
}
