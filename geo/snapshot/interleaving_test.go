package snapshot

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"pgregory.net/rapid"

	"kawasan/geo"
)

// Whatever the order in which a source changes, tells of it, fails, and finds out how to read
// its rows: a view is never anything but a state of the source, nobody who was told that all
// is fresh reads what is older, and in the end all that can be held is held as it is.
func TestInterleavings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		if rapid.Bool().Draw(t, "loaded") {
			if err := w.reader.Load(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			w.step(t)
			w.check(t)
		}
		w.settle(t)
	})
}

// step does one thing, what happens all the time more often than what is rare.
func (w *world) step(t *rapid.T) {
	switch n := rapid.IntRange(0, 39).Draw(t, "step"); {
	case n < 8:
		w.change(draw(t)...)
	case n < 14:
		w.confirm(t)
	case n < 21:
		w.begin(rapid.IntRange(0, 5).Draw(t, "reads before a change"), draw(t))
	case n < 28:
		w.complete()
	case n < 30:
		w.fresh()
	case n < 32:
		w.advance()
	case n < 34:
		w.tell(t)
	case n < 35:
		w.fault = rapid.SampledFrom(faults).Draw(t, "fault")
	case n < 36:
		w.fault = nil
	case n < 37:
		w.look()
	case n < 38:
		w.alter(rapid.Bool().Draw(t, "new version"))
	case n < 39:
		w.putBack(rapid.SampledFrom(w.past).Draw(t, "state"))
	default:
		w.track(!w.now.untracked)
	}
}

// draw gives what is written by one change; no row means that it is removed.
func draw(t *rapid.T) (all []written) {
	for range rapid.IntRange(1, 2).Draw(t, "rows") {
		next := written{rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "id"), plain}
		switch n := rapid.IntRange(0, 23).Draw(t, "kind"); {
		case n < 6:
			next.kind = removed
		case n < 9:
			next.kind = large
		case n < 12:
			next.kind = odd
		case n < 13:
			next.kind = never
		}
		all = append(all, next)
	}
	return all
}

// faults are what the source may answer instead of rows.
var faults = []error{
	nil, nil, errors.New("torn"), geo.Errorf(geo.Unavailable, "it does not answer now"), geo.Errorf(geo.Timeout, "it takes too long"),
}

// A row is held as it is, or only once the source has found out that it has to leave its
// geometry out, or never. A large one may take too much memory with others.
type kind int

const (
	plain kind = iota
	large
	odd
	never
	removed
)

// written is what a change makes of a row.
type written struct {
	id string
	kind
}

type row struct {
	kind kind
	text string
}

// state is what the source has at one moment.
type state struct {
	version   geo.Version
	epoch     int // how often it was put back
	columns   int
	untracked bool
	rows      map[string]row
}

func (s state) copied() state {
	s.rows = maps.Clone(s.rows)
	return s
}

func (s state) hasOdd() bool {
	return slices.ContainsFunc(slices.Collect(maps.Values(s.rows)), func(r row) bool { return r.kind == odd })
}

// world is a source with the reader before it, both moved step by step.
type world struct {
	reader   *Reader
	follower *follower
	clock    time.Time

	now     state
	past    []state // all that there were, one for each version
	serial  int
	guarded bool // what the source knows of its rows
	fault   error
	onlyIDs bool   // it comes with single rows alone
	during  func() // happens before the next read

	published *geo.Collection // as of the last reading of the log
	more      []*geo.Collection
	columns   int
	read      state               // up to where the log was read
	touched   map[string]struct{} // since then; nil for all
	announced []Change
	building  *built
	promised  state       // what was to be read when all was said to be fresh
	told      int         // how often the reader was told that the source was put back
	before    *Collection // the view as it was told so, which stays until there is a new one
}

const worldBytes = 6000

func newWorld() *world {
	w := &world{clock: time.Unix(1e9, 0), touched: map[string]struct{}{}}
	w.now = state{version: 1, columns: 1, rows: map[string]row{"a": {}}}
	w.reader = NewReader(w, ReaderOptions{Options: Options{MaxBytes: worldBytes}, Now: func() time.Time { return w.clock }})
	w.follower = &follower{Reader: w.reader}
	w.commit()
	w.advance()
	w.announced = nil
	return w
}

// commit remembers the state.
func (w *world) commit() { w.past = append(w.past, w.now.copied()) }

func (w *world) change(all ...written) {
	for _, one := range all {
		w.serial++
		text := fmt.Sprint(w.serial)
		if one.kind == large {
			text = strings.Repeat("x", worldBytes/3) + text
		}
		if w.now.rows[one.id] = (row{one.kind, text}); one.kind == removed {
			delete(w.now.rows, one.id)
		}
		if w.touched != nil {
			w.touched[one.id] = struct{}{}
		}
	}
	w.now.version++
	w.commit()
}

