package wkb

import "math"

// circle is that of an arc, with the two parts from its first position over the second to the third.
type circle struct {
	x, y, radius float64
	angles       [2]float64 // at which each part begins
	sweeps       [2]float64 // of each part, positive counterclockwise
}

// circleThrough finds the circle of an arc; false where the positions lie in line, coincide or
// are no numbers. Where the last is the first, the second lies opposite.
func circleThrough(x0, y0, x1, y1, x2, y2 float64) (circle, bool) {
	// Relative to the first position, so that small arcs far from 0 keep their digits.
	ax, ay, bx, by := x1-x0, y1-y0, x2-x0, y2-y0
	if bx == 0 && by == 0 {
		c := circle{x: x0 + ax/2, y: y0 + ay/2, radius: math.Hypot(ax, ay) / 2, sweeps: [2]float64{math.Pi, math.Pi}}
		c.angles[0] = math.Atan2(-ay, -ax)
		c.angles[1] = c.angles[0] + math.Pi
		return c, c.radius > 0 && !math.IsInf(c.radius, 0)
	}
	turn := 2 * (ax*by - bx*ay)
	a, b := ax*ax+ay*ay, bx*bx+by*by
	cx, cy := (a*by-b*ay)/turn, (b*ax-a*bx)/turn
	c := circle{x: x0 + cx, y: y0 + cy, radius: math.Hypot(cx, cy)}
	const flattest = 1e9 // radius against chord: such an arc is straight to the last digit
	if !(c.radius < flattest*math.Sqrt(b)) || a == 0 || ax == bx && ay == by {
		return c, false
	}
	angle := [3]float64{math.Atan2(-cy, -cx), math.Atan2(ay-cy, ax-cx), math.Atan2(by-cy, bx-cx)}
	for k := range c.sweeps {
		c.angles[k] = angle[k]
		c.sweeps[k] = math.Mod(angle[k+1]-angle[k], 2*math.Pi)
		switch {
		case turn > 0 && c.sweeps[k] < 0:
			c.sweeps[k] += 2 * math.Pi
		case turn < 0 && c.sweeps[k] > 0:
			c.sweeps[k] -= 2 * math.Pi
		}
	}
	return c, true
}

// edges is how many equal ones a part of the circle needs to be nowhere further from it than the tolerance.
func (c circle) edges(sweep, tolerance float64) int {
	const most = 1 << 20
	step := math.Pi / 4 // at the most, that small ones still look round
	if tolerance < c.radius {
		step = min(step, 4*math.Asin(math.Sqrt(tolerance/c.radius/2)))
	}
	n := math.Ceil(math.Abs(sweep)/step - 1e-9)
	if !(n > 1) {
		return 1
	}
	return int(min(n, most))
}
