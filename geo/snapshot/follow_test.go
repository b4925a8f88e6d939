package snapshot_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/snapshot"
)

// script is a feed that yields what is sent to it; closing ends a sequence.
type script struct {
	events chan scripted
	begun  chan struct{}
}

type scripted struct {
	change snapshot.Change
	err    error
	end    bool
}

func (s *script) Changes(ctx context.Context) iter.Seq2[snapshot.Change, error] {
	return func(yield func(snapshot.Change, error) bool) {
		select {
		case s.begun <- struct{}{}:
		default:
		}
		if !yield(snapshot.Change{}, nil) {
			return
		}
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-s.events:
				if e.end || !yield(e.change, e.err) {
					return
				}
			}
		}
	}
}

func (s *script) send(c snapshot.Change) { s.events <- scripted{change: c} }

// clock is a time that the test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }
func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

type followed struct {
	*testing.T
	source *brute
	reader *snapshot.Reader
	feed   *script
	clock  *clock
}

// follow starts a reader over a source of some features and waits until it holds them.
func follow(t *testing.T, source *brute, o snapshot.ReaderOptions) *followed {
	t.Helper()
	f := &followed{
		T: t, source: source, clock: &clock{now: time.Unix(1e9, 0)},
		feed: &script{events: make(chan scripted), begun: make(chan struct{}, 16)},
	}
	o.Encode, o.Now, o.Retry = options().Encode, f.clock.Now, time.Millisecond
	f.reader = snapshot.NewReader(source, o)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- f.reader.Follow(ctx, f.feed) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Follow: got %v, want that it was canceled", err)
		}
	})
	return f
}

// until confirms (which makes the reader look again) until the condition holds.
// The bound is only there to end a test that hangs.
func (f *followed) until(what string, holds func() bool) {
	f.Helper()
	for range 2000 {
		if holds() {
			return
		}
		f.feed.send(snapshot.Change{})
		f.clock.pass(time.Second)
		time.Sleep(time.Millisecond)
	}
	f.Fatalf("never: %s; status %+v", what, f.reader.Status())
}

func (f *followed) untilVersion(v geo.Version) {
	f.Helper()
	f.until(fmt.Sprintf("version %d in memory", v), func() bool {
		view := f.reader.View("plots")
		return view != nil && view.Version() == v
	})
}

func (f *followed) ids() []string {
	f.Helper()
	s, err := f.reader.Open(context.Background(), geo.Query{Collection: "plots"})
	return read(f, s, err).IDs
}

func plots(ids ...string) []*geo.Feature {
	about := description(false)
	var all []*geo.Feature
	for i, id := range ids {
		all = append(all, &geo.Feature{ID: id, Collection: &about, Values: make([]any, len(about.Properties)), WKB: encode(orb.Point{117, float64(i) / 1e6})})
	}
	return all
}

func TestFollowAppliesChanges(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a", "b")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	f.source.set(func(b *brute) { b.reads = nil })
	v := f.source.change(plots("c"), "a")
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"a", "c"}, Version: v})
	f.untilVersion(2)
	if diff := cmp.Diff([]string{"b", "c"}, f.ids()); diff != "" {
		t.Error(diff)
	}
	f.source.set(func(b *brute) {
		for _, q := range b.reads {
			if !q.Unlocated && q.IDs == nil {
				t.Errorf("a change of two features has read everything: %+v", q)
			}
		}
	})
}

func TestFollowRowsWithoutPosition(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	f.source.set(func(b *brute) {
		b.unlocated = []*geo.Feature{{ID: "lost", Collection: &b.about, Values: make([]any, 9)}}
	})
	v := f.source.change(nil)
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"lost"}, Version: v})
	f.untilVersion(v)
	s, err := f.reader.Open(context.Background(), geo.Query{Collection: "plots", Unlocated: true})
	if got := read(t, s, err).IDs; !slices.Equal(got, []string{"lost"}) {
		t.Errorf("without position: got %v, want [lost]", got)
	}
}

