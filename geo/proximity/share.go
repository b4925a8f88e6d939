package proximity

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/wording"
)

// AreaShare is a sum of which each area counts with the part of it that lies
// within the distance. It says how much there would be if the values were spread
// evenly over their areas, which nobody claims: an order of magnitude.
type AreaShare struct {
	// Sum is the share as computed, Rounded what Min and Max allow: show that.
	Sum     float64 `json:"sum"`
	Rounded float64 `json:"rounded"`
	// Min and Max bound what lies within the distance wherever in its area each
	// value stands: of a value in hectares, at least what does not fit outside and
	// at most what fits inside; of others, nothing and all of it. A point or line counts
	// as CountMin and CountMax have it. Max is nil when an uncertainty is unknown; then
	// values below 0 that are stored farther away than was looked are not in Min.
	Min float64  `json:"min"`
	Max *float64 `json:"max"`
	// Method says how it was computed.
	Method string `json:"method"`
}

// ShareMethod is the method of AreaShare.
var ShareMethod = geo.Text{
	EN: "area-weighted: the share of each area that lies within the distance (intersection with the geodesic buffer), times its value; " +
		"an order of magnitude, since where in its area a value stands is not known",
	ID: "dibobot menurut luas: bagian tiap wilayah yang berada dalam jarak itu (irisan dengan penyangga geodesik) dikali nilainya; " +
		"orde besaran saja, karena letak nilai itu di dalam wilayahnya tidak diketahui",
}

// shareByArea fills in the shares for each ring.
func (t *tally) shareByArea(ctx context.Context) error {
	if !t.wantsShares() {
		return nil
	}
	if len(t.parts) > maxParts {
		return geo.Errorf(geo.TooLarge, "more than %d areas would have to be shared out", maxParts).
			Try("ask for a smaller distance, or for the plain sum").In("sum")
	}
	areas := make([]float64, len(t.parts))
	shapes := make([]orb.Geometry, len(t.parts))
	for i, p := range t.parts {
		if p.shape.Dimension() < 2 {
			continue
		}
		g, err := p.feature.Geometry()
		if err != nil {
			return err
		}
		areas[i], shapes[i] = geodesy.Area(p.shape), g
	}
	for i, d := range t.rings {
		inside, err := t.inside(ctx, d, areas, shapes)
		if err != nil {
			return err
		}
		for j, s := range t.sums {
			if s.ByArea {
				t.all[i].Sums[j].ByArea = t.share(d, s.Property, areas, inside)
			}
		}
	}
	return nil
}

func (t *tally) wantsShares() bool {
	for _, s := range t.sums {
		if s.ByArea {
			return true
		}
	}
	return false
}

// inside gives the area of each part, in square metres, within d of the origin.
func (t *tally) inside(ctx context.Context, d float64, areas []float64, shapes []orb.Geometry) ([]float64, error) {
	within := make([]float64, len(t.parts))
	var ring orb.Geometry
	for k, p := range t.parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if shapes[k] == nil || p.metres > d {
			continue
		}
		if ring == nil {
			var err error
			if ring, err = bufferOf(ctx, t.origin, d); err != nil {
				return nil, err
			}
		}
		if ring.Bound().IsEmpty() {
			continue
		}
		_, area, err := geodesy.Overlap(ctx, shapes[k], ring)
		if err != nil {
			return nil, overlapFault(err, t.origin, p.feature)
		}
		within[k] = min(area, areas[k])
	}
	return within, nil
}

// share sums a property over the parts.
func (t *tally) share(d float64, property string, areas, inside []float64) *AreaShare {
	a := &AreaShare{Method: ShareMethod.EN}
	hectares := t.s.unit(property) == "ha"
	greatest := 0.0
	for k, p := range t.parts {
		v, ok := p.feature.Number(property)
		if !ok {
			continue
		}
		least, most := min(0, v), max(0, v)
		switch {
		case areas[k] == 0: // a point or line lies within the distance as a whole, or not at all
			if p.metres <= d {
				a.Sum += v
			}
			switch {
			case p.interval.MaxM != nil && *p.interval.MaxM <= d:
				least, most = v, v
			case p.interval.MinM > d:
				least, most = 0, 0
			}
		case p.metres > d:
			continue
		default:
			a.Sum += v * inside[k] / areas[k]
			if hectares && v >= 0 && p.interval.MaxM != nil {
				least = max(0, v-geodesy.Hectares(areas[k]-inside[k]))
				most = min(v, geodesy.Hectares(inside[k]))
			}
		}
		a.Min += least
		greatest += most
	}
	a.Sum, a.Min = hundredths(a.Sum), hundredths(a.Min)
	if greatest = hundredths(greatest); !t.open {
		a.Max = &greatest
	}
	a.Rounded = a.quantity(t.s.unit(property)).Rounded().Value
	return a
}

// quantity is the share with what it can be.
func (a *AreaShare) quantity(unit string) wording.Quantity {
	return wording.Quantity{Value: a.Sum, Least: &a.Min, Most: a.Max, Unit: unit}
}

// hundredths cuts off the noise of floating-point sums.
func hundredths(v float64) float64 { return math.Round(v*100) / 100 }
