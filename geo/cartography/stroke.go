package cartography

import "math"

// outlineStroke gives rings, all the same way round, that together cover a stroke.
// Round corners leave the circle by at most tolerance.
func outlineStroke(lines []Line, s Stroke, tolerance float64) [][]Point {
	var rings [][]Point
	half := s.Width / 2
	corners := circleCorners(half, tolerance)
	for _, l := range lines {
		points := l.Points
		if l.Closed && len(points) > 1 {
			points = append(points[:len(points):len(points)], points[0])
		}
		for _, piece := range dashed(points, s.Dash) {
			rings = appendStroke(rings, piece, half, corners, l.Closed && s.Dash == nil, s.Dash == nil)
		}
	}
	return rings
}

// circleCorners is how many corners a circle needs.
func circleCorners(radius, tolerance float64) int {
	if radius <= tolerance {
		return 4
	}
	n := math.Ceil(math.Pi / math.Acos(1-tolerance/radius))
	return int(math.Max(6, math.Min(48, n)))
}

func appendStroke(rings [][]Point, points []Point, half float64, corners int, closed, caps bool) [][]Point {
	var last Point // direction of the piece before
	pieces := 0
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.X-a.X, b.Y-a.Y)
		if length == 0 {
			continue
		}
		dir := Point{(b.X - a.X) / length, (b.Y - a.Y) / length}
		nx, ny := -dir.Y*half, dir.X*half
		rings = append(rings, []Point{{a.X + nx, a.Y + ny}, {a.X - nx, a.Y - ny}, {b.X - nx, b.Y - ny}, {b.X + nx, b.Y + ny}})
		// A corner needs its round where the pieces would part by a seventh of a unit.
		turn := math.Abs(dir.X*last.Y - dir.Y*last.X)
		if pieces > 0 && (turn*half > 0.15 || dir.X*last.X+dir.Y*last.Y < 0) || pieces == 0 && (closed || caps) {
			rings = append(rings, circle(a, half, corners))
		}
		last = dir
		pieces++
	}
	if pieces > 0 && caps && !closed {
		rings = append(rings, circle(points[len(points)-1], half, corners))
	}
	return rings
}

// circle is a regular polygon, the same way round as the pieces of a stroke.
func circle(at Point, radius float64, corners int) []Point {
	ring := make([]Point, corners)
	for i := range ring {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(corners))
		ring[i] = Point{at.X + radius*cos, at.Y + radius*sin}
	}
	return ring
}

// dashed cuts a line into the pieces that are drawn.
func dashed(points []Point, dash []float64) [][]Point {
	period := 0.0
	for _, d := range dash {
		period += d
	}
	if period <= 0 || len(points) < 2 {
		return [][]Point{points}
	}
	var pieces [][]Point
	at, left, on := 0, dash[0], true
	current := []Point{points[0]}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.X-a.X, b.Y-a.Y)
		for length > left {
			a = Point{a.X + (b.X-a.X)*left/length, a.Y + (b.Y-a.Y)*left/length}
			if on {
				pieces = append(pieces, append(current, a))
			}
			current = []Point{a}
			at = (at + 1) % len(dash)
			left, on, length = dash[at], !on, length-left
		}
		left -= length
		if on {
			current = append(current, b)
		}
	}
	if on && len(current) > 1 {
		pieces = append(pieces, current)
	}
	return pieces
}
