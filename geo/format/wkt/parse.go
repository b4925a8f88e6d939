package wkt

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// A SyntaxError says what is wrong with a text, and where.
type SyntaxError struct {
	Offset int      // in bytes from the start
	Reason geo.Text // a phrase, safe to show
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("WKT at character %d: %s", e.Offset+1, e.Reason.EN)
}

// Parse turns a geometry as text into little-endian ISO WKB. It reads what the
// standard and PostGIS write: any case, Z, M and ZM behind the name or only as
// further numbers, EMPTY, points of a MULTIPOINT with and without parentheses, and
// SRID=4326; before it, whose number it gives (0 if there is none). Rings are taken as
// they stand, closed or not; of arcs (CIRCULARSTRING and what is made of them) it gives the
// types that wkb.Linear reads. It fails with a SyntaxError.
func Parse(text string) (bytes []byte, srid int, err error) {
	p := parser{text: text}
	if rest, ok := cutPrefixFold(strings.TrimLeft(text, " \t\r\n"), "SRID="); ok {
		number, body, found := strings.Cut(rest, ";")
		if srid, err = strconv.Atoi(strings.TrimSpace(number)); err != nil || !found {
			return nil, 0, p.fail("SRID= has a number and a semicolon behind it", "di belakang SRID= harus ada bilangan dan titik koma")
		}
		p.at = len(text) - len(body)
	}
	bytes, err = p.geometry(nil, 0, 0)
	if err == nil {
		if p.space(); p.at < len(p.text) {
			err = p.fail("the text goes on behind the geometry", "masih ada teks di belakang geometri")
		}
	}
	if err != nil {
		return nil, 0, err
	}
	return bytes, srid, nil
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

type parser struct {
	text string
	at   int
}

func (p *parser) fail(en, id string, args ...any) error {
	return &SyntaxError{Offset: p.at, Reason: geo.Textf(en, id, args...)}
}

func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// accept steps over a character if it comes next.
func (p *parser) accept(c byte) bool {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

// word reads letters, in upper case.
func (p *parser) word() string {
	p.space()
	start := p.at
	for p.at < len(p.text) && (p.text[p.at]|0x20 >= 'a' && p.text[p.at]|0x20 <= 'z') {
		p.at++
	}
	return strings.ToUpper(p.text[start:p.at])
}

// shape is what the parts of one geometry have in common.
type shape struct{ hasZ, hasM bool }

func (s shape) size() int {
	n := 2
	if s.hasZ {
		n++
	}
	if s.hasM {
		n++
	}
	return n
}

// nameless is the type of a member that stands without its name in each of these.
var nameless = map[wkb.Type]wkb.Type{
	wkb.CompoundCurve: wkb.LineString, wkb.CurvePolygon: wkb.LineString, wkb.MultiCurve: wkb.LineString, wkb.MultiSurface: wkb.Polygon,
}

// holds reports whether one type can be a member of another, 0 standing for none.
func holds(outer, t wkb.Type) bool {
	switch outer {
	case wkb.CompoundCurve:
		return t == wkb.LineString || t == wkb.CircularString
	case wkb.CurvePolygon, wkb.MultiCurve:
		return t == wkb.LineString || t == wkb.CircularString || t == wkb.CompoundCurve
	case wkb.MultiSurface:
		return t == wkb.Polygon || t == wkb.CurvePolygon
	}
	return true
}

// geometry reads one with its name, as a member of another type or of none.
func (p *parser) geometry(dst []byte, outer wkb.Type, depth int) ([]byte, error) {
	if depth > wkb.MaxDepth {
		return dst, p.fail("collections are nested more than %d deep", "koleksi bersarang lebih dari %d tingkat", wkb.MaxDepth)
	}
	name := p.word()
	var t wkb.Type
	suffix := ""
	for k := wkb.Point; k <= wkb.MultiSurface; k++ {
		if rest, ok := strings.CutPrefix(name, strings.ToUpper(k.String())); ok && (rest == "" || rest == "Z" || rest == "M" || rest == "ZM") {
			t, suffix = k, rest
		}
	}
	switch {
	case name == "":
		return dst, p.fail("a geometry begins with a name such as POINT or MULTIPOLYGON", "geometri diawali nama seperti POINT atau MULTIPOLYGON")
	case t == 0:
		return dst, p.fail("there is no geometry %.30q; surfaces in space are not read", "tidak ada geometri %.30q; permukaan di ruang tidak dibaca", name)
	case !holds(outer, t):
		return dst, p.fail("a %s can't be part of a %s", "%s tidak bisa menjadi bagian %s", t, outer)
	}
	empty := false
	for _, w := range []string{suffix, p.word(), ""} {
		switch w {
		case "":
		case "EMPTY":
			empty = true
		case "Z", "M", "ZM":
			suffix = w
			if p.isEmpty() {
				empty = true
			}
		default:
			return dst, p.fail("%.30q was not expected", "%.30q tidak semestinya ada di sini", w)
		}
	}
	s := shape{hasZ: strings.Contains(suffix, "Z"), hasM: strings.Contains(suffix, "M")}
	if suffix == "" && !empty && t != wkb.GeometryCollection {
		s = p.look()
	}
	return p.body(dst, t, s, empty, depth)
}

// isEmpty takes the word EMPTY, if it comes next.
func (p *parser) isEmpty() bool {
	before := p.at
	if p.word() == "EMPTY" {
		return true
	}
	p.at = before
	return false
}

// look counts the numbers of the first position, where the name says nothing of Z and M.
func (p *parser) look() shape {
	rest := p.text[p.at:]
	rest = rest[max(strings.IndexAny(rest, "+-.0123456789"), 0):] // behind the names of members
	if end := strings.IndexAny(rest, ",()"); end >= 0 {
		rest = rest[:end]
	}
	n := len(strings.Fields(clip(rest, 200)))
	return shape{hasZ: n >= 3, hasM: n >= 4}
}

func clip(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}

func (p *parser) body(dst []byte, t wkb.Type, s shape, empty bool, depth int) ([]byte, error) {
	dst = wkb.AppendHeader(dst, t, s.hasZ, s.hasM)
	if empty {
		if t == wkb.Point {
			for range s.size() {
				dst = wkb.AppendFloats(dst, math.NaN())
			}
			return dst, nil
		}
		return wkb.AppendCount(dst, 0), nil
	}
	switch t {
	case wkb.Point:
		return p.parenthesised(dst, s)
	case wkb.LineString:
		return p.list(dst, func(dst []byte) ([]byte, error) { return p.position(dst, s) })
	case wkb.Polygon:
		return p.list(dst, func(dst []byte) ([]byte, error) { return p.ring(dst, s) })
	case wkb.CircularString:
		return p.arcs(dst, s)
	case wkb.GeometryCollection:
		return p.list(dst, func(dst []byte) ([]byte, error) { return p.geometry(dst, t, depth+1) })
	case wkb.CompoundCurve, wkb.CurvePolygon, wkb.MultiCurve, wkb.MultiSurface:
		return p.list(dst, func(dst []byte) ([]byte, error) { return p.piece(dst, t, s, depth) })
	}
	return p.list(dst, func(dst []byte) ([]byte, error) { return p.member(dst, t.Member(), s, depth) })
}

// member reads a member of a Multi geometry, which has no name.
func (p *parser) member(dst []byte, t wkb.Type, s shape, depth int) ([]byte, error) {
	if p.isEmpty() {
		return p.body(dst, t, s, true, depth)
	}
	p.space()
	if t == wkb.Point && p.at < len(p.text) && p.text[p.at] != '(' {
		return p.position(wkb.AppendHeader(dst, t, s.hasZ, s.hasM), s)
	}
	return p.body(dst, t, s, false, depth)
}

// piece reads a member of what has arcs: one with its name, or the usual one without.
func (p *parser) piece(dst []byte, of wkb.Type, s shape, depth int) ([]byte, error) {
	if p.isEmpty() {
		return p.body(dst, nameless[of], s, true, depth)
	}
	if p.space(); p.at < len(p.text) && p.text[p.at] != '(' {
		return p.geometry(dst, of, depth+1)
	}
	return p.body(dst, nameless[of], s, false, depth)
}

// arcs reads a string of arcs, each through three positions.
func (p *parser) arcs(dst []byte, s shape) ([]byte, error) {
	n := 0
	dst, err := p.list(dst, func(dst []byte) ([]byte, error) {
		n++
		return p.position(dst, s)
	})
	if err == nil && n%2 == 0 {
		err = p.fail("arcs have an odd number of positions, not %d", "busur punya jumlah posisi ganjil, bukan %d", n)
	}
	return dst, err
}

func (p *parser) ring(dst []byte, s shape) ([]byte, error) {
	if p.isEmpty() {
		return wkb.AppendCount(dst, 0), nil
	}
	return p.list(dst, func(dst []byte) ([]byte, error) { return p.position(dst, s) })
}

func (p *parser) parenthesised(dst []byte, s shape) ([]byte, error) {
	if !p.accept('(') {
		return dst, p.fail("a parenthesis was expected", "seharusnya ada tanda kurung")
	}
	dst, err := p.position(dst, s)
	if err == nil && !p.accept(')') {
		err = p.fail("a closing parenthesis was expected", "seharusnya ada kurung tutup")
	}
	return dst, err
}

// list reads parts in parentheses, and puts their number before them.
func (p *parser) list(dst []byte, part func([]byte) ([]byte, error)) ([]byte, error) {
	if !p.accept('(') {
		return dst, p.fail("a parenthesis was expected", "seharusnya ada tanda kurung")
	}
	at := len(dst)
	dst = wkb.AppendCount(dst, 0)
	for n := 1; ; n++ {
		var err error
		if dst, err = part(dst); err != nil {
			return dst, err
		}
		if p.accept(',') {
			continue
		}
		if !p.accept(')') {
			return dst, p.fail("a comma or a closing parenthesis was expected", "seharusnya ada koma atau kurung tutup")
		}
		wkb.AppendCount(dst[at:at], n)
		return dst, nil
	}
}

func (p *parser) position(dst []byte, s shape) ([]byte, error) {
	n := 0
	for ; ; n++ {
		p.space()
		start := p.at
		for p.at < len(p.text) && strings.IndexByte(" \t\r\n,()", p.text[p.at]) < 0 {
			p.at++
		}
		if start == p.at {
			break
		}
		v, err := strconv.ParseFloat(p.text[start:p.at], 64)
		if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
			bad := p.text[start:p.at]
			p.at = start
			return dst, p.fail("%q is no number", "%q bukan bilangan", clip(bad, 30))
		}
		dst = wkb.AppendFloats(dst, v)
	}
	if n != s.size() {
		return dst, p.fail("a position of %d numbers was expected, not %d", "seharusnya posisi dengan %d bilangan, bukan %d", s.size(), n)
	}
	return dst, nil
}
