package fgb

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"math/bits"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
)

// Source describes files as they are read, with an index or without. The index is
// passed over.
func Source() source.Format {
	return source.Format{
		Name: "fgb", Extensions: []string{".fgb"}, Title: geo.Text{EN: "FlatGeobuf"},
		Recognises: func(m *source.Member) bool { return strings.HasPrefix(string(m.Head()), "fgb\x03fgb") },
		Open:       openSource,
	}
}

// Sizes of what a file begins with.
const (
	magicSize     = 8
	largestHeader = 16 << 20
	nodeBytes     = 40
)

type reader struct {
	member  *source.Member
	limits  source.Limits
	layer   source.Layer
	columns []readColumn
	kind    wkb.Type // of all geometries; 0 if each says its own
	skip    int64    // bytes before the first feature
}

// readColumn is a column as the header describes it.
type readColumn struct {
	kind  uint8
	value int // its place among the values; -1 if it is left out
	// converts says that the values have another type than the file has for them.
	converts bool
}

func openSource(_ context.Context, in *source.Input, members []*source.Member, o source.Options) (source.Source, error) {
	if len(members) > 1 {
		return nil, source.Place{File: in.Name}.Errorf(geo.Unsupported, "there are %d FlatGeobuf files in it", len(members)).Try("one at a time")
	}
	r := &reader{member: members[0], limits: o.WithDefaults()}
	if err := r.open(); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *reader) open() error {
	at := source.Place{File: r.member.Name}
	file, err := r.member.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	in := bufio.NewReader(file)
	if _, err := in.Discard(magicSize); err != nil {
		return broken(at, err)
	}
	header, err := readSized(in, nil, largestHeader, at)
	if err != nil {
		return broken(at, err)
	}
	return r.describe(header, at)
}

// describe reads the header.
func (r *reader) describe(b []byte, at source.Place) error {
	h, ok := root(b)
	if !ok {
		return at.Broken("the header can't be read")
	}
	l := &r.layer
	l.Name, l.Title, l.Description = source.Text(h.text(headerName)), source.Text(h.text(headerTitle)), source.Text(h.text(headerDescription))
	if l.Name == "" {
		l.Name = r.member.Base()
	}
	l.HasZ, l.HasM = h.uint8(headerHasZ) != 0, h.uint8(headerHasM) != 0
	l.Count = -1
	count := h.uint64(headerFeaturesCount)
	if count > 0 && count <= uint64(r.limits.Features) {
		l.Count = int64(count)
	}
	code := h.uint8(headerGeometryType)
	const surfaces = 15 // polyhedral ones, TIN, triangles
	if code >= surfaces {
		return at.Errorf(geo.Unsupported, "the geometries are surfaces in space").Try("ogr2ogr -nlt MULTIPOLYGON, which makes areas of their faces")
	}
	r.kind, l.GeometryType = wkb.Type(code), source.GeometryTypeOf(uint32(code))
	if c, ok := h.table(headerCRS); ok {
		r.system(c)
	}
	node, has := h.slot(headerIndexNodeSize, 2)
	size := uint16(16)
	if has {
		size = binary.LittleEndian.Uint16(node)
	}
	index, ok := indexSize(count, size)
	if !ok {
		return at.Broken("the header announces %d features, which can't be", count)
	}
	r.skip = magicSize + 4 + int64(len(b)) + index
	return r.describeColumns(h, at)
}

// system reads what the header says of the reference system.
func (r *reader) system(c table) {
	code := ""
	if number := int32(c.uint32(crsCode)); number > 0 {
		org := c.text(crsOrg)
		if org == "" {
			org = "EPSG"
		}
		code = org + ":" + itoa(int(number))
	}
	r.layer.SetCRS(code, c.text(crsCodeString), c.text(crsWKT))
}

