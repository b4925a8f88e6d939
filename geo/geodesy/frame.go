package geodesy

import "math"

// A frame measures a band of latitudes with constant metres per degree. A
// least frame never exceeds the true metric of the ellipsoid anywhere in the
// band, a greatest frame never falls below it, so that planar distances in
// degrees times these figures bound true lengths of paths inside the band.
type frame struct {
	lon, lat float64 // metres per degree
}

// leastFrame gives metres per degree that are nowhere too large between the
// latitudes lo and hi (degrees), widened by pad metres on both sides. A
// geodesic of length d between two points of a band stays within d/2 of one of
// its ends; with pad = d/2 its length therefore is at least its planar length
// in this frame.
func leastFrame(lo, hi, pad float64) frame {
	pad /= minDegreeM
	near, far := absRange(lo-pad, hi+pad)
	x2, far2 := near*near, far*far
	k := equatorM * (1 + 1.5*ecc2*x2*(1-x2/3)) // (1-y)^-3/2 >= 1+3y/2 and sin² x >= x²-x⁴/3
	if far >= math.Pi/2 {
		return frame{0, k * radians}
	}
	p := semiMajor * cosBelow(far2) * (1 + ecc2/2*far2*(1-far2/3))
	return frame{p * radians, k * radians}
}

// greatestFrame gives metres per degree that are nowhere too small between two
// latitudes in degrees. A straight path in lon/lat stays inside its own band,
// so its planar length in this frame is an upper bound of the geodesic.
func greatestFrame(lo, hi float64) frame {
	near, far := absRange(lo, hi)
	y := ecc2 * min(1, near*near)
	p := semiMajor * cosAbove(near*near) * (1 + y/2 + y*y)
	y = ecc2 * min(1, far*far)
	k := equatorM * (1 + 1.5*y + 2*y*y)
	return frame{p * radians, k * radians}
}

// absRange gives the smallest and largest absolute value of a range of
// latitudes, in radians, the largest capped at the pole.
func absRange(lo, hi float64) (near, far float64) {
	far = max(-lo, hi) * radians
	if far > math.Pi/2 {
		far = math.Pi / 2
	}
	if lo > 0 {
		near = lo * radians
	} else if hi < 0 {
		near = -hi * radians
	}
	return near, far
}

// cosBelow and cosAbove are Taylor polynomials of the cosine in x², cut after a
// negative and a positive term: below and above it for |x| <= pi/2, by less than 1e-6.
func cosBelow(x2 float64) float64 {
	c := 1 - x2/2*(1-x2/12*(1-x2/30*(1-x2/56*(1-x2/90))))
	return max(0, c-1e-15)
}

func cosAbove(x2 float64) float64 {
	return 1 - x2/2*(1-x2/12*(1-x2/30*(1-x2/56*(1-x2/90*(1-x2/132))))) + 1e-15
}

// below shaves a lower bound by more than rounding can have added to it.
func below(metres float64) float64 { return max(0, metres*(1-1e-12)-1e-7) }

// above does the same for an upper bound.
func above(metres float64) float64 { return metres*(1+1e-12) + 1e-7 }
