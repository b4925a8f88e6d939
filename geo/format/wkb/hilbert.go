package wkb

// Hilbert gives the place of a cell of a 65536 by 65536 grid on the Hilbert curve:
// Wikipedia's xy2d, one bit of each coordinate at a time.
func Hilbert(x, y uint32) uint32 {
	const side = 1 << 16
	var d uint32
	for s := uint32(side / 2); s > 0; s /= 2 {
		var rx, ry uint32
		if x&s > 0 {
			rx = 1
		}
		if y&s > 0 {
			ry = 1
		}
		d += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = side-1-x, side-1-y
			}
			x, y = y, x
		}
	}
	return d
}
