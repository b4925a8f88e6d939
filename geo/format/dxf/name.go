package dxf

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"kawasan/geo/format/style"
)

// longestName is how many characters the name of a layer may have in release 12.
const longestName = 31

// layerName gives the layer of a collection and a kind of boundary: capitals,
// digits, $, - and _ are all that release 12 knows.
func layerName(collection, kind string) string {
	name := collection
	if kind != "" {
		name += "_" + kind
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '$', r == '-', r == '_':
			return r
		}
		return '_'
	}, strings.ToUpper(name))
	if len(name) > longestName {
		name = name[:longestName]
	}
	return name
}

// appendText writes text for a group: control characters become blanks, what is
// not ASCII \U+XXXX, and the signs with a meaning of their own are kept from it.
// It stops before more than limit bytes; rest is what did not fit.
func appendText(dst []byte, s string, limit int) (out []byte, rest string) {
	start := len(dst)
	for i, r := range s {
		n := len(dst)
		switch {
		case r < ' ' || r == 0x7f:
			dst = append(dst, ' ')
		case r == '^':
			dst = append(dst, "^ "...)
		case r == '\\' && strings.HasPrefix(s[i+1:], "U+"), r == '\\' && strings.HasPrefix(s[i+1:], "M+"):
			dst = append(dst, `\U+005C`...)
		case r == '%' && i > 0 && s[i-1] == '%':
			dst = append(dst, `\U+0025`...)
		case r < 0x7f:
			dst = append(dst, byte(r))
		case r > 0xffff:
			dst = fmt.Appendf(dst, `\U+%04X`, utf8.RuneError)
		default:
			dst = fmt.Appendf(dst, `\U+%04X`, r)
		}
		if len(dst)-start > limit {
			return dst[:n], s[i:]
		}
	}
	return dst, ""
}

// colour gives the AutoCAD colour that is nearest to that of the collection.
func colour(collection string) int {
	known := map[int][3]int{
		1: {255, 0, 0}, 2: {255, 255, 0}, 3: {0, 255, 0}, 4: {0, 255, 255}, 5: {0, 0, 255}, 6: {255, 0, 255}, 8: {128, 128, 128},
		30: {255, 127, 0}, 32: {204, 102, 0}, 34: {153, 76, 0}, 52: {204, 204, 0}, 56: {127, 127, 0}, 94: {0, 153, 0}, 122: {0, 204, 153},
		140: {0, 191, 255}, 150: {0, 127, 255}, 152: {0, 102, 204}, 221: {255, 127, 223},
	}
	c := style.Of(collection).Colour
	best, nearest := 7, 1<<30
	for index, rgb := range known {
		r, g, b := rgb[0]-int(c.R), rgb[1]-int(c.G), rgb[2]-int(c.B)
		if d := r*r + g*g + b*b; d < nearest || d == nearest && index < best {
			best, nearest = index, d
		}
	}
	return best
}
