package snapshot

import (
	"math/big"
)

// orientationBound is the share of the summed products beyond which the sign of
// the determinant in doubles is certain: (3 + 16ε)ε (J. R. Shewchuk, Adaptive
// Precision Floating-Point Arithmetic, 1997, section 4).
const orientationBound = 3.3306690738754716e-16

// orientation says on which side of the line from a to b the point c lies: +1
// left, -1 right, 0 on it. The answer is exact.
func orientation(ax, ay, bx, by, cx, cy float64) int {
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
	if bound := orientationBound * sum; sum > 1e-290 && (det > bound || -det > bound) {
		return sign(det)
	}
	return exactOrientation(ax, ay, bx, by, cx, cy)
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

// exactOrientation takes the determinant in rational numbers. It costs some
// microseconds and is reached only by points on the line or all but on it.
func exactOrientation(ax, ay, bx, by, cx, cy float64) int {
	rational := func(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }
	x, y := rational(cx), rational(cy)
	left := new(big.Rat).Mul(rational(ax).Sub(rational(ax), x), rational(by).Sub(rational(by), y))
	right := new(big.Rat).Mul(rational(ay).Sub(rational(ay), y), rational(bx).Sub(rational(bx), x))
	return left.Cmp(right)
}
