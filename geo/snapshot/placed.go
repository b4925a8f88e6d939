package snapshot

import (
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// placed is a feature in the R-tree, with what most queries want to know of it:
// to read it from the feature would fetch scattered memory for each match.
type placed struct {
	feature *geo.Feature
	// key orders by id as far as it goes: of two features with different keys the
	// one with the smaller key comes first. Never 0.
	key uint64
	// connected says that the geometry is one line or one polygon.
	connected bool
	// touches tell about where it touches the sides of its bound; see step.
	touches [4]uint8
}

// The sides of a bound.
const (
	west = iota
	east
	south
	north
)

// placed gives the entry of a feature.
func (c *Collection) placed(f *geo.Feature, p placement) placed {
	e := placed{feature: f, key: c.keys.of(f.ID), connected: isConnected(f.WKB)}
	for side := range e.touches {
		axis := across[side]
		e.touches[side] = stepOf(p.touches[side], p.bound.Min[axis], p.bound.Max[axis])
	}
	return e
}

// across is the axis along which each side runs.
var across = [4]int{west: 1, east: 1, south: 0, north: 0}

// steps is into how many parts a side of a bound is divided.
const steps = 256

// step is where the n-th part of a side begins. All that compares with it takes it
// from here, so that rounding is the same.
func step(n int, from, to float64) float64 {
	if n == steps {
		return to
	}
	return from + (to-from)*(float64(n)/steps)
}

// stepOf gives the part of a side in which v lies.
func stepOf(v, from, to float64) uint8 {
	n := 0
	if part := (v - from) / (to - from) * steps; part > 0 { // not so where a side has no length, or too much
		n = int(min(part, steps-1))
	}
	for n > 0 && !(step(n, from, to) <= v) {
		n--
	}
	for n < steps-1 && step(n+1, from, to) < v {
		n++
	}
	return uint8(n)
}

// meetsWithin reports whether the geometry meets a box that its bound meets. It reads
// the geometry only where neither the bound decides nor where it touches that.
func (p *placed) meetsWithin(bound, box orb.Bound) bool {
	within, along := inside(bound, box)
	return within && along || (within || along) && p.connected || p.touchesIn(bound, box) || meets(p.feature.WKB, box)
}

// touchesIn reports whether a position on a side of the bound is known to lie in a box
// that the bound meets.
func (p *placed) touchesIn(bound, box orb.Bound) bool {
	in := func(side int) bool {
		axis, n := across[side], int(p.touches[side])
		return step(n, bound.Min[axis], bound.Max[axis]) >= box.Min[axis] && step(n+1, bound.Min[axis], bound.Max[axis]) <= box.Max[axis]
	}
	return bound.Min[0] >= box.Min[0] && in(west) || bound.Max[0] <= box.Max[0] && in(east) ||
		bound.Min[1] >= box.Min[1] && in(south) || bound.Max[1] <= box.Max[1] && in(north)
}

// keys are made of ids: of integers the number, of texts the first bytes that
// follow the beginning which all of a collection had in common when it was built.
type keys struct {
	common   string
	integers bool
}

// commonBeginning is that of a first and a last text and of all between them.
func commonBeginning(first, last string) string {
	n := 0
	for n < min(len(first), len(last)) && first[n] == last[n] {
		n++
	}
	return first[:n]
}

// of gives the key of an id. One that begins otherwise than those that the keys
// were made for has the first or the last key.
func (k keys) of(id string) uint64 {
	const first, last = 1, 1<<64 - 1
	if k.integers {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return first // not an integer: a store would not give it
		}
		return max(first, uint64(n)^1<<63)
	}
	switch rest, ok := strings.CutPrefix(id, k.common); {
	case ok:
		var b [8]byte
		copy(b[:], rest)
		return min(max(first+1, binary.BigEndian.Uint64(b[:])), last-1)
	case id < k.common:
		return first
	}
	return last
}
