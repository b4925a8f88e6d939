package zone

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// ConnectivityID is the id of the computed collection.
const ConnectivityID = "connectivity"

// connected are the collections that every zone is measured against. Of
// infrastructure it is the airports.
var connected = []string{"ports", "infrastructure", "ikn", "towns"}

// Connectivity adds the computed collection connectivity to a reader: every
// zone against every port, airport, area of the capital and town, with the
// connecting line as geometry. There is no table behind it: it is computed from the other
// collections when one of their versions has changed, and kept until then.
//
// It is not added where there are no zones, or where the reader has a collection
// of that name. Its version is the sum of the versions that it rests on, 0 if
// one of them is untracked; then it is computed for every query.
func Connectivity(r geo.Reader, hold Hold) geo.NearReader {
	return &connectivity{Reader: r, hold: hold}
}

type connectivity struct {
	geo.Reader
	hold Hold

	mu    sync.Mutex
	key   string
	built *computed

	// listed is the catalogue made last, for the inner one and the computed collection it was made of.
	listed atomic.Pointer[listing]
}

type listing struct {
	inner, outer *geo.Catalogue
	built        *computed
}

// computed is the collection at one state of the data.
type computed struct {
	collection *geo.Collection
	reader     geo.Reader
}

// Over gives the computed collection over another reader.
func (c *connectivity) Over(wrap func(geo.Reader) geo.Reader) geo.Reader {
	return &connectivity{Reader: wrap(c.Reader), hold: c.hold}
}

// Catalogue lists the computed collection among the others.
func (c *connectivity) Catalogue(ctx context.Context) (*geo.Catalogue, error) {
	inner, err := c.Reader.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	if l := c.listed.Load(); l != nil && l.inner == inner && l.built.collection.Version != 0 {
		return l.outer, nil // nothing has changed
	}
	if !computable(inner) {
		return inner, nil
	}
	b, err := c.current(ctx, inner)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil { // the others are there all the same
		why, _ := geo.AsError(err).Said()
		outer := *inner
		outer.Unpublished = append(slices.Clone(inner.Unpublished), geo.Unpublished{Table: ConnectivityID, Reason: geo.Phrasef("it could not be computed: %s", why)})
		return &outer, nil
	}
	if l := c.listed.Load(); l != nil && l.inner == inner && l.built == b {
		return l.outer, nil
	}
	outer := *inner
	outer.Collections = nil
	placed := false
	for _, other := range inner.Collections {
		if !placed && other.ID > ConnectivityID {
			outer.Collections, placed = append(outer.Collections, b.collection), true
		}
		outer.Collections = append(outer.Collections, other)
	}
	if !placed {
		outer.Collections = append(outer.Collections, b.collection)
	}
	c.listed.Store(&listing{inner, &outer, b})
	return &outer, nil
}

// computable reports whether the collection is ours to compute.
func computable(c *geo.Catalogue) bool {
	if _, err := c.Collection(ConnectivityID); err == nil {
		return false
	}
	zones, err := c.Collection(DefaultCollection)
	return err == nil && zones.HasGeometry()
}

// Open reads the computed collection, or passes on.
func (c *connectivity) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	b, q, err := c.forQuery(ctx, q)
	if err != nil {
		return nil, err
	}
	if b == nil {
		return c.Reader.Open(ctx, q)
	}
	return b.reader.Open(ctx, q)
}

// Near passes on to whichever reader holds the collection, where it can.
func (c *connectivity) Near(ctx context.Context, q geo.Query, from orb.Bound) (iter.Seq2[geo.Near, error], *geo.Collection, bool) {
	b, q, err := c.forQuery(ctx, q)
	if err != nil {
		return nil, nil, false // Open will say what is wrong
	}
	reader := c.Reader
	if b != nil {
		reader = b.reader
	}
	if near, ok := reader.(geo.NearReader); ok {
		return near.Near(ctx, q, from)
	}
	return nil, nil, false
}

// forQuery gives the computed collection if the query asks for it, else nil.
func (c *connectivity) forQuery(ctx context.Context, q geo.Query) (*computed, geo.Query, error) {
	if q.Collection != ConnectivityID {
		return nil, q, nil
	}
	inner, err := c.Reader.Catalogue(ctx)
	if err != nil || !computable(inner) {
		return nil, q, err
	}
	if q.AsOf != nil {
		b, err := c.compute(ctx, inner, q.AsOf)
		q.AsOf = nil
		return b, q, err
	}
	b, err := c.current(ctx, inner)
	if err == nil && q.AtVersion != 0 && q.AtVersion != b.collection.Version {
		return nil, q, geo.Errorf(geo.Unsupported, "the computed connections have no versions of their own").In("version").
			Try("the versions of what they are computed from, as an answer states them: zones:12,ports:3 ...")
	}
	q.AtVersion = 0
	return b, q, err
}

// current gives the collection for the data as they are.
func (c *connectivity) current(ctx context.Context, inner *geo.Catalogue) (*computed, error) {
	key, tracked := versionKey(inner)
	c.mu.Lock()
	defer c.mu.Unlock()
	if tracked && c.built != nil && c.key == key {
		return c.built, nil
	}
	b, err := c.compute(ctx, inner, nil)
	if err != nil {
		return nil, err
	}
	c.key, c.built = key, b
	return b, nil
}

// sources are the collections that the computed one rests on.
func sources(inner *geo.Catalogue) []*geo.Collection {
	var all []*geo.Collection
	for _, id := range append([]string{DefaultCollection, "regencies", "published_distances"}, connected...) {
		if c, err := inner.Collection(id); err == nil {
			all = append(all, c)
		}
	}
	return all
}