// indexSize is that of a packed tree over so many features; 0 without an index. There is a
// root above the leaves even where there is one leaf.
func indexSize(count uint64, node uint16) (int64, bool) {
	if node == 0 || count == 0 {
		return 0, true
	}
	if node < 2 || count > 1<<48 {
		return 0, false
	}
	total := count
	for n := count; ; {
		n = (n + uint64(node) - 1) / uint64(node)
		if total += n; n == 1 {
			break
		}
	}
	high, size := bits.Mul64(total, nodeBytes)
	return int64(size), high == 0 && size < 1<<56
}

func (r *reader) describeColumns(h table, at source.Place) error {
	list, ok := h.tables(headerColumns)
	if !ok {
		return at.Broken("the columns of the header can't be read")
	}
	if len(list) > r.limits.Properties {
		return at.Errorf(geo.TooLarge, "the layer has more than %d columns", r.limits.Properties).Try("a file with fewer columns")
	}
	for _, c := range list {
		p := geo.Property{
			Name: source.Text(c.text(columnName)), Title: geo.Text{EN: source.Text(c.text(columnTitle))},
			Description: geo.Text{EN: source.Text(c.text(columnDescription))},
		}
		kind := c.uint8(columnType)
		column := readColumn{kind: kind, value: len(r.layer.Properties)}
		switch t, ok := propertyOf(kind); {
		case ok:
			p.Type = t
			applyFacts(c.text(columnMetadata), &p)
			column.converts = p.Type != t
			r.layer.Properties = append(r.layer.Properties, p)
		case kind == typeBinary:
			column.value = -1
			r.layer.Note("the column %s holds bytes and is left out", "kolom %s berisi byte dan ditinggalkan", p.Name)
		default:
			return at.Broken("the column %q has the unknown type %d", p.Name, kind)
		}
		r.columns = append(r.columns, column)
	}
	return nil
}

// Layers gives the one layer.
func (r *reader) Layers() []source.Layer { return []source.Layer{r.layer} }

// Close does nothing: the file is the input's.
func (r *reader) Close() error { return nil }

// Features reads them in the order of the file.
func (r *reader) Features(ctx context.Context, _ int) iter.Seq2[*source.Feature, error] {
	return source.Sequence(func(give func(*source.Feature, error) error) error { return r.each(ctx, give) })
}

func (r *reader) each(ctx context.Context, give func(*source.Feature, error) error) error {
	at := source.Place{File: r.member.Name}
	file, err := r.member.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	in := bufio.NewReaderSize(file, 256<<10)
	if n, err := io.CopyN(io.Discard, in, r.skip); err != nil {
		if n < r.skip {
			return broken(at, err)
		}
		return err
	}
	var buffer []byte
	for {
		at.Feature++
		if err := ctx.Err(); err != nil {
			return err
		}
		if at.Feature > r.limits.Features {
			return at.Errorf(geo.TooLarge, "the layer has more than %d features", r.limits.Features).Try("the same data in several files")
		}
		if _, err := in.Peek(1); errors.Is(err, io.EOF) {
			if n := at.Feature - 1; r.layer.Count >= 0 && n < r.layer.Count {
				return source.Place{File: r.member.Name}.Broken("the file ends behind feature %d of %d", n, r.layer.Count)
			}
			return nil
		}
		if buffer, err = readSized(in, buffer, r.limits.FeatureBytes, at); err != nil {
			return broken(at, err)
		}
		if err := give(r.feature(buffer, at)); err != nil {
			return err
		}
	}
}

// readSized reads a size and as many bytes, growing the buffer only as they come.
func readSized(in *bufio.Reader, buffer []byte, limit int, at source.Place) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return buffer, err
	}
	size := int64(binary.LittleEndian.Uint32(head[:]))
	if size > int64(limit) {
		return buffer, at.Errorf(geo.TooLarge, "what follows says that it has %d MB; %d MB are the limit", size>>20, limit>>20)
	}
	return source.ReadBlock(in, buffer, size)
}

// broken is the error for a file that ends early, unless the error knows better.
func broken(at source.Place, err error) error { return at.Ended(err, "the file ends too early") }
