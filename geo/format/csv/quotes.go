package csv

import (
	"io"
	"strings"
)

// mark stands for a quote within a cell that is not quoted, as the one behind seconds in
// 116°47'22,5", while the reader of CSV, who would refuse it, has the text. Quotes that
// begin or end a cell stay as strict as they are.
const mark = "\U0010FFFD"

// quotes puts marks for such quotes, and ends the lines of a file that has carriage returns alone
// for it, as Excel for the Macintosh writes.
type quotes struct {
	in     io.Reader
	comma  byte // between cells: all those that are looked for are one byte
	state  quoteState
	left   []byte // marked, to be handed on
	buffer [4 << 10]byte
	marked bool // there was one
	held   bool // a carriage return came, which ends the line unless the end follows
}

// quoteState is where in a table the next byte stands.
type quoteState uint8

const (
	cellBegins quoteState = iota
	inCell
	inQuoted
	quoteInQuoted // the end of the cell, or the first of two
)

func (q *quotes) Read(p []byte) (int, error) {
	if len(q.left) == 0 {
		n, err := q.in.Read(q.buffer[:])
		if n == 0 {
			return 0, err
		}
		q.left = q.left[:0]
		for _, c := range q.buffer[:n] {
			if q.held && c != '\n' {
				q.left = q.next(q.left, '\n')
			}
			if q.held = c == '\r' && q.state != inQuoted; !q.held {
				q.left = q.next(q.left, c)
			}
		}
		n = copy(p, q.left)
		q.left = q.left[n:]
		if len(q.left) > 0 {
			err = nil // it comes again
		}
		return n, err
	}
	n := copy(p, q.left)
	q.left = q.left[n:]
	return n, nil
}

func (q *quotes) next(dst []byte, c byte) []byte {
	ends := c == q.comma || c == '\n'
	switch {
	case q.state == inQuoted && c == '"':
		q.state = quoteInQuoted
	case q.state == inQuoted:
	case q.state == quoteInQuoted && c == '"':
		q.state = inQuoted
	case ends:
		q.state = cellBegins
	case q.state == cellBegins && c == '"':
		q.state = inQuoted
	case q.state == inCell && c == '"':
		q.marked = true
		return append(dst, mark...)
	case q.state == cellBegins:
		q.state = inCell
	}
	return append(dst, c)
}

// restore gives the cells with the quotes that they had.
func (q *quotes) restore(cells []string) {
	if !q.marked {
		return
	}
	for i, c := range cells {
		if strings.Contains(c, mark) {
			cells[i] = strings.ReplaceAll(c, mark, `"`)
		}
	}
}
