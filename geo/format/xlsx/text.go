package xlsx

import (
	"strings"

	"kawasan/geo/xmltext"
)

// cut shortens text to the UTF-16 units that a cell holds.
func cut(s string) string {
	if len(s) <= longestText {
		return s
	}
	units := 0
	for i, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units > longestText {
			return s[:i]
		}
	}
	return s
}

// appendXML writes text for elements and attributes. Line ends become line feeds, as
// in every cell; and _x0041_, which readers would take for an A, has its first
// character escaped in that way.
func appendXML(dst []byte, s string) []byte {
	if strings.Contains(s, "\r") {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	}
	for i := 0; ; {
		next := strings.Index(s[i:], "_x")
		if next < 0 {
			return xmltext.Append(dst, s[i:])
		}
		dst = xmltext.Append(dst, s[i:i+next])
		if i += next; escaped(s[i:]) {
			dst = append(dst, "_x005F"...)
		}
		dst = append(dst, '_')
		i++
	}
}

// escaped recognises _xHHHH_.
func escaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	return strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}
