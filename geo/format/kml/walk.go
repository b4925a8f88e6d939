package kml

import (
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"
)

// deepest is how deep elements may nest.
const deepest = 200

// walker reads a file element by element.
type walker struct {
	r      *reader
	ctx    context.Context
	in     *allowance
	xml    *xml.Decoder
	title  string
	path   []string // names of the folders around
	number int64
	depth  int
	links  int64 // to other files, which are not fetched
}

// allowance ends the reading of a single element that is too long. The decoder takes
// byte by byte, so that nothing is read ahead.
type allowance struct {
	source.Allowance
	bytes io.ByteReader // of what it reads
}

// ReadByte reads a byte, if one is left.
func (a *allowance) ReadByte() (byte, error) {
	if a.Left <= 0 {
		return 0, a.Spent
	}
	a.Left--
	return a.bytes.ReadByte()
}

// walk calls visit for each placemark. Nothing outside the file is ever looked up,
// and a file that defines entities is refused.
func (w *walker) walk(visit func(*placemark) error) error {
	file, err := w.r.member.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	at := source.Place{File: w.r.member.Name}
	buffered := bufio.NewReaderSize(file, 64<<10)
	w.in = &allowance{bytes: buffered, Allowance: source.Allowance{
		In: buffered, Spent: at.Errorf(geo.TooLarge, "a single element is longer than the %d MB that are the limit", w.r.limits.FeatureBytes>>20).Try("the same geometry with fewer positions"),
	}}
	w.xml = xml.NewDecoder(w.in)
	w.xml.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(charset)
		if err != nil {
			return nil, err
		}
		return transform.NewReader(in, e.NewDecoder()), nil
	}
	if err := w.document(visit); err != nil {
		return w.fault(err)
	}
	return nil
}

// next gives the next token with a fresh allowance, unless it is within a placemark.
func (w *walker) next(within bool) (xml.Token, error) {
	if !within {
		w.in.Left = w.r.limits.FeatureBytes
	}
	t, err := w.xml.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case xml.StartElement:
		if w.depth++; w.depth > deepest {
			return nil, w.place().Errorf(geo.TooLarge, "elements are nested more than %d deep", deepest)
		}
	case xml.EndElement:
		w.depth--
	case xml.Directive:
		if strings.Contains(strings.ToUpper(string(t)), "DOCTYPE") {
			return nil, w.place().Errorf(geo.Unsupported, "the file has a DOCTYPE, with which entities can be defined").Try("the file without it: KML needs none")
		}
	}
	return t, nil
}

func (w *walker) place() source.Place {
	line, column := w.xml.InputPos()
	return source.Place{File: w.r.member.Name, Line: line, Column: column}
}

// document walks over folders to the placemarks.
func (w *walker) document(visit func(*placemark) error) error {
	seen := false
	for {
		t, err := w.next(false)
		if errors.Is(err, io.EOF) {
			if !seen {
				return w.place().Broken("the file has no element kml")
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if !seen && t.Name.Local != "kml" {
				return w.place().Errorf(geo.Invalid, "the file is XML, but no KML: its first element is %.40q", t.Name.Local).Try("KML; ogr2ogr layers.gpkg FILE makes a GeoPackage of GML, GPX and others")
			}
			seen = true
			if err := w.element(t, visit); err != nil {
				return err
			}
		case xml.EndElement:
			if t.Name.Local == "Folder" || t.Name.Local == "Document" {
				w.path = w.path[:max(len(w.path)-1, 0)]
			}
		}
	}
}

func (w *walker) element(t xml.StartElement, visit func(*placemark) error) error {
	switch t.Name.Local {
	case "kml":
		return nil
	case "Folder", "Document":
		w.path = append(w.path, "")
		return nil
	case "name":
		text, err := w.text()
		if n := len(w.path); n > 0 && err == nil {
			w.path[n-1] = text
			if n == 1 && w.title == "" {
				w.title = text
			}
		}
		return err
	case "Placemark":
		w.number++
		if w.number > w.r.limits.Features {
			return w.place().Errorf(geo.TooLarge, "the file has more than %d placemarks", w.r.limits.Features).Try("the same data in several files")
		}
		if err := w.ctx.Err(); err != nil {
			return err
		}
		p := &placemark{line: w.place().Line, id: source.Text(attribute(t, "id"))}
		if err := w.placemark(p); err != nil {
			return err
		}
		p.finish(w.folder())
		return visit(p)
	case "NetworkLink":
		w.links++
	}
	return w.skip()
}

// folder is the way to the placemark through the folders with a name, but for the document.
func (w *walker) folder() string {
	var names []string
	for i, n := range w.path {
		if n != "" && i > 0 {
			names = append(names, n)
		}
	}
	return strings.Join(names, " / ")
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// text gives the text of the element that has just begun, up to its end.
func (w *walker) text() (string, error) {
	var b strings.Builder
	for depth := 1; ; {
		t, err := w.next(true)
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth == 0 {
				return source.Text(strings.TrimSpace(b.String())), nil
			}
		case xml.CharData:
			b.Write(t)
		}
	}
}

// skip passes over the element that has just begun.
func (w *walker) skip() error {
	for depth := 1; depth > 0; {
		t, err := w.next(false)
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// fault names the place of an error of the reader of XML.
func (w *walker) fault(err error) error {
	var known *geo.Error
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &known), errors.Is(err, source.ErrStop), w.ctx.Err() != nil:
		return err
	case errors.As(err, &syntax):
		at := source.Place{File: w.r.member.Name, Line: syntax.Line}
		if strings.Contains(syntax.Msg, "unexpected EOF") {
			return at.Broken("the file ends in the middle, behind %d placemarks", w.number).Because(err)
		}
		return at.Broken("the XML is not right: %s", source.Text(syntax.Msg)).Because(err)
	}
	return w.place().Broken("the XML can't be read").Because(err)
}