// A change is announced while a newer one is already committed: applying
// it alone would mix two states.
func TestFollowNeverMixesVersions(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a", "b")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	v2 := f.source.change(plots("c"))
	v3 := f.source.change(nil, "a")
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"c"}, Version: v2})
	f.feed.send(snapshot.Change{})
	if view := f.reader.View("plots"); view.Version() == 1 {
		if got := f.ids(); !slices.Equal(got, []string{"a", "b"}) {
			t.Errorf("version 1: got %v, want [a b]", got)
		}
	} else if view.Version() != v3 {
		t.Errorf("got version %d with the source at 3", view.Version())
	}
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"a"}, Version: v3})
	f.untilVersion(v3)
	// Late and twice: nothing goes back.
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"c"}, Version: v2})
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"a"}, Version: v3})
	f.feed.send(snapshot.Change{})
	if got := f.ids(); !slices.Equal(got, []string{"b", "c"}) || f.reader.View("plots").Version() != v3 {
		t.Errorf("got %v at version %d, want [b c] at 3", got, f.reader.View("plots").Version())
	}
}

// A writer that never pauses is always one change ahead of what is told of it. Its changes
// are read all the same.
func TestFollowWriterThatNeverPauses(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	told := f.source.change(plots("b"))
	for n := range 2000 {
		next := f.source.change(plots(fmt.Sprint("c", n)))
		f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"b"}, Version: told})
		if told = next; f.reader.View("plots").Version() > 1 {
			return
		}
		f.clock.pass(time.Second)
		time.Sleep(time.Millisecond)
	}
	t.Errorf("the view stays at its first version; status %+v", f.reader.Status())
}

func TestFollowFindsWhatWasNotAnnounced(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	f.source.change(plots("b"))
	f.untilVersion(2)
}

func TestFollowChangeOfAll(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	v := f.source.change(plots("b"), "a")
	f.feed.send(snapshot.Change{Collection: "plots", Version: v})
	f.untilVersion(v)
	if got := f.ids(); !slices.Equal(got, []string{"b"}) {
		t.Errorf("after a change of all: got %v, want [b]", got)
	}
	// Another attribute, without a new version.
	f.source.set(func(b *brute) {
		b.about.Properties = slices.Clone(b.about.Properties[:3])
		b.about.TimeStart, b.about.TimeEnd = "", ""
	})
	f.feed.send(snapshot.Change{Collection: "plots", Version: v})
	f.until("three attributes", func() bool {
		view := f.reader.View("plots")
		return view != nil && len(view.Collection().Properties) == 3
	})
}

// A source that was put back is read anew, though its version is a lower one than what is held.
func TestSourcePutBack(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	f.source.change(plots("b"))
	v := f.source.change(plots("c"))
	f.feed.send(snapshot.Change{Collection: "plots", Version: v})
	f.untilVersion(v)
	f.source.set(func(b *brute) { b.about.Version = 1; delete(b.features, "c") })
	f.feed.send(snapshot.Change{Collection: "plots", Version: 1, Anew: true})
	f.untilVersion(1)
	if got := f.reader.View("plots").Len(); got != 2 {
		t.Errorf("features: got %d, want the 2 that are left", got)
	}
	v = f.source.change(plots("d"))
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"d"}, Version: v})
	f.untilVersion(v)
}

func TestSourceAway(t *testing.T) {
	t.Parallel()
	var log geotest.Log
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{Log: slog.New(slog.NewTextHandler(&log, nil))})
	f.untilVersion(1)
	f.until("confirmed", func() bool { return f.reader.DataAge() < 3*time.Second })
	away := geo.Errorf(geo.Unavailable, "the database does not answer now")
	f.source.set(func(b *brute) { b.fault = away })
	f.feed.events <- scripted{err: away}
	f.feed.events <- scripted{end: true}
	<-f.feed.begun
	f.clock.pass(time.Minute)
	f.feed.send(snapshot.Change{}) // handled only when the one before is done with
	f.feed.send(snapshot.Change{})
	if got := f.ids(); !slices.Equal(got, []string{"a"}) {
		t.Errorf("with the source away: got %v, want [a]", got)
	}
	if c, err := f.reader.Catalogue(context.Background()); err != nil || !c.Collections[0].InMemory {
		t.Errorf("with the source away: catalogue %+v, error %v", c, err)
	}
	if age := f.reader.DataAge(); age < time.Minute {
		t.Errorf("age: got %v, want a minute or more", age)
	}
	if _, err := f.reader.Open(context.Background(), geo.Query{Collection: "plots", AtVersion: 7}); !geo.IsCode(err, geo.Unavailable) {
		t.Errorf("what is not in memory: got %v, want that the source is not available", err)
	}
	f.source.set(func(b *brute) { b.fault = nil })
	f.source.change(plots("b"))
	f.untilVersion(2)
	f.until("confirmed again", func() bool { return f.reader.DataAge() < 3*time.Second })
	f.feed.send(snapshot.Change{}) // handled only when the one before is done with
	if away, back := strings.Count(log.String(), "can't be followed now"), strings.Count(log.String(), "followed again"); away != 1 || back != 1 {
		t.Errorf("said %d times that the source is away, %d times that it is back:\n%s", away, back, log.String())
	}
}

