package proximity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
	"kawasan/geo/format/wkb"
	"kawasan/geo/geodesy"
	"kawasan/geo/quality"
)

// Limits of GeoJSON that is given to measure from.
const (
	// MaxGivenPositions is how many positions it may have, over all its geometries.
	MaxGivenPositions = 100_000
	maxGivenDepth     = 64
)

// ReadGeoJSON reads the places that a question starts from: a geometry, a Feature
// or a FeatureCollection, in lon, lat (RFC 7946). What needs no judgement is put
// right and said in the notes: heights are left out, rings closed and turned.
//
// A Feature lends its id as a label, and its properties position_uncertainty_m
// and boundary_kind say how good its shape is; without them it is taken as exact.
// Home is as for [ParseSources]. Invalid, with a JSON pointer or the coordinate of
// the fault, for what is no GeoJSON, empty, out of range, latitude first, or not valid as a shape.
func ReadGeoJSON(ctx context.Context, body []byte, home orb.Bound) ([]Source, []geo.Text, error) {
	if err := checkJSON(body); err != nil {
		return nil, nil, err
	}
	r := givenReader{home: home, labels: map[string]bool{}, said: map[string]bool{}}
	r.judge = quality.NewJudge(quality.Options{
		Collection: givenCollection(), Alone: true, Fix: true, Today: 1, Keep: 1,
		OnIssue: func(i *quality.Issue) {
			if (i.Severity == quality.Error || i.Rule == nowhere) && r.fault == nil {
				r.fault = i
			}
		},
	})
	defer func() { _ = r.judge.Close() }()
	if err := r.read(ctx, body, ""); err != nil {
		return nil, nil, geo.AsError(err).In("body")
	}
	if len(r.sources) == 0 {
		return nil, nil, geo.Invalidf("body", "the feature collection is empty, so there is nothing to measure from").Try("at least one feature with a geometry")
	}
	if r.heights {
		r.note("The heights in the geometry given were left out: distances are measured on the ellipsoid.",
			"Ketinggian pada geometri yang diberikan diabaikan: jarak diukur pada elipsoid.")
	}
	return r.sources, r.notes, nil
}

// nowhere is the rule that a geometry without a position breaks: kept in a collection, it starts no question.
var nowhere = quality.RuleNamed("geometry-missing")

// givenCollection takes any geometry.
func givenCollection() *geo.Collection {
	return (&geo.Collection{ID: "body", GeometryType: "Geometry", HasZ: true}).Index()
}

// checkJSON refuses what is no JSON, with the line and column of the fault, or nests too deep.
func checkJSON(body []byte) error {
	const form = `a GeoJSON geometry, Feature or FeatureCollection, such as {"type":"Point","coordinates":[116.8,-1.2]}`
	if len(strings.TrimSpace(string(body[:min(len(body), 1024)]))) == 0 {
		return geo.Invalidf("body", "the body is empty").Try(form)
	}
	var any json.RawMessage
	err := json.Unmarshal(body, &any)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		before := string(body[:max(0, min(int(syntax.Offset)-1, len(body)))])
		line := strings.Count(before, "\n") + 1
		column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
		return geo.Invalidf("body", "the body is not JSON").At(line, column).Try(form)
	}
	if err != nil {
		return geo.Invalidf("body", "the body is not JSON").Try(form).Because(err)
	}
	if geojson.Depth(body) > maxGivenDepth {
		return geo.Invalidf("body", "the body is nested more than %d deep", maxGivenDepth).Try(form)
	}
	return nil
}

// givenReader gathers the sources of one body.
type givenReader struct {
	home      orb.Bound
	judge     *quality.Judge
	fault     *quality.Issue
	sources   []Source
	notes     []geo.Text
	said      map[string]bool
	labels    map[string]bool
	positions int
	heights   bool
}

func (r *givenReader) note(en, id string) {
	if !r.said[en] {
		r.said[en] = true
		r.notes = append(r.notes, geo.Text{EN: en, ID: id})
	}
}

func at(pointer, format string, args ...any) *geo.Error {
	e := geo.Errorf(geo.Invalid, format, args...)
	e.Place.Pointer = pointer
	return e
}

// read reads a value that must be a GeoJSON object.
func (r *givenReader) read(ctx context.Context, raw []byte, pointer string) error {
	members, ok := geojson.ReadMembers(raw)
	if !ok {
		return at(pointer, "this is not a GeoJSON object").Try("an object with a type")
	}
	if err := checkGivenCRS(members.CRS, pointer); err != nil {
		return err
	}
	switch kind := jsonText(members.Type); {
	case kind == "FeatureCollection" && pointer == "":
		var features []json.RawMessage
		if json.Unmarshal(members.Features, &features) != nil {
			return at("/features", "the FeatureCollection has no list of features").Try("features, as a list")
		}
		if len(features) > MaxOrigins {
			return geo.Errorf(geo.TooLarge, "the feature collection has more than %d features", MaxOrigins).Try("fewer of them")
		}
		for i, f := range features {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := r.read(ctx, f, fmt.Sprintf("/features/%d", i)); err != nil {
				return err
			}
		}
		return nil
	case kind == "Feature":
		if len(members.Geometry) == 0 || string(members.Geometry) == "null" {
			return at(pointer+"/geometry", "the feature has no geometry, so nothing can be measured from it").Try("a feature with a geometry")
		}
		return r.geometry(ctx, members.Geometry, pointer+"/geometry", describeGiven(members.ID, members.Properties))
	case pointer != "":
		return at(pointer+"/type", "the feature collection holds something that is not of type Feature").Try("Feature")
	}
	return r.geometry(ctx, raw, pointer, Source{})
}

