package snapshot

import (
	"context"
	"testing"
	"time"

	"kawasan/geo"
)

// held follows until nothing is left to be built.
func (w *world) held() {
	for range 8 {
		w.follow()
		w.begin(0, nil)
		w.complete()
		w.clock = w.clock.Add(time.Minute)
	}
}

// What may happen in an unlucky order, one by one: all that the property test has found, and what it seldom draws.
func TestUnluckyOrders(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]func(t *testing.T, w *world){
		"the source finds out at the same version how to read a row": func(t *testing.T, w *world) {
			w.change(written{"b", odd})
			if w.held(); w.reader.View("plots") != nil {
				t.Error("a row is held that can't be")
			}
			w.look()
			w.held()
			if w.reader.View("plots") == nil {
				t.Error("it is not read again")
			}
		},
		"the source reads a row in another way than it is held": func(t *testing.T, w *world) {
			w.guarded = true
			w.change(written{"b", odd})
			w.held()
			w.change(written{"b", plain})
			w.look()
			w.held()
		},
		"it is put back while it is read": func(_ *testing.T, w *world) {
			for range 7 {
				w.change(written{"b", plain})
			}
			w.follow()
			w.begin(0, nil)
			w.putBack(w.past[0])
			w.follow()
			w.complete()
		},
		"somebody has read what the first view lacks": func(t *testing.T, w *world) {
			w.follow()
			w.begin(0, nil)
			w.change(written{"b", plain})
			w.fresh()
			if w.promised.version != 2 {
				t.Fatal("what is read from the source is fresh")
			}
			w.complete()
			if w.reader.View("plots") != nil {
				t.Error("an older one is held")
			}
		},
		"the first view lacks what was told": func(t *testing.T, w *world) {
			w.follow()
			w.begin(0, nil)
			w.change(written{"b", plain})
			w.follow()
			w.fault = geo.Errorf(geo.Unavailable, "it does not answer now")
			w.complete()
			if w.reader.View("plots") != nil {
				t.Error("an older one is held")
			}
		},
		"the first view is ready for who asks without an end": func(t *testing.T, w *world) {
			w.follow()
			w.begin(0, nil)
			w.fresh()
			w.complete()
			for range 3 {
				w.fresh()
				w.follow()
				w.fresh()
			}
			if w.reader.View("plots") == nil {
				t.Error("it is never held")
			}
		},
		"a view waits before it is taken in": func(t *testing.T, w *world) {
			w.follow()
			w.begin(0, nil)
			began := w.clock
			w.clock = w.clock.Add(time.Minute)
			w.complete()
			if got := w.reader.DataAge(); got != w.clock.Sub(began) {
				t.Errorf("age: got %s, want the minute since it was read", got)
			}
		},
		"a change is lost before another": func(t *testing.T, w *world) {
			w.held()
			w.change(written{"b", plain})
			w.advance()
			w.announced = nil
			w.change(written{"a", plain})
			w.follow()
			w.check(t)
		},
		"changes come in another order": func(t *testing.T, w *world) {
			w.held()
			w.change(written{"b", plain})
			w.advance()
			w.change(written{"a", plain})
			w.advance()
			w.deliver(w.announced[1])
			w.check(t)
			w.deliver(w.announced[0])
			w.check(t)
			w.announced = nil
		},
		"a row becomes smaller where all was too large": func(t *testing.T, w *world) {
			w.change(written{"b", large}, written{"c", large}, written{"d", large})
			if w.held(); w.reader.View("plots") != nil {
				t.Fatal("it fits")
			}
			w.change(written{"d", plain}) // as many rows as before
		},
		"reading what has changed takes too long": func(t *testing.T, w *world) {
			w.held()
			w.change(written{"b", plain})
			w.fault = geo.Errorf(geo.Timeout, "it takes too long")
			w.onlyIDs = true
			for range 4 {
				w.follow()
				w.clock = w.clock.Add(time.Minute)
			}
			w.begin(0, nil)
			w.complete()
			if view := w.reader.View("plots"); view == nil || view.Version() != 2 {
				t.Errorf("not read whole, which may take longer: %+v", w.reader.Status())
			}
		},
		"the reading ends with the reader": func(_ *testing.T, w *world) {
			w.held()
			w.change(written{"b", plain})
			w.advance()
			w.announced = nil
			w.deliver(Change{Collection: "plots", Version: 2})
			name := w.reader.nextBuild()
			ended, cancel := context.WithCancel(context.Background())
			cancel()
			w.reader.finish(ended, built{name: name, err: ended.Err()})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			run(t, w)
			w.check(t)
			w.settle(t)
		})
	}
}

// A collection that can't be read keeps none of the others from being known to be fresh.
func TestOneThatFailsHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.more = []*geo.Collection{(&geo.Collection{ID: "quiet", Version: 1}).Index()}
	w.held()
	if w.reader.View("quiet") == nil || w.reader.View("plots") == nil {
		t.Fatalf("not held: %+v", w.reader.Status())
	}
	w.change(written{"b", plain})
	w.fault = geo.Errorf(geo.Unavailable, "another transaction holds it locked")
	w.follow()
	w.clock = w.clock.Add(time.Minute)
	w.follow() // tries again
	plots, quiet := w.reader.Status()[0], w.reader.Status()[1]
	if !plots.Behind || quiet.Behind || quiet.Age > 0 || plots.Age == 0 {
		t.Errorf("got %+v and %+v, want that the first alone is behind", plots, quiet)
	}
}