func TestFailingApplyKeepsTheView(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	v := f.source.change(plots("b"))
	f.source.set(func(b *brute) { b.fault = errors.New("torn") })
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"b"}, Version: v})
	f.until("a note", func() bool { return !f.reader.Status()[0].Note.IsZero() })
	s := f.reader.Status()[0]
	if !s.InMemory || s.Version != 1 || !s.Behind || strings.Contains(s.Note.String(), "torn") {
		t.Errorf("got %+v, want version 1 held, behind, and a note without the cause", s)
	}
	f.source.set(func(b *brute) { b.fault = nil })
	f.untilVersion(v)
	if s := f.reader.Status()[0]; !s.Note.IsZero() || s.Behind {
		t.Errorf("after recovery: got %+v", s)
	}
}

func TestWhatCannotBeHeldStaysOnTheSource(t *testing.T) {
	t.Parallel()
	bad := plots("nan")
	bad[0].WKB = encode(orb.LineString{{1, 2}, {math.NaN(), 1}})
	untracked := newBrute(description(false), plots("a")...)
	untracked.about.Version = 0
	for _, test := range []struct {
		name   string
		source *brute
		budget int64
		note   string
	}{
		{"too large", newBrute(description(false), plots("a", "b", "c")...), 100, "too large"},
		{"no finite number", newBrute(description(false), append(plots("a"), bad...)...), 0, "not a finite number"},
		{"untracked", untracked, 0, "can't be followed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := follow(t, test.source, snapshot.ReaderOptions{Budget: test.budget})
			f.until("a note", func() bool {
				c, err := f.reader.Catalogue(context.Background())
				return err == nil && !c.Collections[0].InMemory && strings.Contains(c.Collections[0].Note.String(), test.note)
			})
			if got := len(f.ids()); got != len(test.source.features) {
				t.Errorf("features from the source: got %d, want %d", got, len(test.source.features))
			}
		})
	}
}

// A collection that was too large is read again when it has become smaller.
func TestSmallerCollectionFits(t *testing.T) {
	t.Parallel()
	var ids []string
	for i := range 50 {
		ids = append(ids, fmt.Sprintf("%02d", i))
	}
	f := follow(t, newBrute(description(false), plots(ids...)...), snapshot.ReaderOptions{Budget: 2000})
	f.until("it is too large", func() bool {
		all := f.reader.Status()
		return len(all) == 1 && all[0].Reason == snapshot.TooLarge
	})
	v := f.source.change(nil, ids[1:]...)
	f.feed.send(snapshot.Change{Collection: "plots", IDs: ids[1:], Version: v})
	f.untilVersion(v)
	if got := f.ids(); !slices.Equal(got, ids[:1]) {
		t.Errorf("got %v, want %v", got, ids[:1])
	}
}

// What is too large is not read again as long as it is.
func TestTooLargeIsReadOnce(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a", "b", "c")...), snapshot.ReaderOptions{Budget: 100})
	f.until("it is too large", func() bool {
		all := f.reader.Status()
		return len(all) == 1 && all[0].Reason == snapshot.TooLarge && !all[0].Building
	})
	for range 5 {
		f.source.change(plots("d"))
		f.clock.pass(time.Minute)
		f.feed.send(snapshot.Change{})
	}
	f.feed.send(snapshot.Change{}) // handled only when the one before is done with
	f.source.set(func(b *brute) {
		bulk := 0
		for _, q := range b.reads {
			if q.Bulk {
				bulk++
			}
		}
		if bulk != 1 {
			t.Errorf("read %d times", bulk)
		}
	})
}

