package corners

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// column is what a column of a table holds.
type column uint8

const (
	other    column = iota
	noColumn        // without a heading, or one that says no more than others: the seconds, the direction
	labelColumn
	ringColumn
	nameColumn
	lonColumn
	latColumn
	eastColumn
	northColumn
)

// columnNames are headings as they occur, in plain form without units and punctuation.
var columnNames = map[string]column{
	"no": labelColumn, "nomor": labelColumn, "titik": labelColumn, "no titik": labelColumn, "nomor titik": labelColumn, "point": labelColumn, "id": labelColumn,
	"patok": labelColumn, "no patok": labelColumn, "kode titik": labelColumn, "titik koordinat": labelColumn, "corner": labelColumn, "sudut": labelColumn, "pilar": labelColumn,
	"bagian": ringColumn, "part": ringColumn, "ring": ringColumn, "poligon": ringColumn, "polygon": ringColumn, "blok": ringColumn, "area": ringColumn, "no poligon": ringColumn,
	"": noColumn, "bt/bb": noColumn, "lu/ls": noColumn, "ls/lu": noColumn, "luls": noColumn, "btbb": noColumn, "arah": noColumn,
	"nama": nameColumn, "name": nameColumn, "kawasan": nameColumn, "zona": nameColumn,
	"bujur": lonColumn, "bujur timur": lonColumn, "longitude": lonColumn, "lon": lonColumn, "long": lonColumn, "bt": lonColumn, "bujur bt": lonColumn, "garis bujur": lonColumn,
	"lintang": latColumn, "lintang utara": latColumn, "lintang selatan": latColumn, "latitude": latColumn, "lat": latColumn, "ls": latColumn, "lu": latColumn, "lintang ls": latColumn, "lintang lu": latColumn, "garis lintang": latColumn,
	"x": eastColumn, "easting": eastColumn, "e": eastColumn, "timur": eastColumn, "absis": eastColumn, "koordinat x": eastColumn, "x easting": eastColumn, "mt": eastColumn,
	"y": northColumn, "northing": northColumn, "n": northColumn, "utara": northColumn, "ordinat": northColumn, "koordinat y": northColumn, "y northing": northColumn, "mu": northColumn,
}

// header is what the headings say.
type header struct {
	columns   []column
	separator string // "" for runs of blanks
	south     bool   // the heading of the latitudes says that they are southern
	north     bool
}

func (h *header) index(c column) int {
	if h != nil {
		for i, have := range h.columns {
			if have == c {
				return i
			}
		}
	}
	return -1
}

// has reports whether both columns are there.
func (h *header) has(a, b column) bool { return h.index(a) >= 0 && h.index(b) >= 0 }

var (
	unitText   = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]|[._:"'°′″]`)
	manyBlanks = regexp.MustCompile(`\t|\s{2,}`)
)

// southern and northern find the side of the equator in a line of headings.
var (
	southern = regexp.MustCompile(`lintang\s+selatan|\bls\b`)
	northern = regexp.MustCompile(`lintang\s+utara|\blu\b`)
)

// units are the words for degrees, minutes and seconds, for a pattern.
const units = `derajat|menit|detik|deg|min|sec|degrees?|minutes?|seconds?`

// unitWords in a heading tell apart the columns of degrees, minutes and seconds of one coordinate.
var unitWords = regexp.MustCompile(`\b(` + units + `|d|m|s|dd|mm|ss)\b`)

// heading is a name of a column in plain form, without units and punctuation.
func heading(text string) string {
	text = unitText.ReplaceAllString(text, " ")
	return strings.Join(strings.Fields(unitWords.ReplaceAllString(text, " ")), " ")
}

// separators in the order in which they are looked for.
var separators = []string{"\t", ";", "|", ","}

// readHeader recognises a line of headings: at least the two of the coordinates.
func readHeader(line string) *header {
	if strings.ContainsAny(unitText.ReplaceAllString(line, " "), "0123456789") {
		return nil
	}
	south, north := southern.MatchString(line), northern.MatchString(line)
	for _, s := range append(separators, "") {
		if s != "" && !strings.Contains(line, s) {
			continue
		}
		h := &header{separator: s, south: south, north: north}
		for _, f := range split(line, s) {
			h.columns = append(h.columns, columnNames[heading(f.text)])
		}
		if h.has(lonColumn, latColumn) || h.has(eastColumn, northColumn) {
			return h
		}
	}
	// Headings apart by single blanks.
	h := &header{separator: " ", south: south, north: north}
	for _, f := range strings.Fields(unitText.ReplaceAllString(line, " ")) {
		h.columns = append(h.columns, columnNames[f])
	}
	if h.has(lonColumn, latColumn) || h.has(eastColumn, northColumn) {
		return h
	}
	return nil
}

// field is a piece of a line with where it begins.
type field struct {
	text   string
	column int // 1-based, in characters
}

// split cuts a line at the separator ("" for tabs and runs of blanks, " " for any blanks).
func split(line, separator string) []field {
	var fields []field
	add := func(from, to int) {
		text := line[from:to]
		lead := len(text) - len(strings.TrimLeft(text, " \t\""))
		fields = append(fields, field{strings.Trim(text, " \t\""), utf8.RuneCountInString(line[:from+lead]) + 1})
	}
	switch separator {
	case "", " ":
		blank := manyBlanks.FindAllStringIndex(line, -1)
		if separator == " " {
			blank = regexp.MustCompile(`\s+`).FindAllStringIndex(line, -1)
		}
		at := 0
		for _, b := range blank {
			if b[0] > at {
				add(at, b[0])
			}
			at = b[1]
		}
		if at < len(line) {
			add(at, len(line))
		}
	default:
		at := 0
		for i := strings.Index(line, separator); i >= 0; i = strings.Index(line[at:], separator) {
			add(at, at+i)
			at += i + len(separator)
		}
		add(at, len(line))
	}
	return fields
}

var numeric = regexp.MustCompile(`^[+-]?\d[\d.,]*$`)

// numbers finds the plain numbers of a line: the fields that are one, cut in the way
// that gives at least two.
func numbers(line string) (list []coordinate, labels []string) {
	for _, s := range []string{"\t", ";", "|", "", ", ", " ", ","} {
		if s != "" && !strings.Contains(line, s) {
			continue
		}
		list, labels = nil, nil
		for _, f := range split(line, s) {
			text := strings.TrimSuffix(strings.ReplaceAll(f.text, "°", ""), ",")
			if !numeric.MatchString(text) {
				labels = append(labels, f.text)
				continue
			}
			x, step, ok := parseNumber(text)
			if !ok {
				continue
			}
			list = append(list, coordinate{value: x, step: step, signed: true, column: f.column})
		}
		if len(list) >= 2 {
			return list, labels
		}
	}
	return list, labels
}
