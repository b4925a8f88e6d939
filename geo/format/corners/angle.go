package corners

import "math"

// Angle is one angle as people write it: 116°47'22,5" BT.
type Angle struct {
	Degrees float64
	// Latitude and Longitude say that a direction beside it (LS, BT ...) makes it one.
	Latitude, Longitude bool
	// Signed says that a sign or a direction tells on which side of zero it lies.
	Signed bool
}

// ParseAngle reads a text that is one angle with degrees and minutes, or with a
// direction; false if it is none, or more.
func ParseAngle(text string) (Angle, bool) {
	line := plain(text)
	found, f := angles(line)
	if f != nil || len(found) != 1 || math.IsNaN(found[0].value) {
		return Angle{}, false
	}
	c := found[0]
	return Angle{Degrees: c.value, Latitude: c.axis == latitude, Longitude: c.axis == longitude, Signed: c.signed}, true
}