// A change keeps to the memory that all views may take, too.
func TestChangeThatIsTooLarge(t *testing.T) {
	t.Parallel()
	view, err := snapshot.Build(t.Context(), newBrute(description(false)).describe(), each(plots("a")), options())
	if err != nil {
		t.Fatal(err)
	}
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{Budget: 2 * view.Bytes()})
	f.untilVersion(1)
	v := f.source.change(plots("b", "c", "d", "e", "f", "g", "h"))
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"b", "c", "d", "e", "f", "g", "h"}, Version: v})
	f.until("on the source", func() bool {
		return f.reader.View("plots") == nil && f.reader.Status()[0].Reason == snapshot.TooLarge
	})
	if got := f.ids(); len(got) != 8 {
		t.Errorf("got %q", got)
	}
}

// A change of many features is read as a whole where that is most of them, else one by one.
func TestLargeChanges(t *testing.T) {
	t.Parallel()
	var ids []string
	for i := range 4500 {
		ids = append(ids, fmt.Sprintf("%04d", i))
	}
	for _, test := range []struct {
		held, changed int
		whole         bool
	}{{1100, 1000, false}, {1100, 1001, true}, {4500, 1001, false}} {
		f := follow(t, newBrute(description(false), plots(ids[:test.held]...)...), snapshot.ReaderOptions{})
		f.untilVersion(1)
		f.source.set(func(b *brute) { b.reads = nil })
		v := f.source.change(plots(ids[:test.changed]...))
		f.feed.send(snapshot.Change{Collection: "plots", IDs: ids[:test.changed], Version: v})
		f.untilVersion(v)
		f.source.set(func(b *brute) {
			if whole := slices.ContainsFunc(b.reads, func(q geo.Query) bool { return q.Bulk }); whole != test.whole {
				t.Errorf("%d of %d: read as a whole: %t", test.changed, test.held, whole)
			}
		})
	}
}

// A geometry that can't be held comes by a change, and goes by another.
func TestBadGeometryTakesTheViewAwayAndBack(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	bad := plots("a")
	bad[0].WKB = bad[0].WKB[:9]
	v := f.source.change(bad)
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"a"}, Version: v})
	f.until("on the source", func() bool { return f.reader.View("plots") == nil })
	f.source.change(plots("a"))
	f.untilVersion(3)
}

// The source finds out after the change that it has to serve a row without its geometry: the version is the same.
func TestBadGeometryLeftOutLater(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	bad := plots("a")
	bad[0].WKB = bad[0].WKB[:9]
	v := f.source.change(bad)
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"a"}, Version: v})
	reads := func() (n int) { f.source.set(func(b *brute) { n = len(b.reads) }); return n }
	f.until("refused, and not read again", func() bool {
		before := reads()
		f.feed.send(snapshot.Change{})
		f.feed.send(snapshot.Change{})
		all := f.reader.Status()
		return len(all) == 1 && all[0].Reason == snapshot.Unsupported && !all[0].Building && reads() == before
	})
	f.source.set(func(b *brute) {
		b.features["a"].WKB = nil
		b.about.Reading = "guarded"
		b.about.Defects = []geo.Defect{{Kind: geo.WithoutPosition, Rows: 1, IDs: []string{"a"}}}
	})
	f.untilVersion(v)
	if got := f.reader.View("plots").Collection().Defects; len(got) != 1 {
		t.Errorf("defects of what is held: %+v", got)
	}
}

func TestDroppedCollection(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	f.source.set(func(b *brute) { b.about.ID = "renamed" })
	f.feed.send(snapshot.Change{Catalogue: true})
	f.until("gone", func() bool { return f.reader.View("plots") == nil })
	if _, err := f.reader.Open(context.Background(), geo.Query{Collection: "plots"}); !geo.IsCode(err, geo.NotFound) {
		t.Errorf("got %v, want not found", err)
	}
}