// alter gives the collection another column.
func (w *world) alter(newVersion bool) {
	w.now.columns = w.now.columns%3 + 1
	w.touched = nil
	if newVersion {
		w.now.version++
	}
	w.commit()
}

// track stops to note changes, or begins again.
func (w *world) track(stop bool) {
	if w.now.untracked && !stop {
		w.touched = nil
		w.now.version++
	}
	w.now.untracked = stop
	w.commit()
}

// putBack makes the source what it was, and goes on from there in another way.
func (w *world) putBack(to state) {
	epoch := w.now.epoch
	w.now = to.copied()
	w.now.epoch = epoch + 1
	w.now.rows["a"] = row{plain, fmt.Sprint("again ", epoch)}
	w.commit()
	w.promised = state{}
}

// look has the source find out how its rows have to be read.
func (w *world) look() { w.guarded = w.now.hasOdd() }

// advance reads the log as a store does: one change sums up all since the last time.
func (w *world) advance() {
	last := w.read
	w.read, w.columns = w.now.copied(), w.now.columns
	w.published = w.describe()
	switch {
	case w.now.epoch != last.epoch:
		w.announced = append(w.announced, Change{Collection: "plots", Version: w.now.version, Anew: true})
	case w.touched == nil:
		w.announced = append(w.announced, Change{Collection: "plots", Version: w.now.version})
	case w.now.version != last.version:
		w.announced = append(w.announced, Change{Collection: "plots", Version: w.now.version, Since: last.version, IDs: slices.Sorted(maps.Keys(w.touched))})
	}
	w.touched = map[string]struct{}{}
}

// tell tells of one of the changes read, which then may come again, or loses it. That the source is
// another is told in order.
func (w *world) tell(t *rapid.T) {
	if len(w.announced) == 0 {
		return
	}
	i := rapid.IntRange(0, len(w.announced)-1).Draw(t, "which")
	if j := slices.IndexFunc(w.announced, func(c Change) bool { return c.Anew }); j >= 0 && i >= j {
		w.announced, i = w.announced[j:], 0
	}
	c := w.announced[i]
	if c.Anew || rapid.IntRange(0, 3).Draw(t, "again") > 0 {
		w.announced = slices.Delete(w.announced, i, i+1)
	}
	if c.Anew || rapid.IntRange(0, 9).Draw(t, "lost") > 0 {
		w.deliver(c)
	}
}

func (w *world) deliver(c Change) {
	_ = w.follower.take(context.Background(), c)
	if c.Anew {
		w.told, w.before = w.read.epoch, w.reader.newest("plots")
	}
}

// confirm reads the log and tells that it was, with most of what was announced before.
func (w *world) confirm(t *rapid.T) {
	asked := w.clock
	w.advance()
	for len(w.announced) > 0 && (rapid.IntRange(0, 9).Draw(t, "late") > 0 || slices.ContainsFunc(w.announced, func(c Change) bool { return c.Anew })) {
		w.tell(t)
	}
	if rapid.IntRange(0, 5).Draw(t, "catalogue") == 0 {
		w.deliver(Change{Catalogue: true})
	}
	w.deliver(Change{Asked: asked})
}

// follow reads the log and tells of all.
func (w *world) follow() {
	asked := w.clock
	w.advance()
	for _, c := range w.announced {
		w.deliver(c)
	}
	w.announced = nil
	w.deliver(Change{Asked: asked})
}

// begin reads a collection whole, if one is to be; rows are written before one of its reads.
func (w *world) begin(reads int, all []written) {
	if w.building != nil {
		return
	}
	name := w.reader.nextBuild()
	if name == "" {
		return
	}
	if len(all) > 0 {
		w.during = func() {
			if reads--; reads < 0 {
				w.during = nil
				w.change(all...)
			}
		}
	}
	began := w.clock
	view, err := w.reader.build(context.Background(), name)
	w.during = nil
	w.building = &built{name: name, view: view, began: began, took: w.clock.Sub(began), err: err}
}

func (w *world) complete() {
	if b := w.building; b != nil {
		w.building = nil
		w.follower.complete(context.Background(), *b)
	}
}

// fresh asks whether all is, as someone who has just written would.
func (w *world) fresh() {
	w.clock = w.clock.Add(time.Second)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if w.reader.Fresh(ended, w.clock) == nil {
		w.promised = w.now.copied()
	}
	w.clock = w.clock.Add(time.Second)
}

// check holds the view against what the source has been.
func (w *world) check(t fataler) {
	w.clock = w.clock.Add(time.Second)
	view := w.reader.View("plots")
	if view == nil || view == w.before || w.told != w.now.epoch {
		return
	}
	if view.about.Version == 0 {
		t.Fatalf("a view without a version")
	}
	if !slices.ContainsFunc(w.past, func(s state) bool { return s.version == view.Version() && w.same(view, s) }) {
		t.Fatalf("version %d in memory is no state that the source was in: %v", view.Version(), contents(view))
	}
	if p := w.promised; p.version != 0 && view.Version() < p.version {
		t.Fatalf("version %d in memory, with %d promised", view.Version(), p.version)
	}
}

