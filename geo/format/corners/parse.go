package corners

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/source"
)

// Limits of a table; those that decrees print have some hundred corners.
const (
	MaxCorners = 1_000_000
	maxLine    = 64 << 10
	maxRings   = 10_000
	maxFaults  = 20
)

// Options settle what a table may leave open.
type Options struct {
	// Name is how errors call the table: the name of its file.
	Name string
	// CRS is the system of eastings and northings. Nil takes the zone that the text names.
	CRS *crs.CRS
	// NorthingFirst says that the first of two plain numbers is the northing or latitude.
	NorthingFirst bool
	// South says that latitudes without sign or direction are southern.
	South bool
}

// Read reads a table. What is wrong, missing or open is a *geo.Error of code Invalid
// with line and column and what would settle it.
func Read(r io.Reader, o Options) (*Table, error) {
	p := &parser{o: o, t: &Table{}, names: map[string]int{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for lines.Scan() && len(p.faults) < maxFaults {
		p.line++
		if err := p.read(lines.Text()); err != nil {
			p.faults, p.half = append(p.faults, geo.AsError(err)), nil
		}
	}
	if len(p.faults) > 0 {
		return nil, p.all()
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return nil, p.inFile(p.fail(1, "the line is longer than %d bytes", maxLine).Try("a table with a corner a line"))
		}
		return nil, err
	}
	if err := p.finish(); err != nil {
		return nil, p.inFile(geo.AsError(err))
	}
	return p.t, nil
}

// pair is two coordinates of a line before it is known which is which.
type pair struct {
	a, b  coordinate
	label string
	line  int
	ring  int
}

type parser struct {
	o      Options
	t      *Table
	line   int
	header *header
	pairs  []pair
	names  map[string]int // rings by the value of their column
	rings  []string
	ended  bool        // a blank line stands after the last corner
	half   *coordinate // the first of two coordinates that stand on a line each
	halfAt int
	faults []*geo.Error // of lines that can't be read, without the file
}

// all tells of every line that can't be read, so that a table is mended in one go.
func (p *parser) all() error {
	first := p.faults[0]
	what, fix := first.Said()
	told := []geo.Phrase{what}
	for _, f := range p.faults[1:] {
		more, remedy := f.Said()
		if f.Fix != first.Fix {
			more = geo.Phrasef("%s (needed: %s)", more, remedy)
		}
		told = append(told, geo.Phrasef("%s: %s", source.Place{Line: f.Place.Line, Column: f.Place.Column}.Phrase(), more))
	}
	return p.inFile(geo.Errorf(geo.Invalid, "%s", geo.Phrases("; ", told...)).At(first.Place.Line, first.Place.Column).Try("%s", fix))
}

// inFile says of an error in which file it is.
func (p *parser) inFile(e *geo.Error) *geo.Error {
	what, fix := e.Said()
	return source.Place{File: p.o.Name, Line: e.Place.Line, Column: e.Place.Column}.Errorf(e.Code, "%s", what).Try("%s", fix)
}

func (p *parser) fail(column int, format string, args ...any) *geo.Error {
	return geo.Errorf(geo.Invalid, format, args...).At(p.line, column)
}

// zone is a UTM or TM-3 zone in a heading.
var (
	utmZone = regexp.MustCompile(`(?:utm|zon[ae]|zone)\D{0,12}?(4[6-9]|5[0-4])\s*-?\s*(n|s|l|m|lu|ls|(?:lintang\s+)?(?:utara|selatan)|north|south)?(?:[^a-z.\d]|$)`)
	tm3Zone = regexp.MustCompile(`(?:tm\s?-?\s?3|zon[ae])\D{0,12}?(4[6-9]|5[0-4])\.([12])`)
	epsg    = regexp.MustCompile(`epsg\D{0,3}(\d{4,5})`)
)

func (p *parser) read(text string) error {
	line := plain(text)
	if strings.TrimSpace(line) == "" {
		p.ended = p.ended || len(p.pairs) > 0 && p.half == nil
		return nil
	}
	if len(p.pairs) == 0 || p.ended {
		if h := readHeader(line); h != nil {
			p.header = h
			return nil
		}
		p.zone(line)
	}
	found, f := angles(line)
	if f != nil {
		return p.fail(f.column, "%s", f.message).Try("%s", f.fix)
	}
	label := ""
	if len(found) > 0 && p.half == nil {
		label = labelBefore(line, found[0].column)
	}
	if len(found) == 0 {
		if utmZone.MatchString(line) || tm3Zone.MatchString(line) || epsg.MatchString(line) {
			p.title(text)
			return nil
		}
		if found, label, f = sexagesimal(line); f != nil {
			return p.fail(f.column, "%s", f.message).Try("%s", f.fix)
		}
	}
	if len(found) == 0 {
		var err error
		if found, label, err = p.row(line); err != nil {
			return err
		}
		if len(found) == 0 {
			found, label = p.chosen(numbers(line))
		}
	}
	switch {
	case len(found) == 0:
		return p.words(text, line)
	case len(found) == 1:
		return p.single(found[0], label)
	case len(found) > 2:
		return p.fail(found[2].column, "the line has %d coordinates", len(found)).Try("two coordinates a line, or headings that name their columns (bujur, lintang)")
	case p.half != nil:
		return p.fail(found[0].column, "the line before has one coordinate only").Try("two coordinates for each corner")
	}
	return p.corner(found[0], found[1], label, p.ringName(text))
}

// words takes a line without coordinates: a title above, or a remark.
func (p *parser) words(text, line string) error {
	if strings.Contains(line, "°") && !unitLine.MatchString(line) {
		return p.fail(strings.IndexRune(line, '°')+1, "the degree sign belongs to no coordinate that can be read").Try("degrees, minutes and seconds, as in 116°47'22,5\" BT")
	}
	p.title(text)
	return nil
}

// named finds a line that says what the table is of.
var named = regexp.MustCompile(`(?i)^\s*(?:nama|name)(?:\s+(?:kawasan|zona|lokasi|objek|wilayah|area|zone))?\s*[:=]\s*(.+)$`)

// title takes a line above the corners: the name, where it says that it is one, else the
// title. The first line of a decree is no name: it says which annex this is.
func (p *parser) title(text string) {
	if len(p.pairs) > 0 {
		return
	}
	if m := named.FindStringSubmatch(text); m != nil && p.t.Name == "" {
		p.t.Name = clipTitle(m[1])
	} else if m == nil && p.t.Title == "" {
		p.t.Title = clipTitle(text)
	}
}

func clipTitle(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	return string(r[:min(len(r), 200)])
}

// labelBefore gives the number of the corner that stands before its coordinates.
func labelBefore(line string, column int) string {
	r := []rune(line)
	return strings.Trim(string(r[:min(column-1, len(r))]), " \t.:;|,)(-")
}

// row takes the coordinates of a line of plain numbers from the columns that the headings
// name. A line with other columns is no row, nor is one without a number in these.
func (p *parser) row(line string) (found []coordinate, label string, err error) {
	if p.header == nil || p.header.separator == " " {
		return nil, "", nil
	}
	fields := split(line, p.header.separator)
	if len(fields) != len(p.header.columns) {
		return nil, "", nil
	}
	first, second := p.coordinateColumns()
	a, okA := plainNumber(fields[first])
	b, okB := plainNumber(fields[second])
	if i := p.header.index(labelColumn); i >= 0 {
		label = fields[i].text
	}
	wrong := fields[first]
	if okA {
		wrong = fields[second]
	}
	switch {
	case okA && okB:
		return []coordinate{a, b}, label, nil
	case okA || okB || strings.ContainsAny(fields[first].text+fields[second].text, "0123456789"):
		return nil, "", p.fail(wrong.column, "%q is no coordinate", wrong.text).Try("a number in each of the columns that the headings name")
	}
	return nil, "", nil
}

// chosen takes the two that are coordinates out of the plain numbers of a line: the last two.
func (p *parser) chosen(found []coordinate, labels []string) ([]coordinate, string) {
	label := strings.TrimSpace(strings.Join(labels, " "))
	if len(found) == 3 { // the number of the corner comes first
		label = fmt.Sprint(found[0].value)
		found = found[1:]
	}
	if len(found) == 1 || len(labels) > 1 && p.header == nil || len(found) == 2 && found[0].value == math.Trunc(found[0].value) && found[0].step == 1 && math.Abs(found[0].value) < 10_000 && math.Abs(found[1].value) > 90_000 {
		return nil, label // a number in running text
	}
	return found, label
}

func plainNumber(f field) (coordinate, bool) {
	text := strings.ReplaceAll(strings.ReplaceAll(f.text, "°", ""), " ", "")
	if !numeric.MatchString(text) {
		return coordinate{}, false
	}
	x, step, ok := parseNumber(text)
	return coordinate{value: x, step: step, signed: true, column: f.column}, ok
}

// coordinateColumns gives the places of the two, in the order in which they stand.
func (p *parser) coordinateColumns() (first, second int) {
	x, y := p.header.index(lonColumn), p.header.index(latColumn)
	if x < 0 || y < 0 {
		x, y = p.header.index(eastColumn), p.header.index(northColumn)
	}
	return min(x, y), max(x, y)
}

// ringName gives the value of the column that tells parts apart, as it is written.
func (p *parser) ringName(text string) string {
	i := p.header.index(ringColumn)
	if i < 0 {
		i = p.header.index(nameColumn)
		p.t.Named = i >= 0
	}
	if i < 0 {
		return ""
	}
	if fields := split(marked(text), p.header.separator); i < len(fields) {
		return fields[i].text
	}
	return ""
}

// single takes a coordinate that stands alone on its line.
func (p *parser) single(c coordinate, label string) error {
	if p.half == nil {
		c.column = max(c.column, 1)
		p.half, p.halfAt = &c, p.line
		return nil
	}
	first := *p.half
	p.half = nil
	return p.corner(first, c, label, "")
}

func (p *parser) corner(a, b coordinate, label, ringName string) error {
	if len(p.pairs) >= MaxCorners {
		return p.fail(1, "there are more than %d corners", MaxCorners).Try("a file in another format")
	}
	ring := len(p.rings) - 1
	if ringName != "" {
		key := strings.ToLower(ringName)
		i, known := p.names[key]
		if !known {
			i = p.newRing(ringName)
			p.names[key] = i
		}
		ring = i
	} else if ring < 0 || p.ended {
		ring = p.newRing("")
	}
	if len(p.rings) > maxRings {
		return p.fail(1, "there are more than %d rings", maxRings).Try("a file in another format")
	}
	p.ended = false
	p.pairs = append(p.pairs, pair{a, b, strings.Trim(label, " .:)("), p.line, ring})
	return nil
}

func (p *parser) newRing(name string) int {
	p.rings = append(p.rings, name)
	return len(p.rings) - 1
}

// zone remembers the system that a heading names.
func (p *parser) zone(line string) {
	if p.o.CRS != nil || p.t.CRS != nil {
		return
	}
	if m := epsg.FindStringSubmatch(line); m != nil {
		if c, err := crs.Recognise("EPSG:" + m[1]); err == nil {
			p.t.CRS = c
		}
		return
	}
	if m := tm3Zone.FindStringSubmatch(line); m != nil {
		zone := int(m[1][0]-'0')*10 + int(m[1][1]-'0')
		number := 23830 + (zone-46)*2 + int(m[2][0]-'0') - 2
		p.t.CRS = crs.ByEPSG(number)
		return
	}
	if m := utmZone.FindStringSubmatch(line); m != nil {
		zone := int(m[1][0]-'0')*10 + int(m[1][1]-'0')
		switch strings.TrimSpace(strings.TrimPrefix(m[2], "lintang")) {
		case "n", "lu", "utara", "north":
			p.t.CRS = crs.ByEPSG(32600 + zone)
		case "s", "ls", "selatan", "south", "l", "m": // L and M are bands of the grid south of the equator
			p.t.CRS = crs.ByEPSG(32700 + zone)
		}
	}
}

// finish decides which coordinate is which, for the table as a whole.
func (p *parser) finish() error {
	if p.half != nil {
		p.line = p.halfAt
		return p.fail(p.half.column, "the corner has one coordinate only").Try("two coordinates for each corner")
	}
	if len(p.pairs) == 0 {
		return geo.Errorf(geo.Invalid, "there is no corner in the text").
			Try("a line for each corner, as in 1  116°47'22,5\" BT  1°10'30\" LS")
	}
	if err := p.columnsOfUnits(); err != nil {
		return err
	}
	p.t.Rings = make([]Ring, len(p.rings))
	for i, name := range p.rings {
		p.t.Rings[i].Name = name
	}
	first, err := p.order()
	if err != nil {
		return err
	}
	for _, c := range p.pairs {
		x, y := c.a, c.b
		if !first {
			x, y = y, x
		}
		if err := p.place(c, x, y); err != nil {
			return err
		}
	}
	return p.close()
}

// columnsOfUnits refuses a row of which a part is missing where others have degrees, minutes
// and seconds in a column each: what is left of it would look like a corner elsewhere.
func (p *parser) columnsOfUnits() error {
	i := slices.IndexFunc(p.pairs, func(c pair) bool { return c.a.units > 0 })
	if i < 0 {
		return nil
	}
	for _, c := range p.pairs {
		if c.a.units != p.pairs[i].a.units || c.b.units != p.pairs[i].b.units {
			p.line = c.line
			return p.fail(c.a.column, "the corner has not all of its degrees, minutes and seconds where line %d has them", p.pairs[i].line).Try("a number in each of these columns, 0 if need be")
		}
	}
	return nil
}

// order tells whether the first coordinate of each pair is the longitude or easting.
// Words decide for their own pair; numbers must agree for all pairs.
func (p *parser) order() (lonFirst bool, err error) {
	votes := map[bool]*pair{}
	for i := range p.pairs {
		c := &p.pairs[i]
		p.line = c.line
		switch {
		case c.a.axis != unknown && c.a.axis == c.b.axis:
			return false, p.fail(c.b.column, "both coordinates of the corner are %s", [...]geo.Phrase{longitude: geo.Phrasef("longitudes"), latitude: geo.Phrasef("latitudes")}[c.a.axis]).Try("one longitude (BT) and one latitude (LU, LS)")
		case c.a.axis == longitude || c.b.axis == latitude:
			votes[true] = c
		case c.a.axis == latitude || c.b.axis == longitude:
			votes[false] = c
		case p.projected(c):
			p.t.Projected = true
		case math.Abs(c.a.value) > 90:
			votes[true] = c
		case math.Abs(c.b.value) > 90:
			votes[false] = c
		}
	}
	if votes[true] != nil && votes[false] != nil {
		p.line = max(votes[true].line, votes[false].line)
		return false, p.fail(1, "longitude comes first in line %d and second in line %d", votes[true].line, votes[false].line).Try("the same order in each line")
	}
	if p.t.Projected && (votes[true] != nil || votes[false] != nil) {
		return false, p.fail(1, "some corners are in degrees and some in metres").Try("one system for the whole table")
	}
	switch {
	case votes[true] != nil:
		return true, nil
	case votes[false] != nil:
		return false, nil
	case p.header != nil:
		x, y := p.header.index(lonColumn), p.header.index(latColumn)
		if x < 0 || y < 0 {
			x, y = p.header.index(eastColumn), p.header.index(northColumn)
		}
		return x < y, nil
	case p.o.NorthingFirst:
		return false, nil
	case p.t.Projected:
		return p.eastingFirst()
	}
	p.line = p.pairs[0].line
	return false, p.fail(p.pairs[0].a.column, "which number is the longitude can't be told").Try("BT, LU or LS beside the numbers, or headings (bujur, lintang)")
}

func (p *parser) projected(c *pair) bool {
	return !c.a.angle && !c.b.angle && (math.Abs(c.a.value) > 180 || math.Abs(c.b.value) > 180)
}

// eastingFirst tells eastings from northings by their size: eastings have at most
// six digits before the point, northings south of the equator seven.
func (p *parser) eastingFirst() (bool, error) {
	large := func(get func(pair) float64) bool {
		return !slices.ContainsFunc(p.pairs, func(c pair) bool { return math.Abs(get(c)) < 1e6 })
	}
	a, b := large(func(c pair) float64 { return c.a.value }), large(func(c pair) float64 { return c.b.value })
	if a == b {
		p.line = p.pairs[0].line
		return false, p.fail(p.pairs[0].a.column, "which number is the easting can't be told").Try("headings above the columns (x, y or easting, northing)")
	}
	return b, nil
}

// place puts a corner into its ring.
func (p *parser) place(c pair, x, y coordinate) error {
	p.line = c.line
	if !p.t.Projected {
		if err := p.degrees(&x, &y); err != nil {
			return err
		}
	}
	p.t.Step = math.Max(p.t.Step, math.Max(x.step, y.step))
	r := &p.t.Rings[c.ring]
	r.Corners = append(r.Corners, Corner{Label: c.label, X: x.value, Y: y.value, Line: c.line})
	return nil
}

// degrees checks ranges, and that it is said on which side of the equator a latitude lies.
func (p *parser) degrees(x, y *coordinate) error {
	x.axis, y.axis = longitude, latitude
	for _, c := range []*coordinate{x, y} {
		if f := c.within(); f != nil {
			return p.fail(f.column, "%s", f.message).Try("%s", f.fix)
		}
	}
	if y.signed || y.value == 0 {
		return nil
	}
	south, north := p.o.South || p.header != nil && p.header.south, p.header != nil && p.header.north
	switch {
	case south && !north:
		y.value = -y.value
	case !north:
		return p.fail(y.column, "it is not said whether the latitude is north or south of the equator, which crosses the province").Try("LU or LS beside the latitude or in its heading, or a minus for south")
	}
	return nil
}

// close settles the system and checks the rings.
func (p *parser) close() error {
	switch {
	case !p.t.Projected:
		p.t.CRS = crs.CRS84()
	case p.o.CRS != nil:
		p.t.CRS = p.o.CRS
	case p.t.CRS != nil && p.t.CRS.IsGeographic():
		p.t.CRS = nil
	}
	kept := p.t.Rings[:0]
	for _, r := range p.t.Rings {
		n := len(r.Corners)
		if n > 1 && r.Corners[0].X == r.Corners[n-1].X && r.Corners[0].Y == r.Corners[n-1].Y {
			r.Corners = r.Corners[:n-1]
		}
		if len(r.Corners) < 3 {
			p.line = r.Corners[0].Line
			return p.fail(1, "the ring that begins here has %d corners", len(r.Corners)).Try("at least three corners; a blank line begins a new ring")
		}
		kept = append(kept, r)
	}
	p.t.Rings = kept
	if len(kept) > 1 {
		p.t.Notes = append(p.t.Notes, geo.Textf("%d rings were read; one within another is taken as its hole", "%d cincin dibaca; yang berada di dalam cincin lain dianggap lubangnya", len(kept)))
	}
	return nil
}
