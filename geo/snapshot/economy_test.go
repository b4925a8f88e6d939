package snapshot_test

import (
	"context"
	"slices"
	"testing"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/snapshot"
)

// A view that is too large gives up shapes, then GeoJSON, and only then fails;
// what it answers stays the same, after changes too.
func TestEconomy(t *testing.T) {
	t.Parallel()
	about, all := estates(3000)
	full, err := snapshot.Build(context.Background(), about, each(all), options())
	if err != nil {
		t.Fatal(err)
	}
	count := func(c *snapshot.Collection) (shapes, texts int) {
		for _, f := range c.Features() {
			if _, ok := f.Prepared.(*geodesy.Shape); ok {
				shapes++
			}
			if f.JSON != nil {
				texts++
			}
		}
		return shapes, texts
	}
	tests := []struct {
		name          string
		share         float64 // of the memory of the full view
		within        int64
		shapes, texts int
		fails         bool
	}{
		{"as much as it takes", 1, 0, 3000, 3000, false},
		{"few shapes", 1, 100_000, 0, 3000, false},
		{"no room for shapes", 0.8, 0, 0, 3000, false},
		{"no room for GeoJSON", 0.5, 0, 0, 0, false},
		{"no room", 0.1, 0, 0, 0, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := options()
			o.MaxBytes, o.ShapesWithin = int64(test.share*float64(full.Bytes())), test.within
			view, err := snapshot.Build(context.Background(), about, each(all), o)
			if test.fails {
				if !geo.IsCode(err, geo.TooLarge) {
					t.Fatalf("got %v, want TooLarge", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if shapes, texts := count(view); shapes != test.shapes || texts != test.texts {
				t.Errorf("got %d shapes and %d texts, want %d and %d", shapes, texts, test.shapes, test.texts)
			}
			if view.Bytes() > o.MaxBytes {
				t.Errorf("takes %d bytes of %d", view.Bytes(), o.MaxBytes)
			}
			again, err := snapshot.Build(context.Background(), about, each(all), snapshot.Options{Encode: pick(test.texts > 0, options().Encode), ShapesFrom: pickInt(test.shapes > 0)})
			if err != nil {
				t.Fatal(err)
			}
			if d := view.Bytes() - again.Bytes(); d != 0 {
				t.Errorf("tells %d bytes more than one that never held what was given up", d)
			}
			changed := *all[7]
			changed.Values = slices.Clone(changed.Values)
			changed.Values[0] = "Changed"
			next := *about
			next.Version = 2
			after, err := view.Apply([]*geo.Feature{&changed}, nil, next.Index())
			if err != nil {
				t.Fatal(err)
			}
			if shapes, texts := count(after); shapes != test.shapes || texts != test.texts {
				t.Errorf("after a change: %d shapes and %d texts", shapes, texts)
			}
		})
	}
}

func pick[F any](wanted bool, f F) F {
	var none F
	if wanted {
		return f
	}
	return none
}

func pickInt(wanted bool) int {
	if wanted {
		return 0
	}
	return -1
}
