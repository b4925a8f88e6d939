package corners

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kawasan/geo"
)

// axis is what a coordinate counts.
type axis uint8

const (
	unknown axis = iota
	longitude
	latitude
)

// coordinate is one number of a corner.
type coordinate struct {
	value  float64
	step   float64 // what one unit of the last digit is worth
	axis   axis
	signed bool // a sign or a word says on which side of zero it lies
	angle  bool // written with degrees, minutes, seconds, or a direction
	units  int  // these in a column each, of which this one is the first, from 1; 0 else
	column int  // 1-based, in characters
}

// directions are the words for the four sides: in Indonesian lintang utara, lintang
// selatan, bujur timur, bujur barat.
var directions = map[string]struct {
	axis axis
	sign float64
}{
	"lu": {latitude, 1}, "ls": {latitude, -1}, "bt": {longitude, 1}, "bb": {longitude, -1},
	"n": {latitude, 1}, "s": {latitude, -1}, "e": {longitude, 1}, "w": {longitude, -1},
	"utara": {latitude, 1}, "selatan": {latitude, -1}, "timur": {longitude, 1}, "barat": {longitude, -1},
	"lintang utara": {latitude, 1}, "lintang selatan": {latitude, -1}, "bujur timur": {longitude, 1}, "bujur barat": {longitude, -1},
}

const (
	side    = `lintang\s+utara|lintang\s+selatan|bujur\s+timur|bujur\s+barat|utara|selatan|timur|barat|l\.?\s?u\.?|l\.?\s?s\.?|b\.?\s?t\.?|b\.?\s?b\.?|n|s|e|w`
	whole   = `\d{1,3}`
	decimal = `\d{1,3}(?:\s?[.,]\s?\d+)?`
)

// The ways to write an angle. Groups: sign, degrees, minutes, seconds.
const (
	symbols = `([+-]?)\s?(\d{1,3}(?:[.,]\d+)?)\s*(?:°|derajat|deg)\s*(?:(` + decimal + `)\s*(?:'|menit)\s*(?:(` + decimal + `)\s*(?:"|''|'\s'|detik|'))?)?`
	letters = `([+-]?)\s?(` + whole + `)\s*[do]\s*(` + decimal + `)\s*(?:m|')\s*(?:(` + decimal + `)\s*(?:s|"|''))?`
	colons  = `([+-]?)\s?(` + whole + `)\s?:\s?(\d{1,2})\s?:\s?(\d{1,2}(?:[.,]\d+)?)`
	// Seconds without their mark, and blanks or hyphens for all marks, could be
	// anything, so that a direction is needed with them.
	unmarked = `([+-]?)\s?(` + whole + `)\s*(?:°|derajat|deg|o)\s*(\d{1,2})\s*(?:'|menit)\s*(\d{1,2}(?:[.,]\d+)?)`
	blanks   = `([+-]?)(` + whole + `)[\s-]+(\d{1,2})[\s-]+(\d{1,2}(?:[.,]\d+)?)"?`
	number   = `([+-]?)\s?(\d{1,3}(?:[.,]\d+)?)°?()()`
)

// patterns with the direction after the angle, and with the direction before it.
var (
	after = []*regexp.Regexp{
		regexp.MustCompile(unmarked + `\s*(` + side + `)(?:[^a-z]|$)`),
		regexp.MustCompile(`(?:` + symbols + `|` + letters + `|` + colons + `)(?:\s*(` + side + `)(?:[^a-z]|$))?`),
		regexp.MustCompile(`(?:` + blanks + `|` + number + `)\s*(` + side + `)(?:[^a-z]|$)`),
	}
	before = []*regexp.Regexp{
		regexp.MustCompile(`(?:^|[^a-z])(` + side + `)\s*[:=.]?\s*` + unmarked + `(?:[\s;,|]|$)`),
		regexp.MustCompile(`(?:(?:^|[^a-z])(` + side + `)\s*[:=.]?\s*)?(?:` + symbols + `|` + letters + `|` + colons + `)`),
		regexp.MustCompile(`(?:^|[^a-z])(` + side + `)\s*[:=.]?\s*(?:` + blanks + `|` + number + `)`),
	}
	leftover = regexp.MustCompile(`^\s?\d+(?:[.,]\d+)?\s*`)
)

// angles finds the angles of a line in plain form. A fault is one that is written like
// an angle but is none. Whether directions stand before or after their angles
// follows from which of the two gives more angles a direction.
func angles(line string) ([]coordinate, *fault) {
	var best []coordinate
	var bestFault *fault
	score := 0
	for i, p := range append(slices.Clone(after), before...) {
		matches := p.FindAllStringSubmatchIndex(line, -1)
		if i%3 == 2 && len(matches) == 1 && strings.TrimSpace(line) != strings.TrimSpace(line[matches[0][0]:matches[0][1]]) {
			continue // such as the 50 S of a zone
		}
		var found []coordinate
		var first *fault
		own := 0
		for _, m := range matches {
			c, f := angle(line, m, i >= 3)
			if f == nil && cutOff(line, m[1]) {
				f = &fault{c.column, geo.Phrasef("what follows the angle can't be read"), geo.Phrasef("degrees, minutes and seconds with their marks, as in 116°47'22,5\" BT")}
			}
			if first == nil {
				first = f
			}
			if own += 2; c.axis != unknown {
				own++
			}
			found = append(found, c)
		}
		if own > score {
			score, best, bestFault = own, found, first
		}
	}
	if bestFault != nil {
		return nil, bestFault
	}
	return best, nil
}

