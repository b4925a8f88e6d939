package kml

import (
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// placemark is one feature of the file.
type placemark struct {
	id      string
	line    int
	folder  string
	data    []datum
	shapes  []shape
	height  bool  // a position has a height other than 0
	leftOut int64 // tracks, models and images
	faults  []geo.Text
}

type datum struct{ name, value string }

// shape is a geometry: a point, a line, or an area of rings, or a collection.
type shape struct {
	kind  wkb.Type
	lines [][]float64 // x, y, z of each position; one for points and lines
	parts []shape
	multi bool // a MultiGeometry
}

func (p *placemark) add(name, value string) {
	if value != "" {
		p.data = append(p.data, datum{name, value})
	}
}

// extend adds a value of the extended data. One that is called name stands beside the name of the
// placemark, unless that says the same.
func (p *placemark) extend(name, value string) {
	if i := slices.IndexFunc(p.data, func(d datum) bool { return d.name == "name" }); name == "name" && i >= 0 && strings.TrimSpace(p.data[i].value) != strings.TrimSpace(value) {
		name = "name_2"
	}
	p.add(name, value)
}

// finish notes where the placemark stood.
func (p *placemark) finish(folder string) {
	p.folder = folder
	p.add("folder", folder)
}

// placemark reads one up to its end.
func (w *walker) placemark(p *placemark) error {
	for {
		t, err := w.next(true)
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := w.inPlacemark(p, t); err != nil {
				return err
			}
		}
	}
}

func (w *walker) inPlacemark(p *placemark, t xml.StartElement) error {
	name := t.Name.Local
	switch name {
	case "name", "description":
		text, err := w.text()
		p.add(name, text)
		return err
	case "when", "begin", "end":
		text, err := w.text()
		if name == "when" {
			name = "begin"
		}
		p.add(name, text)
		return err
	case "TimeStamp", "TimeSpan", "ExtendedData", "SchemaData":
		return w.placemark(p) // what is in them, until their end
	case "Data":
		return w.dataElement(p, attribute(t, "name"))
	case "SimpleData", "SimpleArrayData":
		text, err := w.text()
		p.extend(attribute(t, "name"), text)
		return err
	case "Point", "LineString", "LinearRing", "Polygon", "MultiGeometry":
		s, err := w.shape(p, name, 0)
		p.shapes = append(p.shapes, s)
		return err
	case "Track", "MultiTrack", "Model":
		p.leftOut++
	}
	_, err := w.text()
	return err
}

// dataElement reads a Data with its value.
func (w *walker) dataElement(p *placemark, name string) error {
	for {
		t, err := w.next(true)
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			text, err := w.text()
			if err != nil {
				return err
			}
			if t.Name.Local == "value" {
				p.extend(name, text)
			}
		}
	}
}

// shape reads a geometry up to its end.
func (w *walker) shape(p *placemark, name string, depth int) (shape, error) {
	s := shape{multi: name == "MultiGeometry"}
	switch name {
	case "Point":
		s.kind = wkb.Point
	case "LineString", "LinearRing":
		s.kind = wkb.LineString
	case "Polygon":
		s.kind = wkb.Polygon
	}
	if depth > wkb.MaxDepth {
		return s, w.place().Errorf(geo.TooLarge, "geometries are nested more than %d deep", wkb.MaxDepth).Try("geometries that are not nested so deep")
	}
	for {
		t, err := w.next(true)
		if err != nil {
			return s, err
		}
		start, begins := t.(xml.StartElement)
		if _, ends := t.(xml.EndElement); ends {
			return s, nil
		}
		if !begins {
			continue
		}
		switch start.Name.Local {
		case "coordinates":
			text, err := w.text()
			if err != nil {
				return s, err
			}
			s.lines = append(s.lines, p.coordinates(text))
		case "outerBoundaryIs", "innerBoundaryIs":
			if err := w.boundary(p, &s, start.Name.Local == "outerBoundaryIs"); err != nil {
				return s, err
			}
		case "Point", "LineString", "LinearRing", "Polygon", "MultiGeometry":
			part, err := w.shape(p, start.Name.Local, depth+1)
			if err != nil {
				return s, err
			}
			s.parts = append(s.parts, part)
		case "Track", "Model":
			p.leftOut++
			fallthrough
		default:
			if _, err := w.text(); err != nil {
				return s, err
			}
		}
	}
}

