package shp

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"math"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// Source describes shapefiles as they are read: the files of one or of several
// layers, in a folder, in a zip or named by one of them.
func Source() source.Format {
	return source.Format{
		Name: "shp", Extensions: []string{".shp", ".dbf", ".zip"}, Title: geo.Text{EN: "Shapefile"},
		Recognises: recognise, Open: openSource,
	}
}

// magic begins a .shp, and a .shx as well.
const magic = "\x00\x00\x27\x0a"

// recognise takes a .shp, and a .dbf by itself: a table without geometry.
func recognise(m *source.Member) bool {
	if m.Extension() == ".dbf" && m.Beside(".shp") == nil {
		head := m.Head()
		return len(head) > 32 && slices.Contains([]byte{0x02, 0x03, 0x30, 0x31, 0x43, 0x83, 0x8b, 0xcb, 0xf5}, head[0])
	}
	return strings.HasPrefix(string(m.Head()), magic) && m.Extension() != ".shx"
}

// recordHeaderSize is that of the number and the length before a shape.
const recordHeaderSize = 8

type reader struct {
	options source.Options
	layers  []*readLayer
}

// readLayer is one shapefile.
type readLayer struct {
	layer source.Layer
	shp   *source.Member // nil for a table without geometry
	dbf   *source.Member // nil if there is none
	shx   *source.Member // nil if the records are found without
	table *table
	shape reading
}

func openSource(_ context.Context, _ *source.Input, members []*source.Member, o source.Options) (source.Source, error) {
	o.Limits = o.WithDefaults()
	r := &reader{options: o}
	for _, m := range members {
		l, err := r.describe(m)
		if err != nil {
			return nil, err
		}
		r.layers = append(r.layers, l)
	}
	return r, nil
}

// describe reads the headers of a shapefile and what stands beside it.
func (r *reader) describe(m *source.Member) (*readLayer, error) {
	l := &readLayer{shp: m, dbf: m.Beside(".dbf"), layer: source.Layer{Name: m.Base(), Count: -1}}
	if m.Extension() == ".dbf" {
		l.shp, l.dbf = nil, m
	} else if err := l.header(); err != nil {
		return nil, err
	}
	prj, err := r.text(m.Beside(".prj"))
	if err != nil {
		return nil, err
	}
	l.layer.SetCRS(prj)
	if l.dbf == nil {
		if err := l.settleIndex(m.Beside(".shx")); err != nil {
			return nil, err
		}
		l.layer.Note("there is no .dbf beside %s, so the features have no attributes", "tidak ada .dbf di samping %s, jadi fitur tidak punya atribut", m.Name)
		return l, nil
	}
	cpg, err := r.text(m.Beside(".cpg"))
	if err != nil {
		return nil, err
	}
	if l.table, err = openTable(l.dbf, cpg, r.options); err != nil {
		return nil, err
	}
	if l.shp != nil {
		if err := l.settleIndex(m.Beside(".shx")); err != nil {
			return nil, err
		}
	}
	l.layer.Count = int64(l.table.count)
	l.layer.Notes = append(l.layer.Notes, l.table.notes...)
	for _, c := range l.table.columns {
		l.layer.Properties = append(l.layer.Properties, geo.Property{Name: c.name, Type: c.property})
	}
	return l, nil
}

// text reads a small file; "" if there is none.
func (r *reader) text(m *source.Member) (string, error) {
	if m == nil {
		return "", nil
	}
	in, err := m.Open()
	if err != nil {
		return "", err
	}
	defer func() { _ = in.Close() }()
	content, err := io.ReadAll(io.LimitReader(in, 64<<10))
	return string(content), err
}

// header finds the kind of the shapes.
func (l *readLayer) header() error {
	at := source.Place{File: l.shp.Name}
	head := l.shp.Head()
	if len(head) < headerSize {
		return at.Broken("the file ends within its header")
	}
	code := kind(binary.LittleEndian.Uint32(head[32:]))
	l.shape = reading{kind: code % 10, hasZ: code > 10 && code < 20, hasM: code > 20 && code < 30}
	switch {
	case code == 31:
		return at.Errorf(geo.Unsupported, "the shapes are surfaces (multipatch)").Try("areas; ogr2ogr -nlt MULTIPOLYGON areas.gpkg FILE may make them")
	case code > 28 || !contains(l.shape.kind):
		return at.Broken("there is no kind %d of shapes", code)
	}
	if l.shape.hasZ { // measures are optional then: they are there if the header says which
		low, high := float(head[84:]), float(head[92:])
		l.shape.hasM = low <= high && low > noData && (low != 0 || high != 0)
	}
	l.layer.HasZ, l.layer.HasM = l.shape.hasZ, l.shape.hasM
	l.layer.GeometryType = map[kind]string{point: "Point", line: "MultiLineString", polygon: "MultiPolygon", multipoint: "MultiPoint"}[l.shape.kind]
	return nil
}

