package csv

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
)

// titleRows is how many lines may stand above the names of the columns: what the table is
// of, where it comes from, blank ones.
const titleRows = 20

// headSize is how much of a table is looked at for its separator and the names.
const headSize = 8 << 10

// table reads the cells of text in UTF-8.
type table struct {
	head  []byte // of what follows the line that names the separator
	comma rune
	marks *quotes
	in    *csv.Reader
	shift int // lines above those that in counts
}

func newTable(in io.Reader) *table {
	buffered := bufio.NewReaderSize(in, 64<<10)
	head, _ := buffered.Peek(headSize)
	t := &table{}
	t.comma, t.head = separator(head)
	if skipped := len(head) - len(t.head); skipped > 0 {
		t.shift = 1
		t.head = bytes.Clone(t.head)
		_, _ = buffered.Discard(skipped) // it was just peeked
	}
	t.marks, t.in = cells(buffered, t.comma)
	return t
}

func cells(in io.Reader, comma rune) (*quotes, *csv.Reader) {
	marks := &quotes{in: in, comma: byte(comma)}
	r := csv.NewReader(marks)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	return marks, r
}

// next reads a row; its cells are good until the next. io.EOF ends them.
func (t *table) next() ([]string, error) {
	cells, err := t.in.Read()
	if err == nil {
		t.marks.restore(cells)
	}
	return cells, err
}

// line is the one in which the row last read begins.
func (t *table) line() int {
	line, _ := t.in.FieldPos(0)
	return line + t.shift
}

// names gives the names of the columns, without reading on, and how many rows stand above
// them: the first row that names the columns of a geometry counts, else the first of all.
func (t *table) names() (names []string, titles int) {
	ahead := &table{}
	ahead.marks, ahead.in = cells(bytes.NewReader(t.head), t.comma)
	for n := range titleRows {
		row, err := ahead.next()
		if err != nil {
			break
		}
		if geometryOf(row).found() {
			return append([]string(nil), row...), n
		}
		if n == 0 {
			names = append([]string(nil), row...)
		}
	}
	return names, 0
}