// versionKey identifies the state of the sources; false if one is untracked.
func versionKey(inner *geo.Catalogue) (string, bool) {
	var b strings.Builder
	tracked := true
	for _, c := range sources(inner) {
		fmt.Fprintf(&b, "%s=%d;", c.ID, c.Version)
		tracked = tracked && c.Version != 0
	}
	return b.String(), tracked
}

// compute measures all pairs.
func (c *connectivity) compute(ctx context.Context, inner *geo.Catalogue, asOf *geo.Date) (*computed, error) {
	out := &geo.Collection{
		ID: ConnectivityID, GeometryType: "MultiLineString", InMemory: true, Derived: true,
		Title: geo.Text{EN: "Connections of the zones", ID: "Keterhubungan kawasan"},
		Description: geo.Text{
			EN: "Every zone against every port, airport, area of the capital and town: straight geodesic distance with its least and greatest value. Computed from the other collections.",
			ID: "Setiap kawasan terhadap setiap pelabuhan, bandara, wilayah ibu kota, dan kota: jarak lurus geodesik dengan nilai terkecil dan terbesarnya. Dihitung dari koleksi lain.",
		},
	}
	pin := geo.NewPin(c.Reader, nil)
	features, err := measureAll(ctx, proximity.New(pin, proximity.Options{}), inner, asOf, out)
	if err != nil {
		return nil, err
	}
	restOn(out, sources(inner), pin.Collections())
	reader, err := c.hold(ctx, out, features)
	if err != nil {
		return nil, err
	}
	return &computed{out, reader}, nil
}

// restOn says what a computed collection rests on: its sources, at the versions
// read. Its version is the sum of theirs, 0 if one is untracked.
func restOn(out *geo.Collection, sources, read []*geo.Collection) {
	tracked := true
	for _, s := range sources {
		if i := slices.IndexFunc(read, func(c *geo.Collection) bool { return c.ID == s.ID }); i >= 0 {
			s = read[i]
		}
		out.RestsOn = append(out.RestsOn, s)
		out.Version += s.Version
		tracked = tracked && s.Version != 0
		if s.Modified.After(out.Modified) {
			out.Modified = s.Modified
		}
	}
	if !tracked {
		out.Version = 0
	}
}

// measureAll fills the collection's columns, extent and count, and gives its features.
func measureAll(ctx context.Context, e *proximity.Engine, inner *geo.Catalogue, asOf *geo.Date, out *geo.Collection) ([]*geo.Feature, error) {
	q := proximity.MatrixRequest{Question: proximity.Question{
		From: []proximity.Source{{Ref: proximity.Ref{Collection: DefaultCollection}}}, Lines: true, AsOf: asOf,
	}}
	for _, id := range connected {
		c, err := inner.Collection(id)
		if err != nil || !c.HasGeometry() {
			continue
		}
		t := proximity.Target{Collection: id}
		if id == "infrastructure" {
			if _, ok := c.PropertyIndex("kind"); !ok {
				continue
			}
			t.Filter = airports{}
		}
		q.To = append(q.To, t)
	}
	out.Extent = orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	out.Properties = append(out.Properties, geo.Property{Name: "name", Type: geo.String, ReadOnly: true, Title: geo.Text{EN: "Name", ID: "Nama"}})
	var answer *proximity.Answer
	if len(q.To) > 0 {
		var err error
		if answer, err = e.Matrix(ctx, q); geo.IsCode(err, geo.NotFound) {
			answer = nil // no zones are stored, or none was valid then
		} else if err != nil {
			return nil, err
		}
	}
	if answer == nil {
		out.Index()
		return nil, nil
	}
	own := answer.Measured
	out.Properties = append(out.Properties, answer.Collection.Properties[:own]...)
	out.GeometryType, out.Extent, out.Count = answer.Collection.GeometryType, answer.Collection.Extent, int64(len(answer.Features))
	out.Index()
	word(out, "method", answer.Method)
	features := make([]*geo.Feature, 0, len(answer.Features))
	for i, f := range answer.Features {
		p := answer.Pairs[i]
		from, to := p.From.Called(), wording.Name(p.To)
		word(out, "from_name", from)
		word(out, "to_name", to)
		word(out, "name", wording.Join(" – ", from, to))
		values := append([]any{p.From.Name + " – " + p.To.Name()}, f.Values[:own]...)
		features = append(features, &geo.Feature{ID: f.ID, Collection: out, Values: values, WKB: f.WKB})
	}
	return features, nil
}

// word gives the property of a computed collection the words for one of its values, where
// Indonesian has others.
func word(c *geo.Collection, property string, value geo.Text) {
	i, ok := c.PropertyIndex(property)
	if !ok || value.In("id") == value.In("en") {
		return
	}
	p := &c.Properties[i]
	if p.Words == nil {
		p.Words = map[string]geo.Text{}
	}
	p.Words[value.In("en")] = value
}

// airports is the filter of the airports among the infrastructure.
type airports struct{}

// Match reports whether the kind is airport.
func (airports) Match(f *geo.Feature) (bool, error) { return f.Text("kind") == "airport", nil }

// Properties are the columns that Match reads.
func (airports) Properties() []string { return []string{"kind"} }

// String gives the filter as text.
func (airports) String() string { return "kind = 'airport'" }

var (
	_ geo.NearReader = (*connectivity)(nil)
	_ geo.Filter     = airports{}
)