// cutOff reports whether a number follows an angle that ends in degrees or minutes, and
// begins no angle itself: seconds without their mark.
func cutOff(line string, end int) bool {
	done, rest := strings.TrimRight(line[:end], " "), line[end:]
	if !strings.HasSuffix(done, "'") && !strings.HasSuffix(done, "°") {
		return false
	}
	at := leftover.FindStringIndex(rest)
	return at != nil && !strings.HasPrefix(rest[at[1]:], "°")
}

// fault is what is wrong in a line, and what would be right.
type fault struct {
	column       int
	message, fix geo.Phrase
}

// angle reads one match: the direction stands in the last group, or in the first.
func angle(line string, m []int, ahead bool) (coordinate, *fault) {
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return line[m[2*i]:m[2*i+1]]
	}
	groups := len(m)/2 - 1
	direction, from := group(groups), 1
	if ahead {
		direction, from = group(1), 2
	}
	for from+3 <= groups && group(from+1) == "" { // the alternative that matched
		from += 4
	}
	c := coordinate{angle: true, column: utf8.RuneCountInString(line[:m[2*(from+1)]]) + 1}
	c.value, c.step = 0, 1
	scale := 1.0
	for k := 1; k <= 3; k++ {
		text := group(from + k)
		if text == "" {
			break
		}
		x, step, _ := parseNumber(text)
		if k > 1 && x >= 60 {
			return c, &fault{c.column, geo.Phrasef("%s are no %s", text, unitNames[k-1]), geo.Phrasef("minutes and seconds below 60")}
		}
		if k > 1 && c.step < scale*59 { // minutes after degrees that have decimals
			return c, &fault{c.column, geo.Phrasef("the degrees or minutes have decimals although smaller units follow"), geo.Phrasef("decimals in the last unit only")}
		}
		c.value += x * scale
		c.step = step * scale
		scale /= 60
	}
	return c, c.side(group(from), direction)
}

// side applies sign and direction.
func (c *coordinate) side(sign, direction string) *fault {
	negative := sign == "-"
	c.signed = sign != ""
	if negative {
		c.value = -c.value
	}
	if word := strings.Join(strings.Fields(strings.ReplaceAll(direction, ".", "")), " "); word != "" {
		d, ok := directions[word]
		if !ok {
			d = directions[strings.ReplaceAll(word, " ", "")]
		}
		if negative && d.sign > 0 {
			return &fault{c.column, geo.Phrasef("a minus and %q contradict each other", strings.ToUpper(word)), geo.Phrasef("one of the two")}
		}
		c.axis, c.signed, c.value = d.axis, true, math.Abs(c.value)*d.sign
	}
	return c.within()
}

func (c *coordinate) within() *fault {
	limit, name := 180.0, geo.Phrasef("longitude")
	if c.axis == latitude {
		limit, name = 90, geo.Phrasef("latitude")
	}
	if math.Abs(c.value) > limit {
		return &fault{c.column, geo.Phrasef("a %s of %g degrees does not exist", name, c.value), geo.Phrasef("at most %g degrees", limit)}
	}
	return nil
}

// parseNumber reads a number as people print it: with a decimal point or comma,
// and thousands set apart by the other. The step is what its last digit is worth.
func parseNumber(s string) (x, step float64, ok bool) {
	s = strings.ReplaceAll(s, " ", "")
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	last := strings.LastIndexAny(s, ".,")
	switch {
	case points+commas == 0:
	case points > 0 && commas > 0: // the last is the decimal one
		if strings.Count(s, s[last:last+1]) > 1 {
			return 0, 0, false
		}
		s = strings.NewReplacer(".", "", ",", "").Replace(s[:last]) + "." + s[last+1:]
	case points+commas > 1: // thousands
		if !grouped(s) {
			return 0, 0, false
		}
		s = strings.NewReplacer(".", "", ",", "").Replace(s)
	default:
		s = s[:last] + "." + s[last+1:]
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(x, 0) {
		return 0, 0, false
	}
	decimals := 0
	if i := strings.IndexByte(s, '.'); i >= 0 {
		decimals = len(s) - i - 1
	}
	// One mark and three digits after it may be thousands. No angle is that large.
	if points+commas == 1 && decimals == 3 && math.Abs(x) > 180 && math.Abs(x) < 1000 {
		return math.Round(x * 1000), 1, true
	}
	return x, math.Pow(10, -float64(decimals)), true
}

// grouped reports whether all groups after the first have three digits.
func grouped(s string) bool {
	for i, g := range strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' }) {
		if i > 0 && len(g) != 3 {
			return false
		}
	}
	return true
}
