package shp

import (
	"encoding/binary"
	"math"

	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
)

// reading says how the shapes of a file are read.
type reading struct {
	kind       kind
	hasZ, hasM bool
}

// geometry gives the shape of a record; nil for the null shape.
func (s reading) geometry(record []byte, at source.Place) ([]byte, error) {
	if len(record) < 4 {
		return nil, at.Fault("the shape is shorter than its type", "bentuknya lebih pendek daripada jenisnya")
	}
	code := kind(binary.LittleEndian.Uint32(record))
	if code == 0 {
		return nil, nil
	}
	if code%10 != s.kind || code > 30 {
		return nil, at.Fault("the shape is of type %d, others of the file of another", "bentuknya berjenis %d, yang lain dalam berkas ini berjenis lain", code)
	}
	s.hasZ = s.hasZ && code > 10 && code < 20
	body := record[4:]
	if s.kind == point {
		return s.point(body, at)
	}
	return s.parts(body, at)
}

func (s reading) point(b []byte, at source.Place) ([]byte, error) {
	want := 16
	if s.hasZ {
		want += 8
	}
	if len(b) < want {
		return nil, at.Fault("the point ends too early", "titiknya berakhir terlalu dini")
	}
	out := wkb.AppendFloats(wkb.AppendHeader(nil, wkb.Point, s.hasZ, s.hasM), float(b), float(b[8:]))
	if s.hasZ {
		out = wkb.AppendFloats(out, float(b[16:]))
	}
	if s.hasM {
		m := math.NaN()
		if len(b) >= want+8 {
			m = measure(float(b[want:]))
		}
		out = wkb.AppendFloats(out, m)
	}
	return out, nil
}

// measure is a value of M; what stands for none is NaN.
func measure(m float64) float64 {
	if m <= noData {
		return math.NaN()
	}
	return m
}

// positions are those of one record.
type positions struct {
	reading
	xy, z, m []byte
	first    []int // of each part, and the number of all at the end
}

// parts reads a shape of several positions.
func (s reading) parts(b []byte, at source.Place) ([]byte, error) {
	const box = 32
	p := positions{reading: s}
	if len(b) < box+4 {
		return nil, at.Fault("the shape ends too early", "bentuknya berakhir terlalu dini")
	}
	b = b[box:]
	parts := 0
	if s.kind != multipoint {
		parts = int(binary.LittleEndian.Uint32(b))
		b = b[4:]
		if len(b) < 4 {
			return nil, at.Fault("the shape ends too early", "bentuknya berakhir terlalu dini")
		}
	}
	n := int(binary.LittleEndian.Uint32(b))
	b = b[4:]
	if parts*4+n*16 > len(b) {
		return nil, at.Fault("the shape announces %d parts and %d positions, for which it is too short", "bentuknya menyebut %d bagian dan %d posisi, tetapi terlalu pendek untuk itu", parts, n)
	}
	for i := range parts {
		p.first = append(p.first, int(binary.LittleEndian.Uint32(b[i*4:])))
	}
	p.first = append(p.first, n)
	for i := range parts {
		if p.first[i] > p.first[i+1] || p.first[i] < 0 || p.first[0] != 0 {
			return nil, at.Fault("the parts of the shape are not in order", "bagian-bagian bentuknya tidak berurutan")
		}
	}
	b = b[parts*4:]
	p.xy, b = b[:n*16], b[n*16:]
	const span = 16 // the smallest and the largest value
	if s.hasZ {
		if len(b) < span+n*8 {
			return nil, at.Fault("the heights of the shape are missing", "ketinggian bentuknya tidak ada")
		}
		p.z, b = b[span:span+n*8], b[span+n*8:]
	}
	if s.hasM && len(b) >= span+n*8 {
		p.m = b[span : span+n*8]
	}
	if n == 0 {
		return nil, nil
	}
	return p.encode(), nil
}

func (p *positions) encode() []byte {
	switch p.kind {
	case multipoint:
		n := p.first[0]
		out := wkb.AppendCount(wkb.AppendHeader(nil, wkb.MultiPoint, p.hasZ, p.hasM), n)
		for i := range n {
			out = p.append(wkb.AppendHeader(out, wkb.Point, p.hasZ, p.hasM), i, i+1)
		}
		return out
	case line:
		out := wkb.AppendCount(wkb.AppendHeader(nil, wkb.MultiLineString, p.hasZ, p.hasM), len(p.first)-1)
		for k := range len(p.first) - 1 {
			out = wkb.AppendCount(wkb.AppendHeader(out, wkb.LineString, p.hasZ, p.hasM), p.first[k+1]-p.first[k])
			out = p.append(out, p.first[k], p.first[k+1])
		}
		return out
	}
	polygons := p.polygons()
	out := wkb.AppendCount(wkb.AppendHeader(nil, wkb.MultiPolygon, p.hasZ, p.hasM), len(polygons))
	for _, rings := range polygons {
		out = wkb.AppendCount(wkb.AppendHeader(out, wkb.Polygon, p.hasZ, p.hasM), len(rings))
		for _, k := range rings {
			out = p.append(wkb.AppendCount(out, p.first[k+1]-p.first[k]), p.first[k], p.first[k+1])
		}
	}
	return out
}

// append writes the positions from one to before another.
func (p *positions) append(dst []byte, from, to int) []byte {
	for i := from; i < to; i++ {
		dst = append(dst, p.xy[i*16:i*16+16]...)
		if p.hasZ {
			dst = append(dst, p.z[i*8:i*8+8]...)
		}
		if p.hasM {
			m := math.NaN()
			if p.m != nil {
				m = measure(float(p.m[i*8:]))
			}
			dst = wkb.AppendFloats(dst, m)
		}
	}
	return dst
}
