package jsonfile

import (
	"kawasan/geo"
	"kawasan/geo/format/source"
)

// allowance ends the reading of a single value that is too long; it takes record
// separators, which are no JSON, for blanks, and tells where lines end.
type allowance struct {
	source.Allowance
	lines  *lines
	blanks int // that came last, one behind the other
}

// mostBlanks is how many blanks may follow each other: encoding/json looks at all of
// them again whenever it reads on.
const mostBlanks = 1 << 20

// Read reads as far as the allowance goes.
func (a *allowance) Read(p []byte) (int, error) {
	n, err := a.Allowance.Read(p)
	for i, c := range p[:n] {
		switch c {
		case '\n':
			a.lines.end(i)
			a.blanks++
		case separator:
			p[i] = ' '
			fallthrough
		case ' ', '\t', '\r':
			a.blanks++
		default:
			a.blanks = 0
		}
	}
	a.lines.read += int64(n)
	if a.blanks > mostBlanks {
		return 0, geo.Errorf(geo.TooLarge, "the file holds a megabyte of nothing but blanks").Try("the file as its source gave it")
	}
	return n, err
}

// lines tells on which line an offset lies, for offsets that only grow. It holds the
// ends of the lines that were read but not asked for yet.
type lines struct {
	ends   []int64
	passed int   // of ends
	before int   // lines that ended before the first of ends
	read   int64 // bytes
}

// end notes that a line ends so many bytes behind those read so far.
func (l *lines) end(ahead int) {
	if l.passed > 1024 && l.passed > len(l.ends)/2 {
		l.before += l.passed
		l.ends, l.passed = l.ends[:copy(l.ends, l.ends[l.passed:])], 0
	}
	l.ends = append(l.ends, l.read+int64(ahead))
}

// at gives the line of an offset, from 1.
func (l *lines) at(offset int64) int {
	for l.passed < len(l.ends) && l.ends[l.passed] < offset {
		l.passed++
	}
	return 1 + l.before + l.passed
}
