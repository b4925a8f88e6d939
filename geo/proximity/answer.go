package proximity

import (
	"context"
	"time"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// Answer is what a question gives: ordinary features of a collection made for
// it, and what belongs to the answer as a whole. It is immutable once given.
type Answer struct {
	// Collection describes the features: what was measured, then the properties of
	// the targets (all of theirs, when there are several collections). A target's
	// property with the name of a measured one is called target_ and its name.
	// Its version is 0, since it has no changes of its own; see Sources.
	Collection *geo.Collection
	// Measured is how many of the collection's properties, the first ones, were
	// measured; the rest are those of the targets.
	Measured int
	// Features are the pairs in their order, with the target's geometry, or the
	// connecting line where lines were asked for.
	Features []*geo.Feature
	// Pairs say the same as Features, for programs. Nil for buffers.
	Pairs []*Pair
	// Apart has, for an overlap, the nearest target of each origin that shares nothing with any.
	Apart map[*Origin]*Pair
	// Origins are the places measured from, in the order given.
	Origins []*Origin
	// Unlocated fit the question but have no published position, so that any of
	// them might belong to the answer.
	Unlocated Unlocated
	// Summaries are the counts and sums, for each origin and distance.
	Summaries []*Summary
	// Notes say what the answer rests on and what it does not say.
	Notes []geo.Text
	// Sentences are ready for a memo, rounded to what the uncertainties allow.
	Sentences []geo.Text
	// Statements are the sentences without their sources and data version, and
	// Cited the sources that they name, for answers made of several.
	Statements []geo.Text
	Cited      []geo.Text
	// Sources are the collections read, with their versions.
	Sources []DataSource
	// Method names how distances were measured.
	Method geo.Text
}

// DataSource is a collection that an answer rests on, at the version read.
type DataSource struct {
	Collection  string
	Title       geo.Text
	Version     geo.Version
	Modified    time.Time
	Licence     geo.Text
	Attribution geo.Text

	collection *geo.Collection
}

// SourceOf describes a collection as it was read.
func SourceOf(c *geo.Collection) DataSource {
	return DataSource{
		Collection: c.ID, Title: c.Title, Version: c.Version, Modified: c.Modified,
		Licence: wording.Licence(c), Attribution: wording.Attribution(c), collection: c,
	}
}

// kind is the kind of question.
type kind string

const (
	kindNearest kind = "nearest"
	kindWithin  kind = "within"
	kindMatrix  kind = "matrix"
	kindBuffer  kind = "buffer"
	kindOverlap kind = "overlap"
)

// building is an answer in the making.
type building struct {
	*Answer
	s    *session
	kind kind
}

func (s *session) answer(k kind) *building {
	return &building{Answer: &Answer{Method: methodText(s.question.Measure)}, s: s, kind: k}
}

// note adds a note once.
func (b *building) note(en, id string) {
	t := geo.Text{EN: en, ID: id}
	for _, have := range b.Notes {
		if have == t {
			return
		}
	}
	b.Notes = append(b.Notes, t)
}

func (b *building) add(o *Origin, pairs []*Pair) {
	b.Origins = append(b.Origins, o)
	b.Pairs = append(b.Pairs, pairs...)
}

// finish adds what all answers have: unlocated rows, water, published
// distances, features, notes and sources.
func (b *building) finish(ctx context.Context) (*Answer, error) {
	b.s.release()
	var err error
	if b.Unlocated, err = b.s.unlocated(ctx); err != nil {
		return nil, err
	}
	if err := b.s.addWater(ctx, b); err != nil {
		return nil, err
	}
	if b.kind != kindOverlap { // which measures no distance
		if err := b.s.addPublished(ctx, b.Pairs); err != nil {
			return nil, err
		}
	}
	b.sentences()
	columns := b.s.columns(b.kind, b.Method.EN, b.Pairs)
	b.Collection, b.Measured = columns.collection, len(columns.own)
	if b.Features, err = columns.features(ctx, b.Pairs); err != nil {
		return nil, err
	}
	columns.describe(b.Features)
	b.commonNotes()
	return b.Answer, nil
}

func methodText(m Measure) geo.Text {
	switch m {
	case Centroid:
		return geo.Text{EN: "geodesic distance on WGS84 between centroids", ID: "jarak geodesik pada WGS84 antara titik berat"}
	case Anchor:
		return geo.Text{EN: "geodesic distance on WGS84 between anchor points", ID: "jarak geodesik pada WGS84 antara titik acuan"}
	}
	return geo.Text{EN: "geodesic distance on WGS84, boundary to boundary", ID: "jarak geodesik pada WGS84, dari batas ke batas"}
}