// boundary reads the rings of an area; the outer one comes first, wherever it stands.
func (w *walker) boundary(p *placemark, s *shape, outer bool) error {
	for {
		t, err := w.next(true)
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if t.Name.Local != "LinearRing" {
				if _, err := w.text(); err != nil {
					return err
				}
				continue
			}
			ring, err := w.shape(p, "LinearRing", 1)
			if err != nil {
				return err
			}
			if outer {
				s.lines = append(ring.lines, s.lines...)
			} else {
				s.lines = append(s.lines, ring.lines...)
			}
		}
	}
}

// coordinates reads positions: longitude, latitude and perhaps height, with commas
// between them and blanks between positions. The first that is none is a fault of the placemark.
func (p *placemark) coordinates(text string) []float64 {
	var line []float64
	fail := func(en, id, what string) {
		const remedy, obat = "longitude,latitude pairs with blanks between them and none behind the comma are needed", "diperlukan pasangan bujur,lintang dengan spasi di antaranya dan tanpa spasi sesudah koma"
		p.faults = append(p.faults, geo.Textf(en+"; "+remedy, id+"; "+obat, what))
	}
	for position := range strings.FieldsSeq(text) {
		n := 0
		for number := range strings.SplitSeq(strings.Trim(position, ","), ",") {
			v, err := strconv.ParseFloat(number, 64)
			if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
				fail("the coordinate %.40q is no number", "koordinat %.40q bukan bilangan", number)
				return nil
			}
			if n++; n <= 3 {
				line = append(line, v)
			}
		}
		switch {
		case n == 2:
			line = append(line, 0)
		case n < 2:
			fail("the position %.40q has no latitude", "posisi %.40q tidak punya lintang", position)
			return nil
		}
		p.height = p.height || line[len(line)-1] != 0
	}
	return line
}

// geometry gives all shapes of the placemark as one geometry; nil if there is none.
func (p *placemark) geometry(hasZ bool) []byte {
	switch {
	case len(p.shapes) == 0:
		return nil
	case len(p.shapes) == 1:
		return p.shapes[0].append(nil, hasZ)
	}
	all := shape{multi: true, parts: p.shapes}
	return all.append(nil, hasZ)
}

// common gives the type of all parts, 0 if they differ.
func (s shape) common() wkb.Type {
	var t wkb.Type
	for _, part := range s.parts {
		if part.multi || t != 0 && part.kind != t {
			return 0
		}
		t = part.kind
	}
	return t
}

func (s shape) append(dst []byte, hasZ bool) []byte {
	if s.multi {
		kind := wkb.GeometryCollection
		if t := s.common(); t != 0 {
			kind = t + wkb.MultiPoint - wkb.Point
		}
		dst = wkb.AppendCount(wkb.AppendHeader(dst, kind, hasZ, false), len(s.parts))
		for _, part := range s.parts {
			dst = part.append(dst, hasZ)
		}
		return dst
	}
	dst = wkb.AppendHeader(dst, s.kind, hasZ, false)
	switch s.kind {
	case wkb.Point:
		if len(s.lines) == 0 || len(s.lines[0]) == 0 {
			return positions(dst, []float64{math.NaN(), math.NaN(), math.NaN()}, hasZ)
		}
		return positions(dst, s.lines[0][:3], hasZ)
	case wkb.LineString:
		if len(s.lines) == 0 {
			return wkb.AppendCount(dst, 0)
		}
		return positions(wkb.AppendCount(dst, len(s.lines[0])/3), s.lines[0], hasZ)
	}
	dst = wkb.AppendCount(dst, len(s.lines))
	for _, line := range s.lines {
		dst = positions(wkb.AppendCount(dst, len(line)/3), line, hasZ)
	}
	return dst
}

func positions(dst []byte, line []float64, hasZ bool) []byte {
	for i := 0; i+3 <= len(line); i += 3 {
		dst = wkb.AppendFloats(dst, line[i], line[i+1])
		if hasZ {
			dst = wkb.AppendFloats(dst, line[i+2])
		}
	}
	return dst
}
