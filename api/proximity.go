package api

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/proximity"
)

// questionParameters are what all questions of distance take.
func questionParameters(forms []*representation, more ...*parameter) []*parameter {
	list := append(commonParameters(forms), dataVersionParameter(),
		&parameter{name: "from", required: true, orBody: true, description: "Where to measure from: features such as zones/kik, separated by commas, a whole collection, or a point as lon,lat", schema: text()},
		&parameter{name: "to", required: true, description: "Collections to look in, separated by commas", schema: object{"type": "array", "items": text()}, list: true},
		&parameter{name: "filter", description: "A condition in CQL2 that the features looked for fulfil, such as access = 'public'", emptyIsNone: true, schema: text()},
		&parameter{name: "filter-lang", description: "The encoding of filter", schema: choiceOr("cql2-text", "cql2-json"), emptyIsNone: true},
		&parameter{name: "filter-crs", description: "The reference system of the geometries in filter, by URI", schema: object{"type": "string", "default": uriCRS84}, emptyIsNone: true},
		&parameter{name: "measure", description: "Between what: the boundaries, the centroids or the anchor points", schema: choiceOr("boundary", "centroid", "anchor"), emptyIsNone: true},
		&parameter{name: "as", description: "lines gives the connecting lines as geometry instead of the features found", schema: choiceOr("features", "lines"), emptyIsNone: true},
		&parameter{name: "crs", description: "The reference system of the answer's positions, by URI", schema: object{"type": "string", "default": uriCRS84}},
	)
	return append(append(list, answerPageParameters()...), more...)
}

func (s *Server) proximityEndpoints() []*endpoint {
	forms := append([]*representation{asGeoJSON, asHTML}, fileForms(answerFiles())...)
	count := object{"type": "integer", "minimum": 1, "maximum": proximity.MaxK, "default": defaultNearest}
	question := func(id, path string, summary geo.Phrase, handle func(*exchange) error, more ...*parameter) *endpoint {
		return &endpoint{
			id: id, path: "/proximity/" + path, tag: "proximity", summary: summary, parameters: questionParameters(forms, more...),
			formats: forms, answers: "featureCollection", body: "geojson", takesTargetProperties: true, needsData: true, handle: handle,
		}
	}
	return []*endpoint{
		question("getNearest", "nearest", geo.Words("The features nearest to a place, with the least and greatest distance each can have"), s.nearest,
			&parameter{name: "k", description: "How many, for each place", schema: count, emptyIsNone: true},
			&parameter{name: "max_distance", description: "Nothing further away than this, such as 100km", schema: text(), emptyIsNone: true}),
		question("getWithin", "within", geo.Words("The features within a distance of a place, how many, and sums of their properties"), s.within,
			&parameter{name: "distance", required: true, description: "How far, with its unit: m, km or nm, such as 50km; several, separated by commas, give several sums", schema: text()},
			&parameter{name: "sum", description: "Numeric properties to sum, separated by commas", schema: text(), emptyIsNone: true},
			&parameter{name: "by_area", description: "true weighs sums by the part of each area that lies within: an order of magnitude", schema: choice("true", "false"), emptyIsNone: true},
			&parameter{name: "possible", description: "true lists too what lies outside the distance as stored but may lie within it, as far as the uncertainties of the positions go; certainty and margin_m tell which", schema: choice("true", "false"), emptyIsNone: true},
			&parameter{name: "summary", description: "only leaves out the features", schema: choice("only", "with-features"), emptyIsNone: true}),
		question("getMatrix", "matrix", geo.Words("The distance of all pairs"), s.matrix),
		question("getOverlap", "overlap", geo.Words("The areas that features share with a place"), s.overlap),
		s.bufferEndpoint(forms),
	}
}

const defaultNearest = 5

// question reads what all questions have in common.
func (x *exchange) question() (q proximity.Question, err error) {
	if q.From, err = x.sources(); err != nil {
		return q, err
	}
	q.Measure, q.Lines = proximity.Measure(x.values.text("measure")), x.values.text("as") == "lines"
	q.Principal = x.principal
	for _, id := range splitList(x.values.text("to")) {
		t := proximity.Target{Collection: id}
		if x.collection, err = x.catalogue.Collection(id); err != nil {
			return q, geo.AsError(err).In("to")
		}
		if t.Filter, err = x.targetFilter(); err != nil {
			return q, err
		}
		q.To = append(q.To, t)
	}
	x.collection = nil
	return q, nil
}