func TestWriteBetweenTheReadsOfABuild(t *testing.T) {
	t.Parallel()
	source := newBrute(description(false), plots("a")...)
	source.between = func() { source.change(plots("b")) }
	r := snapshot.NewReader(source, snapshot.ReaderOptions{})
	if err := r.Load(context.Background()); err != nil {
		t.Fatal(err)
	}
	if view := r.View("plots"); view == nil || view.Version() != 2 || view.Len() != 2 {
		t.Errorf("got %+v, want both features at version 2", r.Status())
	}
}

// A collection may take longer to be read than a query may; it is given up, for a while, only
// where nothing more comes.
func TestCollectionThatTakesLongToRead(t *testing.T) {
	t.Parallel()
	source := newBrute(description(false), plots("a", "b", "c", "d")...)
	source.slow, source.stuck = true, true
	f := follow(t, source, snapshot.ReaderOptions{Patience: 50 * time.Millisecond})
	f.until("an attempt that is given up", func() bool { s := f.reader.Status(); return len(s) == 1 && s[0].Reason == snapshot.Failed })
	source.set(func(b *brute) { b.stuck = false })
	f.untilVersion(1)
	if got := f.ids(); len(got) != 4 {
		t.Errorf("got %v, want all four", got)
	}
}

// Whoever waits for fresh views reads what was committed before, and not less.
func TestFresh(t *testing.T) {
	t.Parallel()
	f := follow(t, newBrute(description(false), plots("a")...), snapshot.ReaderOptions{})
	f.untilVersion(1)
	v := f.source.change(plots("b"))
	f.clock.pass(time.Second)
	since := f.clock.Now()
	waited := make(chan error, 1)
	go func() { waited <- f.reader.Fresh(context.Background(), since) }()
	f.feed.send(snapshot.Change{Asked: since.Add(-time.Second)}) // asked too early
	select {
	case err := <-waited:
		t.Fatalf("Fresh: %v before the source was asked", err)
	case <-time.After(20 * time.Millisecond):
	}
	f.feed.send(snapshot.Change{Collection: "plots", IDs: []string{"b"}, Version: v})
	f.feed.send(snapshot.Change{})
	if err := <-waited; err != nil || f.reader.View("plots").Version() < v {
		t.Errorf("Fresh: %v at version %d, want %d", err, f.reader.View("plots").Version(), v)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := f.reader.Fresh(ended, time.Now().Add(time.Hour)); !errors.Is(err, context.Canceled) {
		t.Errorf("Fresh for ever: got %v, want canceled", err)
	}
}

// Readers hold views while others are made from them; the race detector watches.
func TestReadersWhileApplying(t *testing.T) {
	t.Parallel()
	about := description(false)
	var names []string
	for i := range 500 {
		names = append(names, fmt.Sprintf("p%03d", i))
	}
	first := build(t, &about, plots(names...))
	views := make(chan *snapshot.Collection, 64)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for view := range views {
				for _, q := range []geo.Query{
					{Bounds: []orb.Bound{{Min: orb.Point{116, 0}, Max: orb.Point{118, 1e-4}}}, Count: true, Limit: 10},
					{SortBy: []geo.SortKey{{Property: "name"}}, Limit: 5},
					{},
				} {
					s, err := view.Open(context.Background(), q)
					if a := read(t, s, err); q.Limit == 0 && len(a.IDs) != view.Len() {
						t.Errorf("got %d features, want %d", len(a.IDs), view.Len())
					}
				}
				_ = view.Bytes()
			}
		})
	}
	view := first
	for i := range 100 {
		next := about
		next.Version = geo.Version(i + 2)
		v, err := view.Apply(plots(fmt.Sprintf("n%d", i)), []string{names[i]}, &next)
		if err != nil {
			t.Fatal(err)
		}
		views <- view
		views <- first
		view = v
	}
	close(views)
	readers.Wait()
	if first.Len() != 500 || view.Len() != 500 {
		t.Errorf("features: first %d, last %d, want 500 each", first.Len(), view.Len())
	}
}
