package geodesy

import "math/big"

// sideBound is the share of the summed products beyond which the sign of
// the determinant in doubles is certain: (3 + 16ε)ε (J. R. Shewchuk, Adaptive
// Precision Floating-Point Arithmetic, 1997, section 4).
const sideBound = 3.3306690738754716e-16

// Side tells on which side of the straight line in lon/lat from a to b the point c
// lies: 1 left, -1 right, 0 on it. The answer is exact for finite numbers, and any of the three for others. Some
// nanoseconds; microseconds for points on the line or all but on it.
func Side(ax, ay, bx, by, cx, cy float64) int {
	left, right := (ax-cx)*(by-cy), (ay-cy)*(bx-cx)
	det := left - right
	var sum float64
	switch {
	case left > 0 && right > 0:
		sum = left + right
	case left < 0 && right < 0:
		sum = -left - right
	case left != 0 || right != 0:
		// Signs differ or one product is 0: no cancellation, unless one has underflowed.
		if !(left == 0 && right == 0) && (det > 1e-290 || det < -1e-290) {
			return sign(det)
		}
	}
	if bound := sideBound * sum; sum > 1e-290 && (det > bound || -det > bound) {
		return sign(det)
	}
	if x := ax + ay + bx + by + cx + cy; x-x != 0 {
		return 0 // no numbers, or so large that they are none here
	}
	return exactSide(ax, ay, bx, by, cx, cy)
}

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// exactSide takes the determinant in rational numbers.
func exactSide(ax, ay, bx, by, cx, cy float64) int {
	rational := func(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }
	x, y := rational(cx), rational(cy)
	left := new(big.Rat).Mul(rational(ax).Sub(rational(ax), x), rational(by).Sub(rational(by), y))
	right := new(big.Rat).Mul(rational(ay).Sub(rational(ay), y), rational(bx).Sub(rational(bx), x))
	return left.Cmp(right)
}
