package proximity

import (
	"context"
	"slices"
	"strings"
	"sync"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Options name the collections that answers draw on besides those asked about.
// A collection that does not exist is not used.
type Options struct {
	// Land has the polygons that count as land for water_share; "regencies" when
	// empty, "-" for none.
	Land string
	// Published has distances that somebody published, with the columns from_ref,
	// to_ref, distance_km, mode ...; "published_distances" when empty, "-" for none.
	Published string
	// Memory is what is kept between questions; nil keeps nothing.
	Memory *Memory
}

// Engine answers questions over a reader. It keeps nothing between questions but in
// the memory that it was given, and is safe for concurrent use.
type Engine struct {
	reader  geo.Reader
	options Options
}

// New makes an engine.
func New(reader geo.Reader, o Options) *Engine {
	if o.Land == "" {
		o.Land = "regencies"
	}
	if o.Published == "" {
		o.Published = "published_distances"
	}
	return &Engine{reader: reader, options: o}
}

// session is the work on one question.
type session struct {
	*Engine
	catalogue *geo.Catalogue
	question  Question
	used      map[string]*geo.Collection // what was read, at the version read
	land      *landMap
	published *publishedMap
	nowhere   Unlocated         // of whole collections to measure from, those that can't be
	preparer  *geodesy.Preparer // of the pool; see scratch
}

// preparers are used by one session after another.
var preparers = sync.Pool{New: func() any { return new(geodesy.Preparer) }}

// scratch gives the memory in which shapes are made that are needed for a moment.
func (s *session) scratch() *geodesy.Preparer {
	if s.preparer == nil {
		s.preparer = preparers.Get().(*geodesy.Preparer)
	}
	return s.preparer
}

// release gives that back, at the end of the session.
func (s *session) release() {
	if s.preparer != nil {
		preparers.Put(s.preparer)
		s.preparer = nil
	}
}

func (e *Engine) begin(ctx context.Context, q Question) (*session, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	catalogue, err := e.reader.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{Engine: e, catalogue: catalogue, question: q, used: map[string]*geo.Collection{}}
	for i, t := range q.To {
		c, err := catalogue.Collection(t.Collection)
		if err != nil {
			return nil, geo.AsError(err).In("to")
		}
		if !c.HasGeometry() {
			return nil, geo.Invalidf("to", "the collection %q has no geometry, so nothing in it is near anything", t.Collection).
				Try("name a collection with geometry")
		}
		for _, other := range q.To[:i] {
			if other.Collection == t.Collection {
				return nil, geo.Invalidf("to", "the collection %q is named twice", t.Collection).Try("name it once, with a filter that covers both")
			}
		}
	}
	return s, nil
}

// query is the part that all queries of the question share.
func (s *session) query(collection string) geo.Query {
	return geo.Query{Collection: collection, AsOf: s.question.AsOf, Principal: s.question.Principal}
}

// targetQuery asks for all features of a target.
func (s *session) targetQuery(t Target) geo.Query {
	q := s.query(t.Collection)
	q.IDs, q.Filter = t.IDs, t.Filter
	return q
}

// each reads a query and calls do for each feature; the context is looked at
// often, so that a request that was given up ends.
func (s *session) each(ctx context.Context, q geo.Query, do func(*geo.Feature) error) error {
	selection, err := s.reader.Open(ctx, q)
	if err != nil {
		return err
	}
	defer selection.Close()
	s.used[q.Collection] = selection.Collection()
	return eachOf(ctx, selection, do)
}

// eachOf calls do for each feature of a selection.
func eachOf(ctx context.Context, selection geo.Selection, do func(*geo.Feature) error) error {
	n := 0
	for f, err := range selection.Features() {
		if err != nil {
			return err
		}
		if n++; n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := do(f); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// sources lists what the answer rests on, in order of collection.
func (s *session) sources() []DataSource {
	var all []DataSource
	for _, c := range s.used {
		all = append(all, SourceOf(c))
	}
	slices.SortFunc(all, func(a, b DataSource) int { return strings.Compare(a.Collection, b.Collection) })
	return all
}

// basis says what a feature's position rests on. Collections without these
// properties give an unknown uncertainty, not 0.
func basis(f *geo.Feature) geodesy.Basis {
	b := geodesy.Basis{Kind: geodesy.BoundaryKind(f.Text("boundary_kind"))}
	if u, ok := f.Number(uncertaintyProperty); ok {
		known := u // escapes, and only here
		b.UncertaintyM = &known
	}
	return b
}
