package geodesy

import "github.com/paulmach/orb"

// step is a way from a place of the grid to a neighbour: columns east, rows north.
type step struct{ x, y int }

// left and right are a quarter turn.
func (s step) left() step  { return step{-s.y, s.x} }
func (s step) right() step { return step{s.y, -s.x} }

// reaches reports whether a distance is of a place in the area, not outside of the shape.
func reaches(metres, width float32) bool { return metres >= 0 && metres <= width }

// contours gives the rings around all places that are as near as that: areas to their
// left, so that outer ones run counter-clockwise and holes clockwise. Where a ring
// passes between two places follows from their distances (marching squares). Widths are
// asked for in ascending order, above 0.
func (d *distances) contours(width float64) []orb.Ring {
	var rings []orb.Ring
	w := float32(width)
	for _, b := range d.blocks {
		for i, v := range b.metres {
			if !reaches(v, w) || b.contoured[i] == w {
				continue
			}
			column, row := b.x+i%blockSide, b.y+i>>blockBits
			// Every ring passes somewhere on its way north between a place and its eastern neighbour.
			if column < d.columns && row < d.rows && !reaches(d.at(column+1, row), w) {
				rings = append(rings, d.contour(column, row, w))
			}
		}
	}
	return rings
}

// contour follows a ring from between a place within and its eastern neighbour.
func (d *distances) contour(column, row int, width float32) orb.Ring {
	var ring orb.Ring
	x, y, out := column, row, step{1, 0}
	for {
		ring = append(ring, d.crossing(x, y, out, width))
		if out.x == 1 {
			d.block(x, y).contoured[y%blockSide<<blockBits|x%blockSide] = width
		}
		ahead := out.left()
		switch {
		case !reaches(d.at(x+ahead.x, y+ahead.y), width):
			out = ahead
		case !reaches(d.at(x+ahead.x+out.x, y+ahead.y+out.y), width):
			x, y = x+ahead.x, y+ahead.y
		default:
			x, y = x+ahead.x+out.x, y+ahead.y+out.y
			out = out.right()
		}
		if x == column && y == row && out == (step{1, 0}) {
			return append(ring, ring[0])
		}
	}
}

// crossing is where a ring passes between a place within and its neighbour.
func (d *distances) crossing(x, y int, out step, width float32) orb.Point {
	a, b := float64(d.at(x, y)), float64(d.at(x+out.x, y+out.y))
	t := (float64(width) - a) / (b - a)
	if b < 0 {
		t = a / (a - b)
	}
	// Never at a place itself, where a ring could meet another or itself.
	t = max(0.001, min(0.999, t))
	return orb.Point{(float64(d.west+x) + t*float64(out.x)) * d.cell, (float64(d.south+y) + t*float64(out.y)) * d.cell}
}
