package jsonfile

import (
	"bytes"
	"context"
	"iter"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// Source describes GeoJSON files as they are read: a FeatureCollection, a single
// feature or geometry, or features one after another with or without record
// separators (GeoJSONSeq, NDJSON).
func Source() source.Format {
	return source.Format{
		Name: "geojson", Extensions: []string{".geojson", ".json", ".geojsons", ".geojsonl", ".ndjson"}, Title: geo.Text{EN: "GeoJSON"},
		Recognises: recognise, Open: openSource,
	}
}

// recognise looks for an object that speaks of GeoJSON. JSON of another kind is
// taken too when its name says GeoJSON, so that the error is about its content.
func recognise(m *source.Member) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(m.Head(), []byte("\ufeff")), " \t\r\n\x1e")
	if len(head) == 0 || head[0] != '{' {
		return len(head) > 0 && head[0] == '[' && strings.HasSuffix(m.Extension(), "json")
	}
	if strings.Contains(m.Extension(), "json") {
		return true
	}
	for _, word := range []string{`"FeatureCollection"`, `"Feature"`, `"features"`, `"coordinates"`, `"geometry"`} {
		if bytes.Contains(head, []byte(word)) {
			return true
		}
	}
	return false
}

// reader reads a file twice: once to learn the types of its attributes and
// whether all of it can be read, then for the features.
type reader struct {
	member *source.Member
	limits source.Limits
	layer  source.Layer
	names  map[string]int
	// between is what stands between the records of a file that has one feature behind the
	// other; 0 for a file that is one object.
	between byte
}

func openSource(ctx context.Context, in *source.Input, members []*source.Member, o source.Options) (source.Source, error) {
	if len(members) > 1 {
		return nil, source.Place{File: in.Name}.Errorf(geo.Unsupported, "there are %d GeoJSON files in it", len(members)).Try("one at a time")
	}
	r := &reader{member: members[0], limits: o.WithDefaults(), names: map[string]int{}}
	var err error
	if r.between, err = r.recordsOf(); err != nil {
		return nil, err
	}
	if err := r.survey(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// Layers gives the one layer.
func (r *reader) Layers() []source.Layer { return []source.Layer{r.layer} }

// Close does nothing: the file is the input's.
func (r *reader) Close() error { return nil }

// Features reads the features in the order of the file.
func (r *reader) Features(ctx context.Context, _ int) iter.Seq2[*source.Feature, error] {
	return source.Sequence(func(give func(*source.Feature, error) error) error {
		return r.walk(ctx, func(v item) error { return give(r.feature(v)) }, nil)
	})
}
