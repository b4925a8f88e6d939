package quality

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Limits of what counts as thin, in metres and degrees. They were set by looking at
// the administrative layers of the province: real river mouths and road cuttings stay
// below them.
const (
	spikeAngle     = 1.0   // degrees
	spikeGap       = 2.0   // between the legs, at the end of the shorter
	spikeLength    = 10.0  // of the shorter leg
	sliverWidth    = 3.0   // mean width: twice the area over the perimeter
	sliverRoundest = 0.005 // 4 pi area over perimeter squared; a circle has 1
)

// order finds rings that run against RFC 7946, 3.1.6.
func (v *Examination) order(b *boundary) {
	wrong, first := 0, -1
	for i, r := range b.rings {
		if r.area != 0 && (r.area > 0) != (r.shell == i) {
			if wrong++; first < 0 {
				first = i
			}
		}
	}
	if wrong > 0 {
		place := b.place(b.rings[first].first)
		place.Vertex = 0
		v.add(Issue{Rule: ringOrder, Place: place, Message: say("%d of %d rings run the other way", "%d dari %d cincin berarah terbalik", wrong, len(b.rings))})
	}
}

// thin finds spikes and slivers in rings that have no worse fault.
func (v *Examination) thin(b *boundary, faulty map[int32]bool) {
	for i := range b.rings {
		r := &b.rings[i]
		if faulty[int32(i)] {
			continue
		}
		m := newPlane(r.bound.Center())
		most := 0.0 // of the perimeter
		before := m.along(b.v[r.last-1], b.v[r.first])
		for k := r.first; k < r.last; k++ {
			next := m.along(b.v[k], b.v[k+1])
			most += math.Abs(next[0]) + math.Abs(next[1])
			px, py := -before[0], -before[1]
			if across, along := px*next[1]-py*next[0], px*next[0]+py*next[1]; math.Abs(across) <= 0.02*along { // else an angle of more than a degree, as at nearly all vertices
				v.spike(b, k, math.Min(math.Hypot(px, py), math.Hypot(next[0], next[1])), math.Abs(math.Atan2(across, along)))
			}
			before = next
		}
		area := math.Abs(r.area * m.kx * m.ky)
		if 2*area > 1.001*sliverWidth*most {
			continue // too wide, whatever the perimeter
		}
		perimeter := m.perimeter(b.v[r.first : r.last+1])
		if perimeter > 0 && 2*area/perimeter < sliverWidth && 4*math.Pi*area < sliverRoundest*perimeter*perimeter {
			exact := math.Round(ringArea(b.v[r.first:r.last+1])*100) / 100
			place := b.place(r.first)
			place.Vertex = 0
			v.add(Issue{Rule: sliver, Place: place, AreaM2: &exact, Message: say(
				"ring %d of part %d is some %s m long and %s m wide (%s m²)", "cincin %d dari bagian %d panjangnya sekitar %s m dan lebarnya %s m (%s m²)",
				r.number, r.part, figure(perimeter/2), figure(2*area/perimeter), figure(exact))})
		}
	}
}

// spike tells of the vertex k if the edges at it, the shorter of which has so many metres,
// make a spike.
func (v *Examination) spike(b *boundary, k int, shorter, angle float64) {
	if shorter < spikeLength || angle == 0 || angle > spikeAngle*math.Pi/180 || shorter*math.Sin(angle) > spikeGap {
		return
	}
	v.add(Issue{Rule: spike, Place: b.place(k), Message: say(
		"a spike of %s m ends at %s, %s m wide where it begins", "duri sepanjang %s m berujung di %s, lebarnya %s m di pangkal",
		figure(shorter), lonLat(b.v[k]), figure(shorter*math.Sin(angle)))})
}

// ringArea is the area on the ellipsoid in square metres; 0 if it has none.
func ringArea(ring []orb.Point) float64 {
	area, err := geodesy.AreaOf(orb.Polygon{orb.Ring(ring)})
	if err != nil {
		return 0
	}
	return math.Abs(area)
}

// plane maps a small region to metres: good to a percent for some hundred kilometres.
type plane struct {
	middle orb.Point
	kx, ky float64
}

func newPlane(middle orb.Point) plane {
	const radius = 6371008.8 * math.Pi / 180
	return plane{middle, radius * math.Cos(middle[1]*math.Pi/180), radius}
}

// along is the way from one point to another in metres.
func (m plane) along(p, q orb.Point) orb.Point {
	return orb.Point{(q[0] - p[0]) * m.kx, (q[1] - p[1]) * m.ky}
}

// perimeter is the length of a ring in metres.
func (m plane) perimeter(ring []orb.Point) (sum float64) {
	for k := range len(ring) - 1 {
		d := m.along(ring[k], ring[k+1])
		sum += math.Sqrt(d[0]*d[0] + d[1]*d[1])
	}
	return sum
}

func (m plane) metres(p orb.Point) orb.Point {
	return orb.Point{(p[0] - m.middle[0]) * m.kx, (p[1] - m.middle[1]) * m.ky}
}

// figure writes a number for people: three significant digits, whole numbers in full.
func figure(x float64) geo.Text {
	if math.Abs(x) >= 100 {
		s := strconv.FormatFloat(math.Round(x), 'f', 0, 64)
		return geo.Text{EN: s, ID: s}
	}
	s := fmt.Sprintf("%.3g", x)
	return geo.Text{EN: s, ID: strings.Replace(s, ".", ",", 1)}
}
