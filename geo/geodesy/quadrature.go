package geodesy

import "math"

// gauss calls yield with the nodes (0..1 along a segment) and weights of a
// Gauss-Legendre rule that is exact to rounding for the smooth functions of
// latitude integrated here: three nodes for edges of a few kilometres, five for
// each piece of at most two degrees of longer ones (M. Abramowitz and I. Stegun,
// Handbook of Mathematical Functions, table 25.4).
func (s segment) gauss(yield func(t, w float64)) {
	dy := math.Abs(s.by - s.ay)
	if dy <= 0.05 {
		const x, edge, middle = 0.387298334620741688518, 5.0 / 18, 8.0 / 18
		yield(0.5-x, edge)
		yield(0.5, middle)
		yield(0.5+x, edge)
		return
	}
	const (
		x1, w1 = 0.453089922969331996, 0.118463442528094543757
		x2, w2 = 0.269234655052841545, 0.239314335249683234020
		w3     = 0.284444444444444444444
	)
	n := math.Ceil(dy / 2)
	for i := range int(n) {
		c := (float64(i) + 0.5) / n
		yield(c-x1/n, w1/n)
		yield(c-x2/n, w2/n)
		yield(c, w3/n)
		yield(c+x2/n, w2/n)
		yield(c+x1/n, w1/n)
	}
}

// cellArea is the area in square metres of a cell of one degree by one degree
// at a latitude, taken as flat: the product of both radii of curvature.
func cellArea(lat float64) float64 {
	sin, cos := math.Sincos(lat * radians)
	w := 1 - ecc2*sin*sin
	return semiMajor * equatorM * max(0, cos) / (w * w) * radians * radians
}
