package shp

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"slices"

	"kawasan/geo/format/export"
)

// field is a column of a dBASE table.
type field struct {
	name     string
	property string
	kind     byte // C text, N number, L logical, D date
	whole    bool // a number that is an integer
	width    int  // of the longest value so far
	decimals int
	cut      int // how many texts were too long
}

// widest values.
const (
	widestText    = 254
	widestNumber  = 24
	widestInteger = 18 // what readers take for an integer
)

// rows collects the rows of a table, so that the columns of the table can be made
// as wide as their values, and no wider.
type rows struct {
	fields []field
	spool  *export.Spool
	count  uint32
	length []byte
}

func newRows(o export.Options, fields []field) *rows {
	return &rows{fields: slices.Clone(fields), spool: export.NewSpool(o)}
}

// add writes a row: a text for each field, empty for null.
func (r *rows) add(cells [][]byte) error {
	r.count++
	for i, cell := range cells {
		f := &r.fields[i]
		if len(cell) > widestText {
			cell = cutText(cell, widestText)
			f.cut++
		}
		f.width = max(f.width, len(cell))
		if f.kind == 'N' {
			f.decimals = max(f.decimals, decimalsOf(cell))
		}
		r.length = binary.AppendUvarint(r.length[:0], uint64(len(cell)))
		if _, err := r.spool.Write(r.length); err != nil {
			return err
		}
		if _, err := r.spool.Write(cell); err != nil {
			return err
		}
	}
	return nil
}

// end fixes the columns.
func (r *rows) end() error {
	for i := range r.fields {
		r.fields[i].settle()
	}
	return r.spool.Finish()
}

// copy writes the table.
func (r *rows) copy(to io.Writer) error {
	out := bufio.NewWriterSize(to, 64<<10)
	row := 1
	for i := range r.fields {
		row += r.fields[i].width
	}
	// What a buffered writer fails with it gives again on Flush.
	_, _ = out.Write(r.header(row))
	in := bufio.NewReaderSize(io.NewSectionReader(r.spool, 0, r.spool.Size()), 64<<10)
	line := make([]byte, row)
	for range r.count {
		if err := r.read(in, line); err != nil {
			return export.NoRoom(err)
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	_ = out.WriteByte(0x1a)
	return out.Flush()
}

// settle fixes the width once all values are known.
func (f *field) settle() {
	if f.whole && f.width > widestInteger {
		f.kind = 'C' // as a number it would lose digits
	}
	switch f.kind {
	case 'D':
		f.width = 8
	case 'L':
		f.width = 1
	case 'N':
		if !f.whole { // readers take a column without decimals for integers
			f.decimals = max(f.decimals, 1)
			f.width = max(f.width, f.decimals+2)
		}
		f.width = max(f.width, 1)
	default:
		f.width = max(f.width, 1)
	}
}

// read fills a line with the next row.
func (r *rows) read(in *bufio.Reader, line []byte) error {
	for i := range line {
		line[i] = ' '
	}
	at := 1
	for i := range r.fields {
		f := &r.fields[i]
		n, err := binary.ReadUvarint(in)
		if err != nil {
			return err
		}
		start := at
		if f.kind == 'N' { // to the right
			start = at + f.width - int(n)
		}
		if _, err := io.ReadFull(in, line[start:start+int(n)]); err != nil {
			return err
		}
		if f.kind == 'L' && n == 0 {
			line[at] = '?'
		}
		at += f.width
	}
	return nil
}

// header describes the table. The date of the last change is left at 1 January
// 1980, so that the bytes don't depend on the clock.
func (r *rows) header(row int) []byte {
	b := make([]byte, 32, 33+32*len(r.fields))
	b[0], b[1], b[2], b[3] = 3, 80, 1, 1
	binary.LittleEndian.PutUint32(b[4:], r.count)
	binary.LittleEndian.PutUint16(b[8:], uint16(cap(b)))
	binary.LittleEndian.PutUint16(b[10:], uint16(row))
	for _, f := range r.fields {
		var d [32]byte
		copy(d[:nameLength], f.name)
		d[11], d[16], d[17] = f.kind, byte(f.width), byte(f.decimals)
		b = append(b, d[:]...)
	}
	return append(b, '\r')
}

// cutText cuts UTF-8 at the last border of characters within n bytes.
func cutText(s []byte, n int) []byte {
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}

func decimalsOf(number []byte) int {
	point := bytes.IndexByte(number, '.')
	if point < 0 {
		return 0
	}
	end := bytes.IndexByte(number, 'e')
	if end < 0 {
		end = len(number)
	}
	return end - point - 1
}