// checkGivenCRS refuses the crs of old GeoJSON, unless it says what holds anyway.
func checkGivenCRS(raw []byte, pointer string) error {
	if len(raw) == 0 || string(raw) == "null" || strings.Contains(string(raw), "CRS84") || strings.Contains(string(raw), "4326") {
		return nil
	}
	return at(pointer+"/crs", "GeoJSON is always in longitude and latitude of WGS84; crs names another system").
		Try("positions as longitude, latitude, and no crs (RFC 7946)")
}

// describeGiven takes over what a feature says of itself.
func describeGiven(id, properties []byte) Source {
	var s Source
	if s.Label = jsonText(id); s.Label == "" && len(id) > 0 && id[0] >= '0' && id[0] <= '9' {
		s.Label = string(id)
	}
	s.Label = clip(s.Label)
	var known struct {
		Uncertainty *float64 `json:"position_uncertainty_m"`
		Kind        string   `json:"boundary_kind"`
	}
	if json.Unmarshal(properties, &known) == nil {
		if u := known.Uncertainty; u != nil && *u >= 0 {
			s.UncertaintyM = u
		}
		s.Kind = geodesy.BoundaryKind(clip(known.Kind))
	}
	return s
}

// geometry reads one geometry and adds it to the sources.
func (r *givenReader) geometry(ctx context.Context, raw []byte, pointer string, s Source) error {
	bytes, err := geojson.ReadGeometry(raw)
	var shape *geojson.ShapeError
	switch {
	case errors.As(err, &shape):
		return at(pointer+shape.Pointer, "%s", shape.Reason).Try("a GeoJSON geometry, with positions as [longitude, latitude]")
	case err != nil:
		return at(pointer, "the geometry can't be read").Because(err)
	case bytes == nil:
		return at(pointer, "there is no geometry").Try("a GeoJSON geometry")
	}
	f := &geo.Feature{ID: "given", Collection: givenCollection(), WKB: bytes}
	if err := r.look(f, pointer); err != nil {
		return err
	}
	r.fault = nil
	verdict, err := r.judge.Feature(ctx, f, 0)
	if err != nil {
		return err
	}
	if i := r.fault; i != nil {
		e := at(pointer, "the geometry is not valid: %s", i.Message).Try("%s", i.Remedy)
		if p := i.Place.Position; p != nil {
			e.Place.Coordinate = &[2]float64{p[0], p[1]}
		}
		return e
	}
	if err := r.repaired(f, verdict.Feature); err != nil {
		return err
	}
	if s.Geometry, err = verdict.Feature.Geometry(); err != nil {
		return at(pointer, "the geometry can't be read").Because(err)
	}
	s.Label = r.label(s)
	r.sources = append(r.sources, s)
	return nil
}

// repaired notes what was put right.
func (r *givenReader) repaired(before, after *geo.Feature) error {
	if before == after {
		return nil
	}
	_, changes := quality.Fix(before)
	for _, c := range changes {
		r.note(fmt.Sprintf("In the geometry given, %s.", c.Message.EN), fmt.Sprintf("Pada geometri yang diberikan, %s.", c.Message.ID))
	}
	const most = 20
	if len(r.notes) > most {
		r.notes = r.notes[:most]
	}
	return nil
}

// look checks every position: how many there are, in range, and longitude first.
func (r *givenReader) look(f *geo.Feature, pointer string) error {
	reader := wkb.NewReader(f.WKB)
	h, err := reader.Header()
	if err != nil {
		return at(pointer, "the geometry can't be read").Because(err)
	}
	r.heights = r.heights || h.HasZ
	g, err := f.Geometry()
	if err != nil {
		return at(pointer, "the geometry can't be read").Because(err)
	}
	return eachPosition(g, func(p orb.Point) error {
		if r.positions++; r.positions > MaxGivenPositions {
			return geo.Errorf(geo.TooLarge, "the geometries given have more than %d positions", MaxGivenPositions).Try("simplify them first")
		}
		if math.IsNaN(p[0]) {
			return nil // an empty point, which the judge names
		}
		if err := CheckPoint(p, r.home); err != nil {
			e := geo.AsError(err)
			e.Place.Pointer, e.Place.Parameter = pointer, ""
			e.Place.Coordinate = &[2]float64{p[0], p[1]}
			return e
		}
		return nil
	})
}

// eachPosition visits all positions of a geometry until an error.
func eachPosition(g orb.Geometry, visit func(orb.Point) error) error {
	all := func(points []orb.Point) error {
		for _, p := range points {
			if err := visit(p); err != nil {
				return err
			}
		}
		return nil
	}
	var members []orb.Geometry
	switch g := g.(type) {
	case orb.Point:
		return visit(g)
	case orb.MultiPoint:
		return all(g)
	case orb.LineString:
		return all(g)
	case orb.MultiLineString:
		for _, l := range g {
			members = append(members, l)
		}
	case orb.Polygon:
		for _, ring := range g {
			if err := all(ring); err != nil {
				return err
			}
		}
	case orb.MultiPolygon:
		for _, p := range g {
			members = append(members, p)
		}
	case orb.Collection:
		members = g
	}
	for _, m := range members {
		if err := eachPosition(m, visit); err != nil {
			return err
		}
	}
	return nil
}

// label gives each source its own; "" leaves it to the order.
func (r *givenReader) label(s Source) string {
	if s.Label == "" {
		return ""
	}
	label := s.Label
	for n := 2; r.labels[label]; n++ {
		label = fmt.Sprintf("%s-%d", s.Label, n)
	}
	r.labels[label] = true
	return label
}

// jsonText reads a JSON string; "" for anything else.
func jsonText(raw []byte) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return strings.TrimSpace(strings.Join(slices.Collect(strings.FieldsSeq(s)), " "))
}
