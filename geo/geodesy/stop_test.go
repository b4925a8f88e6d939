package geodesy

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// aComb has n teeth that are as long as the gaps between them are narrow.
func aComb(n int, west, south, length, step float64) orb.Polygon {
	var r orb.Ring
	for i := range n {
		y := south + float64(i)*step
		r = append(r, orb.Point{west, y}, orb.Point{west + length, y}, orb.Point{west + length, y + step/2}, orb.Point{west, y + step/2})
	}
	north := south + float64(n)*step
	return orb.Polygon{append(r, orb.Point{west - step, north}, orb.Point{west - step, south}, r[0])}
}

// turned swaps longitude and latitude around a place, and with them the way round.
func turned(p orb.Polygon, about orb.Point) orb.Polygon {
	q := p.Clone()
	for _, r := range q {
		for i, v := range r {
			r[i] = orb.Point{about[0] + v[1] - about[1], about[1] + v[0] - about[0]}
		}
		r.Reverse()
	}
	return q
}

// Nothing that can take long goes on when nobody waits for it.
func TestLongWorkStops(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	coast := func(lat float64) *Shape {
		l := make(orb.LineString, 100_000)
		for i := range l {
			l[i] = orb.Point{110 + float64(i)*1e-4, lat + 1e-9*rng.Float64()}
		}
		return mustPrepare(t, l)
	}
	north, south := coast(11), coast(-11) // equally far apart, but for less than the bounds can tell, along their whole length
	comb := mustPrepare(t, aComb(4000, 116, 0, 0.5, 1e-4))
	across := aComb(20_000, 116, 0, 1, 5e-5)
	tests := []struct {
		name string
		run  func(context.Context) error
	}{
		{"measuring", func(ctx context.Context) error { _, _, err := Measure(ctx, north, south, 1e7); return err }},
		{"a buffer", func(ctx context.Context) error { _, err := Buffer(ctx, comb, 1); return err }},
		{"an overlay", func(ctx context.Context) error {
			_, _, err := Overlap(ctx, across, turned(across, orb.Point{116, 0}))
			return err
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			if err := tt.run(ctx); !errors.Is(err, context.DeadlineExceeded) && !geo.IsCode(err, geo.TooLarge) {
				t.Errorf("got %v, want the error of the context", err)
			}
		})
	}
}

// What would take too long is refused before it is begun.
func TestOverlapRefusesWhatCrossesTooOften(t *testing.T) {
	t.Parallel()
	few, many := aComb(50, 116, 0, 0.5, 0.01), aComb(400, 116, 0, 1, 0.0025)
	if _, area, err := Overlap(t.Context(), few, turned(few, orb.Point{116, 0})); err != nil || area == 0 {
		t.Errorf("10,000 crossings: %v, area %g", err, area)
	}
	if _, _, err := Overlap(t.Context(), many, turned(many, orb.Point{116, 0})); !geo.IsCode(err, geo.TooLarge) {
		t.Errorf("640,000 crossings: got %v, want too large", err)
	}
}
