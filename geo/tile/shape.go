package tile

import (
	"math"
	"slices"
)

// form is a geometry that can be drawn: an outline, or a shape that a layer keeps.
type form interface {
	list() []run
	// appendSnapped appends the vertices of a run, each moved to the nearest point of a grid.
	appendSnapped(dst []vertex, r run, g grid) []vertex
	// box bounds a run, which has a vertex at least.
	box(r run) (lo, hi vertex)
}

// shape is an outline as layers keep it, in half the memory: offsets from the
// north-western corner, x and y in turn.
type shape struct {
	corner  vertex
	offsets []uint32
	runs    []run
	bend    float64
}

// shape gives the outline to keep; without offsets if it is wider than they can
// say (a quarter of the world): then it is read anew each time.
func (o *outline) shape() shape {
	lo, hi := box(o.vertices)
	s := shape{corner: lo, runs: slices.Clone(o.runs), bend: o.bend}
	if hi.x-lo.x > math.MaxUint32 || hi.y-lo.y > math.MaxUint32 {
		return s
	}
	s.offsets = make([]uint32, 0, 2*len(o.vertices))
	for _, v := range o.vertices {
		s.offsets = append(s.offsets, uint32(v.x-lo.x), uint32(v.y-lo.y))
	}
	return s
}

func (s *shape) bytes() int { return 72 + 4*cap(s.offsets) + 12*cap(s.runs) }

// grid are the points to which vertices are moved at a zoom.
type grid struct {
	shift uint  // bits of the deepest zoom's units that a cell has
	half  int64 // of a cell
	cell  int64 // in units of the zoom
}

// gridAt gives the grid of a zoom: every 4 units up to zoom 12, 2 at 13, each unit from 14 on.
func gridAt(zoom int) grid {
	more := max(0, min(2, 14-zoom))
	shift := uint(MaxZoom - zoom + more)
	return grid{shift, 1 << shift >> 1, 1 << more}
}

// snap gives the nearest point of the grid, in units of its zoom.
func (g grid) snap(v vertex) vertex {
	return vertex{(v.x + g.half) >> g.shift * g.cell, (v.y + g.half) >> g.shift * g.cell}
}

func (o *outline) list() []run { return o.runs }

func (o *outline) appendSnapped(dst []vertex, r run, g grid) []vertex {
	for _, v := range o.vertices[r.start:r.end] {
		dst = append(dst, g.snap(v))
	}
	return dst
}

func (o *outline) box(r run) (lo, hi vertex) { return box(o.vertices[r.start:r.end]) }

func (s *shape) list() []run { return s.runs }

func (s *shape) appendSnapped(dst []vertex, r run, g grid) []vertex {
	at := s.offsets[2*r.start : 2*r.end]
	for i := 1; i < len(at); i += 2 {
		dst = append(dst, g.snap(vertex{s.corner.x + int64(at[i-1]), s.corner.y + int64(at[i])}))
	}
	return dst
}

func (s *shape) box(r run) (lo, hi vertex) {
	at := s.offsets[2*r.start : 2*r.end]
	west, north, east, south := at[0], at[1], at[0], at[1]
	for i := 1; i < len(at); i += 2 {
		west, east = min(west, at[i-1]), max(east, at[i-1])
		north, south = min(north, at[i]), max(south, at[i])
	}
	c := s.corner
	return vertex{c.x + int64(west), c.y + int64(north)}, vertex{c.x + int64(east), c.y + int64(south)}
}