func contains(k kind) bool {
	return k == none || k == point || k == line || k == polygon || k == multipoint
}

func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// Layers gives one for each shapefile.
func (r *reader) Layers() []source.Layer {
	var list []source.Layer
	for _, l := range r.layers {
		list = append(list, l.layer)
	}
	return list
}

// Close does nothing: the files are the input's.
func (r *reader) Close() error { return nil }

// Features reads shapes and rows side by side.
func (r *reader) Features(ctx context.Context, layer int) iter.Seq2[*source.Feature, error] {
	l := r.layers[layer]
	return source.Sequence(func(give func(*source.Feature, error) error) error { return r.each(ctx, l, give) })
}

func (r *reader) each(ctx context.Context, l *readLayer, give func(*source.Feature, error) error) error {
	shapes, err := l.openShapes(r.options.FeatureBytes)
	if err != nil {
		return err
	}
	defer shapes.close()
	var rows *rowReader
	if l.table != nil {
		if rows, err = l.table.open(); err != nil {
			return err
		}
		defer rows.close()
	}
	for number := int64(1); ; number++ {
		if number > r.options.Features {
			return source.Place{File: l.layer.Name}.Errorf(geo.TooLarge, "the layer has more than %d features", r.options.Features).Try("the same data in several files")
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		f := &source.Feature{Number: number}
		if l.shp == nil && number > int64(l.table.count) {
			return nil
		}
		record, err := shapes.next(number)
		if errors.Is(err, io.EOF) {
			return l.ended(number - 1)
		}
		if err != nil {
			return err
		}
		if rows != nil {
			deleted, err := rows.next(f)
			if err != nil {
				return err
			}
			if deleted {
				continue
			}
		}
		if l.shp != nil {
			f.WKB, err = l.shape.geometry(record, source.Place{File: l.shp.Name, Feature: number})
		}
		if err := give(f, err); err != nil {
			return err
		}
	}
}

// ended makes sure that there were as many shapes as there are rows.
func (l *readLayer) ended(shapes int64) error {
	if l.table == nil || shapes >= int64(l.table.count) {
		return nil
	}
	return source.Place{File: l.shp.Name}.Broken("the file ends behind shape %d, but there are %d rows of attributes", shapes, l.table.count)
}

// shapeReader reads the records of a .shp one after another.
type shapeReader struct {
	layer  *readLayer
	file   io.Closer // nil for a table without geometry
	in     *bufio.Reader
	at     int64 // bytes from the start of the file
	index  *indexReader
	limit  int
	record []byte
}

func (l *readLayer) openShapes(limit int) (*shapeReader, error) {
	if l.shp == nil {
		return &shapeReader{}, nil
	}
	file, err := l.shp.Open()
	if err != nil {
		return nil, err
	}
	s := &shapeReader{layer: l, file: file, in: bufio.NewReaderSize(file, 256<<10), at: headerSize, limit: limit}
	if _, err := s.in.Discard(headerSize); err != nil {
		s.close()
		return nil, source.Place{File: l.shp.Name}.Broken("the file ends within its header")
	}
	if l.shx != nil {
		if s.index, err = openIndex(l.shx); err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

func (s *shapeReader) close() {
	if s.file != nil {
		_ = s.file.Close() // it was only read
	}
	if s.index != nil {
		s.index.close()
	}
}

// next gives the content of the next record, valid until the next call; io.EOF behind the last.
func (s *shapeReader) next(number int64) ([]byte, error) {
	if s.file == nil {
		return nil, nil
	}
	if s.index != nil {
		if has, err := s.seek(s.layer); err != nil || !has {
			return noShape[:], err
		}
	}
	var err error
	s.record, err = readRecord(s.in, s.record, s.limit, source.Place{File: s.layer.shp.Name, Feature: number})
	s.at += recordHeaderSize + int64(len(s.record))
	return s.record, err
}

// noShape is the content of a record without one.
var noShape [4]byte

// readRecord reads the content of the next record into the buffer, growing it only
// as bytes really come.
func readRecord(in *bufio.Reader, buffer []byte, limit int, at source.Place) ([]byte, error) {
	var head [recordHeaderSize]byte
	n, err := io.ReadFull(in, head[:])
	if n == 0 && errors.Is(err, io.EOF) {
		return buffer, io.EOF
	}
	if err != nil {
		return buffer, at.Ended(err, "the file ends within a shape")
	}
	size := int64(binary.BigEndian.Uint32(head[4:])) * 2
	if size > int64(limit) {
		return buffer, at.Errorf(geo.TooLarge, "the shape says that it has %d MB; %d MB are the limit", size>>20, limit>>20)
	}
	if buffer, err = source.ReadBlock(in, buffer, size); err != nil {
		return buffer, at.Ended(err, "the file ends within a shape")
	}
	return buffer, nil
}
