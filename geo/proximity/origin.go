package proximity

import (
	"context"
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/wording"
)

// Origin is a place that distances were measured from.
type Origin struct {
	// Ref is collection/id, or the label of a geometry given with the question.
	Ref string
	// Name is what people call it.
	Name string
	// Feature is nil for a geometry given with the question.
	Feature *geo.Feature
	// Party is the shape and how good it is.
	Party geodesy.Party

	measured *geodesy.Shape // what distances are taken from
	given    orb.Geometry
	// The ref and the name as values of features.
	refValue, nameValue any
}

// Called is what people call the origin, in both languages.
func (o *Origin) Called() geo.Text {
	if o.Feature != nil {
		return wording.Name(o.Feature)
	}
	return geo.Text{EN: o.Name, ID: o.Name}
}

// Geometry gives the origin as it was stored or given, lon, lat.
func (o *Origin) Geometry() (orb.Geometry, error) {
	if o.Feature != nil {
		return o.Feature.Geometry()
	}
	return o.given, nil
}

// origins resolves the sources, in the order given; features of a whole
// collection come in order of id. A feature named twice counts once.
func (s *session) origins(ctx context.Context) ([]*Origin, error) {
	var all []*Origin
	seen := map[string]bool{}
	add := func(o *Origin) error {
		if seen[o.Ref] {
			return nil
		}
		seen[o.Ref] = true
		o.refValue, o.nameValue = o.Ref, o.Name
		if all = append(all, o); len(all) > MaxOrigins {
			return geo.Errorf(geo.TooLarge, "there are more than %d places to measure from", MaxOrigins).Try("name fewer, or filter").In("from")
		}
		return nil
	}
	for i, source := range s.question.From {
		if source.Geometry != nil {
			o, err := s.given(source, i+1)
			if err != nil {
				return nil, geo.AsError(err).In("from")
			}
			if err := add(o); err != nil {
				return nil, err
			}
			continue
		}
		if err := s.stored(ctx, source, add); err != nil {
			return nil, err
		}
		if err := s.noteNowhere(ctx, i); err != nil {
			return nil, err
		}
	}
	if len(all) > 0 {
		return all, nil
	}
	unlocated, err := s.isUnlocated(ctx)
	if err != nil {
		return nil, err
	}
	if unlocated {
		return nil, geo.Errorf(geo.Invalid, "what is to be measured from has no published position").
			Try("give a position yourself, as longitude,latitude").In("from")
	}
	return nil, geo.Errorf(geo.NotFound, "there is nothing to measure from: no feature matches").Try("a collection with features, or a feature such as zones/kik").In("from")
}

// given makes an origin of a geometry that came with the question.
func (s *session) given(source Source, n int) (*Origin, error) {
	shape, err := geodesy.Prepare(source.Geometry)
	if err != nil {
		return nil, err
	}
	u := source.UncertaintyM
	if u == nil {
		exact := 0.0
		u = &exact
	}
	o := &Origin{Ref: source.Label, Party: geodesy.Party{Shape: shape, Basis: geodesy.Basis{Kind: source.Kind, UncertaintyM: u}}, given: source.Geometry}
	if o.Ref == "" {
		kind := "geometry"
		if _, ok := shape.IsPoint(); ok {
			kind = "point"
		}
		o.Ref = fmt.Sprintf("%s-%d", kind, n)
	}
	o.Name = o.Ref
	if p, ok := shape.IsPoint(); ok && source.Label == "" {
		o.Name = fmt.Sprintf("%g,%g", p[0], p[1])
	}
	o.measured, err = measured(shape, nil, s.question.Measure)
	return o, err
}

