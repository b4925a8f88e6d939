package corners

import (
	"regexp"
	"strconv"
	"strings"

	"kawasan/geo"
)

// sexagesimal reads a line whose degrees, minutes and seconds stand in a column each, as a
// spreadsheet has them: six numbers at its end, with directions behind each three or
// without. No pair of other coordinates has as many. Before them stands the number of the corner.
func sexagesimal(line string) (found []coordinate, label string, f *fault) {
	for _, s := range append(separators, "", " ") {
		if s != "" && !strings.Contains(line, s) {
			continue
		}
		c := cells{left: trimmed(split(line, s))}
		second, ok := c.angle()
		if !ok {
			continue
		}
		first, ok := c.angle()
		if !ok {
			continue
		}
		for k, parts := range [][]field{first, second} {
			one, f := angleOf(parts)
			if f != nil {
				return nil, "", f
			}
			if one.units = len(c.left) + 1; k > 0 {
				one.units += len(first)
			}
			found = append(found, one)
		}
		if n := len(c.left); n > 0 {
			label = c.left[n-1].text
		}
		return found, label, nil
	}
	return nil, "", nil
}

// trimmed leaves out the empty fields at the end.
func trimmed(fields []field) []field {
	for len(fields) > 0 && fields[len(fields)-1].text == "" {
		fields = fields[:len(fields)-1]
	}
	return fields
}

// cells are what is left of a line, to be taken from its end.
type cells struct{ left []field }

// angle takes degrees, minutes, seconds and, if there is one, the direction.
func (c *cells) angle() ([]field, bool) {
	n := 3
	if len(c.left) > 0 {
		if _, is := directions[c.left[len(c.left)-1].text]; is {
			n = 4
		}
	}
	if len(c.left) < n {
		return nil, false
	}
	taken := c.left[len(c.left)-n:]
	for k, f := range taken[:3] {
		if whole := k < 2; !numeric.MatchString(f.text) || whole && strings.ContainsAny(f.text, ".,") {
			return nil, false
		}
	}
	if degrees, err := strconv.Atoi(taken[0].text); err != nil || degrees < -180 || degrees > 180 {
		return nil, false
	}
	c.left = c.left[:len(c.left)-n]
	return taken, true
}

// angleOf puts degrees, minutes and seconds together.
func angleOf(taken []field) (coordinate, *fault) {
	sign, degrees := "", taken[0].text
	if strings.HasPrefix(degrees, "-") || strings.HasPrefix(degrees, "+") {
		sign, degrees = degrees[:1], degrees[1:]
	}
	c := coordinate{angle: true, column: taken[0].column}
	scale := 1.0
	for k, text := range []string{degrees, taken[1].text, taken[2].text} {
		x, step, ok := parseNumber(text)
		if !ok || k > 0 && (x >= 60 || x < 0) {
			return c, &fault{taken[k].column, geo.Phrasef("%s are no %s", text, unitNames[k]), geo.Phrasef("minutes and seconds below 60")}
		}
		c.value += x * scale
		c.step = step * scale
		scale /= 60
	}
	direction := ""
	if len(taken) > 3 {
		direction = taken[3].text
	}
	return c, c.side(sign, direction)
}

// unitNames are those of the parts of an angle.
var unitNames = [...]geo.Phrase{geo.Phrasef("degrees"), geo.Phrasef("minutes"), geo.Phrasef("seconds")}

// unitLine is a second line of headings, of nothing but units.
var unitLine = regexp.MustCompile(`^[\s;|,()°'"]*((` + units + `)[\s;|,()°'"]*)*$`)
