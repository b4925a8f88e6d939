package shp

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"strconv"
	"strings"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/source"

	"golang.org/x/text/encoding"
)

// table is a dBASE table.
type table struct {
	member  *source.Member
	count   uint32
	header  int // bytes
	row     int // bytes
	columns []tableColumn
	decoder *encoding.Decoder // nil for UTF-8, and where it isn't known
	known   bool              // the code page is stated
	notes   []geo.Text
}

// tableColumn is a field whose values are read.
type tableColumn struct {
	name     string
	kind     byte
	property geo.PropertyType
	offset   int
	width    int
}

// openTable reads the header of a table. cpg is the content of the .cpg.
func openTable(m *source.Member, cpg string, o source.Options) (*table, error) {
	t := &table{member: m}
	at := source.Place{File: m.Name}
	head := m.Head()
	const fixed, descriptor = 32, 32
	if len(head) < fixed+1 {
		return nil, at.Broken("the table ends within its header")
	}
	t.count, t.header, t.row = binary.LittleEndian.Uint32(head[4:]), int(binary.LittleEndian.Uint16(head[8:])), int(binary.LittleEndian.Uint16(head[10:]))
	if t.header < fixed+1 || t.row < 1 {
		return nil, at.Broken("the table has no sensible header")
	}
	full, err := readHeader(m, t.header)
	if err != nil {
		return nil, at.Ended(err, "the table ends within its header")
	}
	if err := t.settleCodePage(cpg, full[29], o); err != nil {
		return nil, err
	}
	offset := 1
	for d := full[fixed:]; len(d) >= descriptor && d[0] != '\r'; d = d[descriptor:] {
		name, _, _ := bytes.Cut(d[:11], []byte{0})
		width := int(d[16])
		if d[11] == 'C' { // the second byte makes long text fields of some programs
			width += int(d[17]) << 8
		}
		if offset+width > t.row {
			return nil, at.Broken("the field %q reaches beyond the row", t.text(name))
		}
		t.add(tableColumn{name: t.text(name), kind: d[11], offset: offset, width: width}, d[17])
		offset += width
	}
	if len(t.columns) > o.Properties {
		return nil, at.Errorf(geo.TooLarge, "the table has more than %d columns", o.Properties).Try("a file with fewer columns")
	}
	return t, nil
}

func readHeader(m *source.Member, size int) ([]byte, error) {
	in, err := m.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	full := make([]byte, size) // at most 64 KiB
	_, err = io.ReadFull(in, full)
	return full, err
}

// add takes a field, or notes why not.
func (t *table) add(c tableColumn, decimals byte) {
	switch c.kind {
	case 'C':
		c.property = geo.String
	case 'N', 'F':
		c.property = geo.Number
		if decimals == 0 && c.width <= widestInteger && c.kind == 'N' {
			c.property = geo.Integer
		}
	case 'L':
		c.property = geo.Boolean
	case 'D':
		c.property = geo.DateOnly
	case 'I':
		c.property = geo.Integer
	case 'O':
		c.property = geo.Number
	case 'T', '@':
		c.property = geo.Timestamp
	default:
		t.notes = append(t.notes, geo.Textf("the field %s of type %q is left out", "kolom %s bertipe %q ditinggalkan", c.name, string(rune(c.kind))))
		return
	}
	t.columns = append(t.columns, c)
}

// rowReader reads the rows of a table one after another.
type rowReader struct {
	table *table
	file  io.Closer
	in    *bufio.Reader
	row   []byte
}

func (t *table) open() (*rowReader, error) {
	file, err := t.member.Open()
	if err != nil {
		return nil, err
	}
	r := &rowReader{table: t, file: file, in: bufio.NewReaderSize(file, 256<<10), row: make([]byte, t.row)}
	if _, err := r.in.Discard(t.header); err != nil {
		_ = file.Close()
		return nil, source.Place{File: t.member.Name}.Broken("the table ends within its header").Because(err)
	}
	return r, nil
}

func (r *rowReader) close() { _ = r.file.Close() }

// next puts the values of the next row into the feature, with a fault for each that is
// none of its field, and tells whether the row was deleted.
func (r *rowReader) next(f *source.Feature) (deleted bool, err error) {
	at := source.Place{File: r.table.member.Name, Feature: f.Number}
	if f.Number > int64(r.table.count) {
		return false, at.Broken("there are more shapes than rows of attributes (%d)", r.table.count)
	}
	if _, err := io.ReadFull(r.in, r.row); err != nil {
		return false, at.Ended(err, "the table ends before its last row")
	}
	if r.row[0] == '*' {
		return true, nil
	}
	f.Values = make([]any, len(r.table.columns))
	for i, c := range r.table.columns {
		b := r.row[c.offset : c.offset+c.width]
		v, ok := r.table.value(b, c)
		if !ok {
			f.Faults = append(f.Faults, geo.Textf("%q in the column %s is no value of its type, %s", "%q di kolom %s bukan nilai dengan tipenya, %s", r.table.text(bytes.TrimSpace(b)), c.name, c.property))
			continue
		}
		f.Values[i] = v
	}
	return false, nil
}

// value reads a field. Blank is null.
func (t *table) value(b []byte, c tableColumn) (any, bool) {
	switch c.kind {
	case 'I':
		if len(b) == 4 {
			return int64(int32(binary.LittleEndian.Uint32(b))), true
		}
		return nil, false
	case 'O':
		if len(b) == 8 {
			return source.Number(float(b)), true
		}
		return nil, false
	case 'T', '@':
		return julian(b)
	}
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	if c.kind == 'C' {
		if b = bytes.TrimRight(b, " "); len(b) == 0 {
			return nil, true
		}
		return t.text(b), true
	}
	s := string(bytes.TrimSpace(b))
	if s == "" || strings.Trim(s, "*") == "" { // stars: the number was too long for the field
		return nil, true
	}
	switch c.kind {
	case 'L':
		switch s[0] {
		case 'T', 't', 'Y', 'y':
			return true, true
		case 'F', 'f', 'N', 'n':
			return false, true
		}
		return nil, s == "?"
	case 'D':
		if strings.Trim(s, "0") == "" {
			return nil, true
		}
		day, err := time.Parse("20060102", s)
		return geo.NewDate(day), err == nil
	}
	s = strings.Replace(s, ",", ".", 1)
	if c.property == geo.Integer {
		if n, err := strconv.ParseInt(strings.TrimPrefix(s, "+"), 10, 64); err == nil {
			return n, true
		}
	}
	return source.Convert(s, c.property)
}

// julian reads a day number and the milliseconds of the day.
func julian(b []byte) (any, bool) {
	if len(b) != 8 {
		return nil, false
	}
	day, millis := int64(int32(binary.LittleEndian.Uint32(b))), int64(int32(binary.LittleEndian.Uint32(b[4:])))
	if day == 0 {
		return nil, true
	}
	const unix = 2440588 // 1 January 1970
	return time.UnixMilli((day-unix)*24*60*60*1000 + millis).UTC(), true
}
