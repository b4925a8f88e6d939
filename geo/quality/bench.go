package quality

import (
	"kawasan/geo/format/wkb"
)

// bench is memory for examining one geometry after another: what decode and newBoundary
// make in it is good until the next one is laid on it.
type bench struct {
	geometries []geometry
	members    []*geometry
	lines      []line
	numbers    []float64
	boundary   boundary
}

// benchKept is how many numbers a bench keeps; the memory of a larger geometry is given back.
const benchKept = 1 << 18

// clear takes the last geometry off the bench.
func (b *bench) clear() {
	if cap(b.numbers) > benchKept {
		*b = bench{}
		return
	}
	b.geometries, b.members, b.lines, b.numbers = b.geometries[:0], b.members[:0], b.lines[:0], b.numbers[:0]
}

// geometry lays a new one on the bench. Those before it stay where they are: when the
// memory is full the next ones get another.
func (b *bench) geometry(h wkb.Header) *geometry {
	if len(b.geometries) == cap(b.geometries) {
		b.geometries = make([]geometry, 0, max(8, 2*cap(b.geometries)))
	}
	b.geometries = append(b.geometries, geometry{kind: h.Type, hasZ: h.HasZ, hasM: h.HasM})
	return &b.geometries[len(b.geometries)-1]
}

// room gives n places behind those that are used; capped, so that who appends takes none of the next.
func room[T any](used *[]T, n int) []T {
	if cap(*used)-len(*used) < n {
		*used = make([]T, 0, max(n, 2*cap(*used)))
	}
	at := len(*used)
	*used = (*used)[:at+n]
	return (*used)[at : at : at+n]
}

// line takes the numbers of positions.
func (b *bench) line(p wkb.Positions) line {
	l := line{dims: p.Header.Size() / 8}
	l.c = p.AppendOrdinates(room(&b.numbers, p.Len()*l.dims))
	return l
}