// targetFilter reads filter and the property parameters for the collection at hand.
func (x *exchange) targetFilter() (geo.Filter, error) {
	for _, v := range x.values {
		if !v.inBody && declared(x.endpoint.parameters, v.name) == nil && !isParameter(x.collection, v.name) {
			return nil, geo.Invalidf(v.name, "the collection %q has no property %q", x.collection.ID, geo.Clip(v.name)).
				Try("a property that all collections in to have, or one collection at a time")
		}
	}
	parts, err := x.parseFilter()
	if err != nil {
		return nil, err
	}
	equal, err := x.parsePropertyParameters()
	if err != nil {
		return nil, err
	}
	var filters []geo.Filter
	for _, f := range append(parts, equal...) {
		filters = append(filters, f)
	}
	return cql2.All(filters...), nil
}

// home bounds all that is served, to tell positions whose numbers are swapped.
func (x *exchange) home() orb.Bound {
	home := orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	for _, c := range x.catalogue.Collections {
		if c.Extent.IsEmpty() {
			continue
		}
		if home.IsEmpty() {
			home = c.Extent
		} else {
			home = home.Union(c.Extent)
		}
	}
	return home
}

func splitList(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// asked parses a question, and answers it unless the client has the answer.
func (x *exchange) asked(answer func(*proximity.Engine, proximity.Question) (*proximity.Answer, error)) error {
	q, err := x.question()
	if err != nil {
		return err
	}
	o, err := x.readOutput()
	if err != nil {
		return err
	}
	page := x.answerPage()
	a, err := answer(proximity.New(x.reader, proximity.Options{Memory: x.server.memory}), q)
	if err != nil || x.beginAnswer() {
		return err
	}
	x.setContentCrs(o)
	return x.sendAnswer(a, o, page)
}

func (s *Server) nearest(x *exchange) error {
	k := x.values.whole("k", defaultNearest)
	farthest := 0.0
	if text, given := x.values.get("max_distance"); given {
		d, err := proximity.ParseDistance(text)
		if err != nil {
			return geo.AsError(err).In("max_distance")
		}
		if d == 0 {
			return geo.Invalidf("max_distance", "max_distance is 0").Try("a distance above 0, such as 100km")
		}
		farthest = d
	}
	return x.asked(func(e *proximity.Engine, q proximity.Question) (*proximity.Answer, error) {
		return e.Nearest(x.ctx, proximity.NearestRequest{Question: q, K: k, MaxDistance: farthest})
	})
}

func (s *Server) within(x *exchange) error {
	r := proximity.WithinRequest{SummaryOnly: x.values.text("summary") == "only", Possible: x.values.text("possible") == "true"}
	for _, text := range splitList(x.values.text("distance")) {
		d, err := proximity.ParseDistance(text)
		if err != nil {
			return geo.AsError(err).In("distance")
		}
		r.Distances = append(r.Distances, d)
	}
	for _, name := range splitList(x.values.text("sum")) {
		r.Sums = append(r.Sums, proximity.Sum{Property: name, ByArea: x.values.text("by_area") == "true"})
	}
	return x.asked(func(e *proximity.Engine, q proximity.Question) (*proximity.Answer, error) {
		r.Question = q
		return e.Within(x.ctx, r)
	})
}

func (s *Server) matrix(x *exchange) error {
	return x.asked(func(e *proximity.Engine, q proximity.Question) (*proximity.Answer, error) {
		return e.Matrix(x.ctx, proximity.MatrixRequest{Question: q})
	})
}

func (s *Server) overlap(x *exchange) error {
	return x.asked(func(e *proximity.Engine, q proximity.Question) (*proximity.Answer, error) {
		return e.Overlap(x.ctx, proximity.OverlapRequest{Question: q})
	})
}

// targets are the collections that a question names in to, for its property parameters.
func (x *exchange) targets() []*geo.Collection {
	var found []*geo.Collection
	for _, id := range splitList(string(x.Context().QueryArgs().Peek("to"))) {
		if c, err := x.catalogue.Collection(id); err == nil && !slices.Contains(found, c) {
			found = append(found, c)
		}
	}
	return found
}
