// Package bbox reads boxes that select features, in any reference system: as
// OGC API Features has its parameters bbox and bbox-crs, and the command line its flags.
package bbox

import (
	"math"
	"strconv"
	"strings"

	"kawasan/geo"
)

// box is a box as it was written, in the axis order of its reference system, without heights.
type box struct {
	first, second [2]float64
	text          string
}

// Form says how a box is written.
const Form = "four numbers minx,miny,maxx,maxy (or six, with heights), such as 116.7,-1.3,116.9,-1.1"

// parse reads four or six finite numbers. Heights are read and left aside: the data
// have none that a box could ask about.
func parse(text string) (box, error) {
	parts := strings.Split(text, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return box{}, geo.Errorf(geo.Invalid, "bbox has %d numbers", len(parts)).Try(Form)
	}
	n := make([]float64, len(parts))
	for i, part := range parts {
		v, err := geo.ParseNumber(strings.TrimSpace(part))
		if err != nil {
			return box{}, geo.Errorf(geo.Invalid, "%q in bbox is not a finite number", geo.Clip(part)).Try(Form)
		}
		n[i] = v
	}
	if len(n) == 6 {
		if n[2] > n[5] {
			return box{}, geo.Errorf(geo.Invalid, "the lowest height of bbox is above the highest").Try(Form)
		}
		return box{[2]float64{n[0], n[1]}, [2]float64{n[3], n[4]}, text}, nil
	}
	return box{[2]float64{n[0], n[1]}, [2]float64{n[2], n[3]}, text}, nil
}

// inOrder makes first the lower corner. A box of longitude and latitude whose north
// is up need not have its corners in that order in a system turned against it.
func (b box) inOrder() box {
	for i := range b.first {
		b.first[i], b.second[i] = min(b.first[i], b.second[i]), max(b.first[i], b.second[i])
	}
	return b
}

// padded is a box wider by a margin on all sides.
func (b box) padded(margin float64) box {
	for i := range b.first {
		b.first[i], b.second[i] = b.first[i]-margin, b.second[i]+margin
	}
	return b
}

// isLonLat reports whether a box that should be latitude, longitude can only be
// longitude, latitude: in Indonesia no longitude passes for a latitude, so what so
// many clients send is not in doubt.
func (b box) isLonLat() bool {
	const pole, antimeridian = 90, 180
	within := func(limit, a, b float64) bool { return math.Abs(a) <= limit && math.Abs(b) <= limit }
	return !within(pole, b.first[0], b.second[0]) && within(antimeridian, b.first[0], b.second[0]) && within(pole, b.first[1], b.second[1])
}

func outOfRange(axis geo.Phrase, v, limit float64) error {
	return geo.Errorf(geo.Invalid, "%s %s in bbox is out of range", axis, strconv.FormatFloat(v, 'g', -1, 64)).
		Try("degrees between -%g and %g, in the axis order of bbox-crs", limit, limit)
}
