package snapshot

import (
	"context"
	"iter"
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Near yields the features that have a position and fulfil the query, in order
// of rising lower bound of their geodesic distance from the box, the shorter
// way round the earth. It goes through the R-tree best first, so that the
// first ones cost some microseconds each, however many there are.
func (c *Collection) Near(ctx context.Context, q geo.Query, from orb.Bound) (iter.Seq2[geo.Near, error], error) {
	if err := c.check(q); err != nil {
		return nil, err
	}
	for _, x := range []float64{from.Min[0], from.Min[1], from.Max[0], from.Max[1]} {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, geo.Errorf(geo.Invalid, "a coordinate is not a finite number").Try("a number such as 116.8")
		}
	}
	where := c.conditionsOf(q)
	var wanted ids
	if q.IDs != nil {
		wanted = idSet(q.IDs)
	}
	return func(yield func(geo.Near, error) bool) {
		box := geodesy.NewFrom(from)
		distance := func(lo, hi [2]float64, _ placed, _ bool) float64 {
			return box.LowerBound(orb.Bound{Min: lo, Max: hi})
		}
		// The bound of a box may exceed that of a box inside it by what rounding
		// takes off. What has been yielded bounds all that follows, too: it was the
		// least of the boxes then waiting, and each of them holds what is inside.
		reached := 0.0
		seen := 0
		c.places.Nearby(distance, func(lo, hi [2]float64, p placed, metres float64) bool {
			f := p.feature
			if seen++; seen%checkEvery == 0 && ctx.Err() != nil {
				yield(geo.Near{}, ctx.Err())
				return false
			}
			if wanted != nil && !wanted.has(f.ID) {
				return true
			}
			if where.bounds != nil && !where.meets(f, orb.Bound{Min: lo, Max: hi}) {
				return true
			}
			ok, err := where.matchRest(f)
			if err != nil {
				yield(geo.Near{}, err)
				return false
			}
			if !ok {
				return true
			}
			reached = max(reached, metres)
			return yield(geo.Near{Feature: f, AtLeast: reached}, nil)
		})
	}, nil
}