// stored makes origins of stored features.
func (s *session) stored(ctx context.Context, source Source, add func(*Origin) error) error {
	c, err := s.catalogue.Collection(source.Collection)
	if err != nil {
		return geo.AsError(err).In("from")
	}
	if !c.HasGeometry() {
		return geo.Invalidf("from", "the collection %q has no geometry, so nothing can be measured from it", source.Collection).Try("name a collection with geometry")
	}
	q := s.query(source.Collection)
	q.Filter = source.Filter
	if source.ID != "" {
		q.IDs = []string{source.ID}
	} else {
		q.Limit = MaxOrigins + 1
	}
	found := false
	err = s.each(ctx, q, func(f *geo.Feature) error {
		shape, err := ShapeOf(f)
		if err != nil || shape == nil {
			return err
		}
		found = true
		o := &Origin{Ref: f.Ref(), Name: f.Name(), Feature: f, Party: geodesy.Party{Shape: shape, Basis: basis(f)}}
		if o.measured, err = measured(shape, f, s.question.Measure); err != nil {
			return err
		}
		return add(o)
	})
	switch {
	case err != nil:
		return err
	case source.ID == "", found:
		return nil
	}
	return s.missing(ctx, source)
}

// noteNowhere finds those of a whole collection to measure from that have no position, but for those that
// are named as targets anyway or were found for an earlier source.
func (s *session) noteNowhere(ctx context.Context, n int) error {
	source := s.question.From[n]
	if source.Geometry != nil || source.ID != "" {
		return nil
	}
	var parts []Target
	for _, t := range s.question.To {
		if t.Collection == source.Collection {
			parts = append(parts, t)
		}
	}
	for _, other := range s.question.From[:n] {
		if other.Geometry == nil && other.ID == "" && other.Collection == source.Collection {
			parts = append(parts, Target{Collection: other.Collection, Filter: other.Filter})
		}
	}
	if slices.ContainsFunc(parts, func(t Target) bool { return t.IDs == nil && t.Filter == nil }) {
		return nil
	}
	q := s.query(source.Collection)
	if q.Filter = source.Filter; len(parts) > 0 {
		q.Filter = besides{source.Filter, parts}
	}
	return s.addUnlocated(ctx, q, &s.nowhere)
}

// isUnlocated reports whether anything to measure from is there, but without a position.
func (s *session) isUnlocated(ctx context.Context) (bool, error) {
	var u Unlocated
	for _, source := range s.question.From {
		if source.Geometry == nil && source.ID == "" {
			q := s.query(source.Collection)
			q.Filter = source.Filter
			if err := s.addUnlocated(ctx, q, &u); err != nil {
				return false, err
			}
		}
	}
	return u.Count() > 0, nil
}

// missing says why a named feature can't be measured from: it has no position, or is not there.
func (s *session) missing(ctx context.Context, source Source) error {
	q := s.query(source.Collection)
	q.IDs = []string{source.ID}
	var u Unlocated
	if err := s.addUnlocated(ctx, q, &u); err != nil {
		return err
	}
	place := geo.Place{Parameter: "from", Collection: source.Collection, Feature: clip(source.ID)}
	var e *geo.Error
	if u.Count() > 0 {
		e = geo.Errorf(geo.Invalid, "%s has no published position, so nothing can be measured from it", clip(source.Ref.String())).
			Try("give a position yourself, as longitude,latitude")
	} else {
		e = geo.Errorf(geo.NotFound, "the collection %q has no feature %q", source.Collection, clip(source.ID)).
			Try("an id that /collections/%s/items lists", source.Collection)
	}
	e.Place = place
	return e
}

// flat gives the geometry of a feature as two-dimensional WKB.
func flat(f *geo.Feature) ([]byte, error) {
	if len(f.WKB) == 0 {
		return nil, nil
	}
	b, err := geo.FlatWKB(f.WKB)
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the stored geometry of %s can't be read", f.Ref()).Because(err)
	}
	return b, nil
}

// encode writes a geometry as ISO WKB, little endian.
func encode(g orb.Geometry) ([]byte, error) {
	if g == nil {
		return nil, nil
	}
	b, err := wkb.Marshal(g, wkb.DefaultByteOrder)
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the geometry of the answer can't be written").Because(err)
	}
	return b, nil
}
