package quality

import (
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// correction is a simple mistake undone: what it does to a position, and which rule
// names it.
type correction struct {
	rule *Rule
	what geo.Text
	cost int // simpler mistakes come first
	undo func(x, y float64) (lon, lat float64)
}

// corrections are tried in order of cost: swapped, a sign, the decimal point, degrees,
// minutes and seconds run together, then pairs of them.
func corrections() []correction {
	single := []correction{
		{coordinatesSwapped, say("latitude and longitude swapped", "lintang dan bujur ditukar"), 1, func(x, y float64) (float64, float64) { return y, x }},
		{coordinateSign, say("the other sign of the latitude", "tanda lintang dibalik"), 1, func(x, y float64) (float64, float64) { return x, -y }},
		{coordinateSign, say("the other sign of the longitude", "tanda bujur dibalik"), 1, func(x, y float64) (float64, float64) { return -x, y }},
	}
	for k := 1; k <= 7; k++ {
		factor := math.Pow(10, float64(k))
		single = append(single,
			correction{coordinateDigits, say("the longitude divided by %.0f", "bujur dibagi %.0f", factor), 1, func(x, y float64) (float64, float64) { return x / factor, y }},
			correction{coordinateDigits, say("the latitude divided by %.0f", "lintang dibagi %.0f", factor), 1, func(x, y float64) (float64, float64) { return x, y / factor }})
		if k <= 2 {
			single = append(single,
				correction{coordinateDigits, say("the longitude multiplied by %.0f", "bujur dikalikan %.0f", factor), 1, func(x, y float64) (float64, float64) { return x * factor, y }},
				correction{coordinateDigits, say("the latitude multiplied by %.0f", "lintang dikalikan %.0f", factor), 1, func(x, y float64) (float64, float64) { return x, y * factor }})
		}
	}
	packed := correction{coordinateDigits, say("degrees, minutes and seconds taken apart", "derajat, menit, dan detik dipisahkan"), 1, func(x, y float64) (float64, float64) {
		return unpack(x), unpack(y)
	}}
	list := append(single, packed)
	for i, a := range single {
		for j, b := range append(single[:len(single):len(single)], packed) {
			if i >= j || a.rule == b.rule && a.rule != coordinateDigits {
				continue
			}
			list = append(list, correction{
				rule: worst(a.rule, b.rule), what: say("%s, and %s", "%s, dan %s", a.what, b.what), cost: 2,
				undo: func(x, y float64) (float64, float64) { return b.undo(a.undo(x, y)) },
			})
		}
	}
	return list
}

// worst names a pair of mistakes: lost digits say more than a sign, swapping least.
func worst(a, b *Rule) *Rule {
	for _, r := range []*Rule{coordinateDigits, coordinateSign} {
		if a == r || b == r {
			return r
		}
	}
	return a
}

// unpack reads 1164722.5 as 116°47'22.5"; NaN where minutes or seconds exceed 59.
func unpack(v float64) float64 {
	abs := math.Abs(v)
	degrees, minutes, seconds := math.Floor(abs/10000), math.Mod(math.Floor(abs/100), 100), math.Mod(abs, 100)
	if minutes >= 60 || seconds >= 60 {
		return math.NaN()
	}
	return math.Copysign(degrees+minutes/60+seconds/3600, v)
}

// corrected lists the simplest corrections that put all of a box where accept wants
// it, at most three.
func (j *Judge) corrected(b orb.Bound, accept func(orb.Bound) bool) []correction {
	var found []correction
	for _, c := range j.corrections() {
		if len(found) > 0 && c.cost > found[0].cost || len(found) == 3 {
			break
		}
		x0, y0 := c.undo(b.Min[0], b.Min[1])
		x1, y1 := c.undo(b.Max[0], b.Max[1])
		if math.IsNaN(x0 + y0 + x1 + y1) {
			continue
		}
		if accept(edgeBound(orb.Point{x0, y0}, orb.Point{x1, y1})) {
			found = append(found, c)
		}
	}
	return found
}

// fitting gives the systems in metres that put the box into the province.
func fitting(b orb.Bound) []crs.Candidate {
	var metres []crs.Candidate
	for _, c := range crs.Guess(crs.Box{MinX: b.Min[0], MinY: b.Min[1], MaxX: b.Max[0], MaxY: b.Max[1]}) {
		if !c.CRS.IsGeographic() && len(metres) < 3 {
			metres = append(metres, c)
		}
	}
	return metres
}