// settle lets the source be, tells of all, and looks whether what can be held is held.
func (w *world) settle(t fataler) {
	w.fault = nil
	w.track(false)
	w.look()
	for range 60 {
		w.follow()
		w.complete()
		w.begin(0, nil)
		w.check(t)
		w.clock = w.clock.Add(10 * time.Minute)
	}
	w.complete()
	w.follow()
	want, err := Build(context.Background(), w.describe(), w.features(w.now, w.guarded), w.reader.options.Options)
	view := w.reader.View("plots")
	switch {
	case err != nil && view != nil:
		t.Fatalf("held, though %v", err)
	case err != nil:
	case view == nil:
		t.Fatalf("never held: %+v", w.reader.Status())
	case view.Version() != w.now.version || !w.same(view, w.now) || !sameShape(view.about, want.about):
		t.Fatalf("at the end version %d is %v, want version %d: %v; status %+v", view.Version(), contents(view), w.now.version, contents(want), w.reader.Status())
	case w.reader.DataAge() > 20*time.Minute || w.reader.Status()[0].Behind:
		t.Fatalf("never said to be fresh: %+v", w.reader.Status())
	}
}

// fataler is a test, or a run of one.
type fataler interface {
	Fatalf(format string, args ...any)
}

func (w *world) same(view *Collection, s state) bool {
	want := map[string]string{}
	for f := range w.features(s, view.about.Reading != "") {
		want[f.ID] = fmt.Sprintf("%v %x", f.Values[0], f.WKB)
	}
	return maps.Equal(want, contents(view)) && len(view.about.Properties) == s.columns
}

func contents(view *Collection) map[string]string {
	found := map[string]string{}
	for id, f := range view.Features() {
		found[id] = fmt.Sprintf("%v %x", f.Values[0], f.WKB)
	}
	return found
}

// describe describes the collection as the source knows it.
func (w *world) describe() *geo.Collection {
	c := &geo.Collection{ID: "plots", GeometryType: "Geometry", Version: w.now.version, Count: int64(len(w.now.rows))}
	for i := range w.columns {
		c.Properties = append(c.Properties, geo.Property{Name: fmt.Sprint("column", i), Type: geo.String})
	}
	if w.guarded {
		c.Reading = "guarded"
	}
	if w.now.untracked {
		c.Version = 0
	}
	return c.Index()
}

var wholePoint = wkb.MustMarshal(orb.Point{116, -1}, binary.LittleEndian)

// features are the rows of a state as the source makes them.
func (w *world) features(s state, guarded bool) iter.Seq2[*geo.Feature, error] {
	about := w.describe()
	return func(yield func(*geo.Feature, error) bool) {
		for _, id := range slices.Sorted(maps.Keys(s.rows)) {
			r := s.rows[id]
			f := &geo.Feature{ID: id, Collection: about, Values: make([]any, len(about.Properties)), WKB: bytes.Clone(wholePoint)}
			f.Values[0] = r.text
			switch {
			case r.kind == odd && guarded:
				f.WKB = nil
			case r.kind == odd:
				f.WKB = f.WKB[:9]
			case r.kind == never:
				f.WKB = wkb.MustMarshal(orb.Point{math.NaN(), 1}, binary.LittleEndian)
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}

func (w *world) Catalogue(context.Context) (*geo.Catalogue, error) {
	return &geo.Catalogue{Collections: append([]*geo.Collection{w.published}, w.more...)}, nil
}

func (w *world) Open(_ context.Context, q geo.Query) (geo.Selection, error) {
	if w.during != nil {
		w.during()
	}
	switch {
	case w.fault != nil && (!w.onlyIDs || q.IDs != nil):
		return nil, w.fault
	case w.columns != w.now.columns:
		return nil, geo.Errorf(geo.Unavailable, "the collection has just been changed in the database")
	}
	s := &worldSelection{about: w.describe()}
	if len(w.more) > 0 && q.Collection == w.more[0].ID {
		return &worldSelection{about: w.more[0]}, nil
	}
	for f := range w.features(w.now.copied(), w.guarded) {
		if !q.Unlocated && (q.IDs == nil || slices.Contains(q.IDs, f.ID)) {
			s.rows = append(s.rows, f)
		}
	}
	return s, nil
}

type worldSelection struct {
	about *geo.Collection
	rows  []*geo.Feature
}

func (s *worldSelection) Collection() *geo.Collection { return s.about }
func (s *worldSelection) Matched() (int, bool)        { return 0, false }
func (s *worldSelection) Close()                      {}
func (s *worldSelection) Features() iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		for _, f := range s.rows {
			if !yield(f, nil) {
				return
			}
		}
	}
}
