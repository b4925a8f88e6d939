package jsonfile

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
	"kawasan/geo/format/source"
)

// item is a feature as it stands in the file.
type item struct {
	geojson.Members
	number int64
	offset int64 // of its end, in bytes
}

// walker reads a file value by value.
type walker struct {
	r      *reader
	ctx    context.Context
	in     *allowance
	json   *json.Decoder
	number int64
	visit  func(item) error
	top    func(name string, value json.RawMessage) error
}

// allowance ends the reading of a single value that is too long; it takes record
// separators, which are no JSON, for blanks.
type allowance struct {
	in     io.Reader
	left   int
	err    error
	blanks int // that came last, one behind the other
}

// mostBlanks is how many blanks may follow each other: encoding/json looks at all of
// them again whenever it reads on.
const mostBlanks = 1 << 20

func (a *allowance) Read(p []byte) (int, error) {
	if a.left <= 0 {
		return 0, a.err
	}
	n, err := a.in.Read(p[:min(len(p), a.left)])
	a.left -= n
	for i, c := range p[:n] {
		switch c {
		case 0x1e:
			p[i] = ' '
			fallthrough
		case ' ', '\t', '\r', '\n':
			a.blanks++
		default:
			a.blanks = 0
		}
	}
	if a.blanks > mostBlanks {
		return 0, geo.Errorf(geo.TooLarge, "the file holds a megabyte of nothing but blanks").Try("the file as its source gave it")
	}
	return n, err
}

// walk calls visit for each feature and top for each other member of a collection.
func (r *reader) walk(ctx context.Context, visit func(item) error, top func(string, json.RawMessage) error) error {
	file, err := r.member.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	buffered := bufio.NewReaderSize(file, 256<<10)
	if mark, _ := buffered.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = buffered.Discard(3)
	}
	w := &walker{r: r, ctx: ctx, in: &allowance{in: buffered}, visit: visit, top: top}
	w.json = json.NewDecoder(w.in)
	w.in.err = source.Place{File: r.member.Name}.Errorf(geo.TooLarge, "a single feature is longer than the %d MB that are the limit", r.limits.FeatureBytes>>20)
	for n := 0; ; n++ {
		w.refill()
		token, err := w.json.Token()
		if err == io.EOF {
			if n == 0 {
				return w.fault(io.ErrUnexpectedEOF)
			}
			return nil
		}
		if err != nil {
			return w.fault(err)
		}
		if token != json.Delim('{') {
			return w.place(w.json.InputOffset()).Errorf(geo.Invalid, "GeoJSON is an object, a FeatureCollection say").Try("a file that begins with {\"type\":\"FeatureCollection\"")
		}
		if err := w.object(); err != nil {
			return w.fault(err)
		}
	}
}

// refill lets the next value be as long as one may be.
func (w *walker) refill() { w.in.left = w.r.limits.FeatureBytes }

// object reads an object at the top: a collection, a feature or a geometry.
func (w *walker) object() error {
	var v item
	var kind string
	isCollection := false
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
		return w.place(0).Errorf(geo.Unsupported, "the file is TopoJSON, which is not read").Try("GeoJSON; ogr2ogr layers.geojson FILE converts it")
	default:
		return w.place(w.json.InputOffset()).Errorf(geo.Invalid, "the object is no feature, geometry or collection of features").Try(`"type":"FeatureCollection" with a list "features"`)
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
		return w.place(w.json.InputOffset()).Errorf(geo.Invalid, "the member features is a list")
	}
	var raw json.RawMessage
	for w.json.More() {
		w.refill()
		if err := w.json.Decode(&raw); err != nil {
			return err
		}
		v, err := split(raw)
		if err != nil {
			at := w.place(w.json.InputOffset())
			at.Feature = w.number + 1
			return at.Errorf(geo.Invalid, "%s", err)
		}
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
	v.number, v.offset = w.number, w.json.InputOffset()
	if w.number > w.r.limits.Features {
		return source.Place{File: w.r.member.Name}.Errorf(geo.TooLarge, "a file may have %d features", w.r.limits.Features)
	}
	return w.visit(v)
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
	case errors.As(err, &syntax):
		at := w.place(syntax.Offset)
		at.Feature = 0
		return at.Broken("the JSON is not right: %s", syntax.Error()).Because(err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		at := w.place(w.json.InputOffset())
		if w.number > 0 {
			return at.Broken("the file ends in the middle, behind feature %d", w.number).Because(err)
		}
		return at.Broken("the file ends in the middle").Because(err)
	}
	return w.place(w.json.InputOffset()).Broken("the file can't be read").Because(err)
}

// place gives line and column of an offset, by reading the file up to it once more.
func (w *walker) place(offset int64) source.Place { return w.r.place(offset) }

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

// fail makes an error about a feature.
func (r *reader) fail(v item, format string, args ...any) *geo.Error {
	at := r.place(v.offset)
	at.Feature, at.Column = v.number, 0
	return at.Errorf(geo.Invalid, "%s", fmt.Sprintf(format, args...))
}
