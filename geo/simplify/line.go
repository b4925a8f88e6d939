package simplify

// keepLine marks the vertices of a line to keep: the ends, and what lies further
// than allowed from what is kept.
func keepLine(p []position, allowed float64) []bool {
	keep := make([]bool, len(p))
	if len(p) == 0 {
		return keep
	}
	last := len(p) - 1
	keep[0], keep[last] = true, true
	between(p, keep, 0, last, allowed)
	if p[0] == p[last] && last > 1 {
		keep[farthest(p, 0, last)] = true // else nothing would be left of a closed line
	}
	return keep
}

// keepRing marks the vertices of a closed ring to keep, at least three; small says
// that all of it lies within the tolerance.
func keepRing(p []position, allowed float64) (keep []bool, small bool) {
	keep = make([]bool, len(p))
	last := len(p) - 1
	if last < 3 {
		for i := range keep {
			keep[i] = true
		}
		return keep, false
	}
	far := farthest(p, 0, last) // from the first, where the ring closes
	keep[0], keep[far], keep[last] = true, true, true
	between(p, keep, 0, far, allowed)
	between(p, keep, far, last, allowed)
	if count(keep) < 4 {
		third, most := 0, -1.0
		for i := 1; i < last; i++ {
			if d := p[i].distance(p[0], p[far]); !keep[i] && d > most {
				third, most = i, d
			}
		}
		keep[third] = true
	}
	return keep, p[far].distance(p[0], p[0]) <= allowed
}

// between keeps, among the vertices between two that are kept, those that lie too
// far from the line between them, and so on until none does.
func between(p []position, keep []bool, from, to int, allowed float64) {
	stack := [][2]int{{from, to}}
	for len(stack) > 0 {
		part := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		at, most := 0, allowed
		for i := part[0] + 1; i < part[1]; i++ {
			if d := p[i].distance(p[part[0]], p[part[1]]); d > most {
				at, most = i, d
			}
		}
		if at > 0 {
			keep[at] = true
			stack = append(stack, [2]int{part[0], at}, [2]int{at, part[1]})
		}
	}
}

// farthest is the vertex between two that lies farthest from the line between them.
func farthest(p []position, from, to int) int {
	at, most := from+1, -1.0
	for i := from + 1; i < to; i++ {
		if d := p[i].distance(p[from], p[to]); d > most {
			at, most = i, d
		}
	}
	return at
}

func count(keep []bool) int {
	n := 0
	for _, k := range keep {
		if k {
			n++
		}
	}
	return n
}
