package geojson

import (
	"fmt"
	"math"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// A ShapeError says what is wrong with a GeoJSON object.
type ShapeError struct {
	Pointer string   // JSON pointer within the geometry: /coordinates/0/3
	Reason  geo.Text // a phrase, safe to show
}

func (e *ShapeError) Error() string { return e.Pointer + ": " + e.Reason.EN }

// maxDepth is how deep geometry collections may nest.
const maxDepth = wkb.MaxDepth

// ReadGeometry turns a geometry, which must be valid JSON, into little-endian
// ISO WKB; nil for null. A geometry has heights if any of its positions has one;
// where others lack it, theirs is 0. What stands behind the height is left out.
// It fails with a ShapeError.
func ReadGeometry(raw []byte) ([]byte, error) {
	if s := (scan{data: raw}); s.peek() == 'n' {
		return nil, nil
	}
	r := shapeReader{hasZ: false}
	out, err := r.geometry(nil, raw, "", 0)
	if err == nil && r.sawZ { // begun in two dimensions: once more with heights
		r = shapeReader{hasZ: true}
		out, err = r.geometry(nil, raw, "", 0)
	}
	return out, err
}

type shapeReader struct {
	hasZ, sawZ bool
}

// split gives the members of a geometry and its type.
func split(raw []byte, pointer string) (wkb.Type, Members, error) {
	m, ok := ReadMembers(raw)
	if !ok {
		return 0, m, &ShapeError{pointer, geo.Textf("a geometry is an object with type and coordinates", "geometri adalah objek dengan type dan coordinates")}
	}
	name, err := unquote(m.Type)
	if err != nil {
		return 0, m, &ShapeError{pointer + "/type", geo.Textf("the type of a geometry is a text such as MultiPolygon", "type suatu geometri berupa teks seperti MultiPolygon")}
	}
	for t := wkb.Point; t <= wkb.GeometryCollection; t++ {
		if t.String() == name {
			return t, m, nil
		}
	}
	return 0, m, &ShapeError{pointer + "/type", geo.Textf("there is no geometry of type %.40q", "tidak ada geometri bertipe %.40q", name)}
}

func (r *shapeReader) geometry(dst, raw []byte, pointer string, depth int) ([]byte, error) {
	if depth > maxDepth {
		return dst, &ShapeError{pointer, geo.Textf("collections are nested more than %d deep", "koleksi bersarang lebih dari %d tingkat", maxDepth)}
	}
	t, m, err := split(raw, pointer)
	if err != nil {
		return dst, err
	}
	if t == wkb.GeometryCollection {
		s := scan{data: m.Geometries}
		if s.peek() != '[' {
			return dst, &ShapeError{pointer, geo.Textf("a GeometryCollection has a list geometries", "GeometryCollection harus punya daftar geometries")}
		}
		return r.list(wkb.AppendHeader(dst, t, r.hasZ, false), &s, pointer+"/geometries", func(dst []byte, s *scan, pointer string) ([]byte, error) {
			return r.geometry(dst, s.value(), pointer, depth+1)
		})
	}
	s := scan{data: m.Coordinates}
	if s.peek() != '[' {
		return dst, &ShapeError{pointer, geo.Textf("a %s has a list coordinates", "%s harus punya daftar coordinates", t)}
	}
	return r.coordinates(dst, &s, t, pointer+"/coordinates")
}

// coordinates reads those of a type with the header before them.
func (r *shapeReader) coordinates(dst []byte, s *scan, t wkb.Type, pointer string) ([]byte, error) {
	dst = wkb.AppendHeader(dst, t, r.hasZ, false)
	switch t {
	case wkb.Point:
		return r.position(dst, s, pointer, true)
	case wkb.LineString:
		return r.list(dst, s, pointer, r.inner)
	case wkb.Polygon:
		return r.list(dst, s, pointer, r.ring)
	}
	return r.list(dst, s, pointer, func(dst []byte, s *scan, pointer string) ([]byte, error) {
		return r.coordinates(dst, s, t.Member(), pointer)
	})
}

func (r *shapeReader) ring(dst []byte, s *scan, pointer string) ([]byte, error) {
	return r.list(dst, s, pointer, r.inner)
}

func (r *shapeReader) inner(dst []byte, s *scan, pointer string) ([]byte, error) {
	return r.position(dst, s, pointer, false)
}

// list reads a list and puts its length before it. The pointer to a member is
// made only where an error needs it.
func (r *shapeReader) list(dst []byte, s *scan, pointer string, read func([]byte, *scan, string) ([]byte, error)) ([]byte, error) {
	if s.peek() != '[' {
		return dst, &ShapeError{pointer, geo.Textf("a list was expected", "seharusnya sebuah daftar")}
	}
	s.enter()
	at := len(dst)
	dst = wkb.AppendCount(dst, 0)
	n := 0
	for ; !s.leave(); n++ {
		var err error
		if dst, err = read(dst, s, ""); err != nil {
			if e, ok := err.(*ShapeError); ok { //nolint:errorlint // made here, never wrapped
				e.Pointer = fmt.Sprintf("%s/%d%s", pointer, n, e.Pointer)
			}
			return dst, err
		}
	}
	wkb.AppendCount(dst[at:at], n)
	return dst, nil
}

// position reads one; [] is allowed where the geometry is an empty point.
func (r *shapeReader) position(dst []byte, s *scan, pointer string, mayBeEmpty bool) ([]byte, error) {
	if s.peek() != '[' {
		return dst, &ShapeError{pointer, geo.Textf("a position is a list of numbers: [longitude, latitude]", "posisi adalah daftar bilangan: [bujur, lintang]")}
	}
	s.enter()
	var v [3]float64
	n := 0
	for ; !s.leave(); n++ {
		f, ok := s.number()
		if !ok || math.IsInf(f, 0) {
			return dst, &ShapeError{pointer, geo.Textf("a position holds numbers only", "posisi hanya boleh berisi bilangan")}
		}
		if n < 3 {
			v[n] = f
		}
	}
	switch {
	case n == 0 && mayBeEmpty:
		v = [3]float64{math.NaN(), math.NaN(), math.NaN()}
	case n < 2:
		return dst, &ShapeError{pointer, geo.Textf("a position has at least two numbers, not %d", "posisi berisi paling sedikit dua bilangan, bukan %d", n)}
	}
	r.sawZ = r.sawZ || n > 2 && !r.hasZ
	if r.hasZ {
		return wkb.AppendFloats(dst, v[0], v[1], v[2]), nil
	}
	return wkb.AppendFloats(dst, v[0], v[1]), nil
}
