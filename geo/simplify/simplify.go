package simplify

import (
	"math"

	"github.com/peterstace/simplefeatures/geom"

	"kawasan/geo/format/wkb"
)

// Tolerance says how far a simplified line may lie from the stored one. The zero
// value allows nothing.
type Tolerance struct {
	degrees float64 // of longitude on the Mercator map; 0 if metres count
	metres  float64
}

// ForZoom allows half a pixel of a Web Mercator map of tiles 256 pixels wide, at a
// zoom level that need not be whole. Level 0 shows the world in one tile.
func ForZoom(level float64) Tolerance {
	return Tolerance{degrees: 360.0 / 256 / 2 / math.Exp2(level)}
}

// ForMetres allows a distance on the ground.
func ForMetres(metres float64) Tolerance { return Tolerance{metres: metres} }

// IsZero reports whether nothing is allowed.
func (t Tolerance) IsZero() bool { return t == Tolerance{} }

const (
	metresPerDegree = 111_319.49079327358 // of longitude on the equator of WGS84
	// tries is how often a tolerance that would break a polygon is halved.
	tries = 12
	// steepest is the latitude beyond which the Mercator map is not stretched further.
	steepest = 89.9
)

// WKB gives a geometry (ISO WKB or EWKB, longitude and latitude) without the
// vertices that the tolerance allows to leave out, as little-endian ISO WKB; bytes
// itself where there is nothing to leave out. The cost is that of reading it a few
// times. It fails on broken bytes.
func WKB(bytes []byte, t Tolerance) ([]byte, error) {
	if len(bytes) == 0 || t.IsZero() {
		return bytes, nil
	}
	allowed := t
	for range tries {
		s := simplifier{r: wkb.NewReader(bytes), allowed: allowed}
		out, err := s.all(len(bytes))
		if err != nil {
			return nil, err
		}
		if s.left == 0 {
			return bytes, nil
		}
		if !s.areal || isValid(out) {
			return out, nil
		}
		allowed.degrees, allowed.metres = allowed.degrees/2, allowed.metres/2
	}
	return bytes, nil
}

func isValid(bytes []byte) bool {
	_, err := geom.UnmarshalWKB(bytes)
	return err == nil
}

// position is a vertex on the Mercator map, in degrees.
type position struct{ x, y float64 }

// distance from a position to the line between two others.
func (p position) distance(a, b position) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	if length := dx*dx + dy*dy; length > 0 {
		t := math.Max(0, math.Min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/length))
		a.x, a.y = a.x+t*dx, a.y+t*dy
	}
	return math.Hypot(p.x-a.x, p.y-a.y)
}

// onMap gives the positions of a sequence and the tolerance there in degrees of the map.
func (t Tolerance) onMap(p wkb.Positions) ([]position, float64) {
	list := make([]position, p.Len())
	least := 90.0 // latitude nearest to the equator
	for i := range list {
		lon, lat := p.XY(i)
		lat = math.Max(-steepest, math.Min(steepest, lat))
		least = math.Min(least, math.Abs(lat))
		list[i] = position{lon, math.Asinh(math.Tan(lat*math.Pi/180)) * 180 / math.Pi}
	}
	if t.degrees > 0 {
		return list, t.degrees
	}
	// The map is stretched least nearest to the equator: there the distance is longest on the ground.
	return list, t.metres / metresPerDegree / math.Cos(least*math.Pi/180)
}
