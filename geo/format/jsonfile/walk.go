package jsonfile

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
	"kawasan/geo/format/source"
)

// item is a feature as it stands in the file.
type item struct {
	geojson.Members
	number int64
	line   int       // on which it begins
	fault  *geo.Text // why it is none; nil if it is one
}

// walker reads a file value by value.
type walker struct {
	r      *reader
	ctx    context.Context
	in     *allowance
	json   *json.Decoder
	lines  lines
	number int64
	visit  func(item) error
	top    func(name string, value json.RawMessage) error
}

// walk calls visit for each feature and top for each other member of a collection.
func (r *reader) walk(ctx context.Context, visit func(item) error, top func(string, json.RawMessage) error) error {
	file, err := r.member.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	buffered := bufio.NewReaderSize(file, 256<<10)
	skipMark(buffered)
	w := &walker{r: r, ctx: ctx, visit: visit, top: top}
	if r.between != 0 {
		return w.records(buffered)
	}
	w.in = &allowance{Allowance: source.Allowance{In: buffered, Spent: r.tooLong()}, lines: &w.lines}
	w.json = json.NewDecoder(w.in)
	if err := w.objects(); err != nil {
		return w.fault(err)
	}
	if w.json.InputOffset() == 0 {
		return w.fault(io.ErrUnexpectedEOF)
	}
	return nil
}

func (r *reader) tooLong() error {
	return source.Place{File: r.member.Name}.Errorf(geo.TooLarge, "a single feature is longer than the %d MB that are the limit", r.limits.FeatureBytes>>20).Try("the same geometry with fewer positions")
}

// skipMark passes over a byte order mark.
func skipMark(in *bufio.Reader) {
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = in.Discard(3) // it was just peeked
	}
}

// objects reads one object after another.
func (w *walker) objects() error {
	for {
		w.refill()
		token, err := w.json.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if token != json.Delim('{') {
			return w.here().Errorf(geo.Invalid, "the JSON begins with something else than an object, and so is no GeoJSON").Try("a file that begins with {\"type\":\"FeatureCollection\"")
		}
		if err := w.object(); err != nil {
			return err
		}
	}
}

// refill lets the next value be as long as one may be.
func (w *walker) refill() {
	if w.in != nil {
		w.in.Left = w.r.limits.FeatureBytes
	}
}

// here is the line that is read.
func (w *walker) here() source.Place {
	return source.Place{File: w.r.member.Name, Line: w.lines.at(w.json.InputOffset())}
}

// object reads an object at the top: a collection, a feature or a geometry.
func (w *walker) object() error {
	var v item
	var kind string
	isCollection := false
	v.line = w.here().Line
	geometry := map[string]json.RawMessage{}
	for w.json.More() {
		w.refill()
		token, err := w.json.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if name == "features" {
			isCollection = true
			if err := w.features(); err != nil {
				return err
			}
			continue
		}
		var raw json.RawMessage
		if err := w.json.Decode(&raw); err != nil {
			return err
		}
		v.Set(name, raw)
		switch name {
		case "type":
			_ = json.Unmarshal(raw, &kind) // a type that is no text is none
			geometry[name] = raw
		case "coordinates", "geometries":
			geometry[name] = raw
		}
		if w.top != nil && (name == "crs" || name == "name" || name == "title" || name == "description") {
			if err := w.top(name, raw); err != nil {
				return err
			}
		}
	}
	if _, err := w.json.Token(); err != nil { // the brace at its end
		return err
	}
	switch {
	case isCollection:
		return nil
	case kind == "Feature":
	case len(geometry) > 1:
		raw, err := json.Marshal(geometry)
		if err != nil {
			return err
		}
		v.Geometry = raw
	case kind == "Topology":
		return source.Place{File: w.r.member.Name}.Errorf(geo.Unsupported, "the file is TopoJSON, which is not read").Try("GeoJSON; ogr2ogr layers.geojson FILE converts it")
	default:
		return w.here().Errorf(geo.Invalid, "the object is no feature, geometry or collection of features").Try(`"type":"FeatureCollection" with a list "features"`)
	}
	return w.give(v)
}

// features reads the list of a collection.
func (w *walker) features() error {
	token, err := w.json.Token()
	if err != nil {
		return err
	}
	if token != json.Delim('[') {
		return w.here().Errorf(geo.Invalid, "the member features is no list").Try("\"features\" with a list: \"features\":[ … ]")
	}
	var raw json.RawMessage
	for w.json.More() {
		w.refill()
		if err := w.json.Decode(&raw); err != nil {
			return err
		}
		v := split(raw)
		v.line = w.lines.at(w.json.InputOffset() - int64(len(raw)))
		if err := w.give(v); err != nil {
			return err
		}
	}
	_, err = w.json.Token()
	return err
}

func (w *walker) give(v item) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	w.number++
	v.number = w.number
	if w.number > w.r.limits.Features {
		return source.Place{File: w.r.member.Name}.Errorf(geo.TooLarge, "the file has more than %d features", w.r.limits.Features).Try("the same data in several files")
	}
	return w.visit(v)
}

// noNumber recognises what programs write for numbers that are none: NaN, Infinity.
func noNumber(e *json.SyntaxError) bool {
	return strings.HasPrefix(e.Error(), "invalid character 'N'") || strings.HasPrefix(e.Error(), "invalid character 'I'")
}

// fault names the place of an error of the decoder.
func (w *walker) fault(err error) error {
	var known *geo.Error
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, source.ErrStop), w.ctx.Err() != nil:
		return err
	case errors.As(err, &known):
		return err
	case errors.As(err, &syntax) && noNumber(syntax):
		return w.r.place(syntax.Offset).Errorf(geo.Invalid, "here stands NaN or Infinity, perhaps, which JSON doesn't have").Because(err).Try("a number, or null where an attribute has none")
	case errors.As(err, &syntax):
		return w.r.place(syntax.Offset).Broken("the JSON is not right: %s", syntax.Error()).Because(err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		at := w.r.place(w.json.InputOffset())
		if w.number > 0 {
			return at.Broken("the file ends in the middle, behind feature %d", w.number).Because(err)
		}
		return at.Broken("the file ends in the middle").Because(err)
	}
	return w.here().Broken("the file can't be read").Because(err)
}

// place gives line and column of an offset, by reading the file up to it once more.
func (r *reader) place(offset int64) source.Place {
	at := source.Place{File: r.member.Name}
	file, err := r.member.Open()
	if err != nil {
		return at
	}
	defer func() { _ = file.Close() }()
	line, column := 1, 1
	in := bufio.NewReaderSize(file, 256<<10)
	for range offset - 1 {
		c, err := in.ReadByte()
		if err != nil {
			break
		}
		switch {
		case c == '\n':
			line, column = line+1, 1
		case c&0xc0 != 0x80: // not the inside of a character
			column++
		}
	}
	at.Line, at.Column = line, column
	return at
}

// at is where a feature stands.
func (r *reader) at(v item) source.Place {
	return source.Place{File: r.member.Name, Line: v.line, Feature: v.number}
}
