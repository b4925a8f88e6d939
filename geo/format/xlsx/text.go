package xlsx

import (
	"strings"
	"unicode/utf8"
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

// appendXML writes text for elements and attributes. What XML can't hold becomes
// U+FFFD; line ends become line feeds, as in every cell; and _x0041_, which readers
// would take for an A, has its first character escaped in that way.
func appendXML(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				dst = append(dst, '\n')
			}
		case r == '_' && escaped(s[i:]):
			dst = append(dst, "_x005F_"...)
		case r < ' ' && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff, r == utf8.RuneError:
			dst = append(dst, "\ufffd"...)
		default:
			dst = append(dst, s[i:i+size]...)
		}
		i += size
	}
	return dst
}

// escaped recognises _xHHHH_.
func escaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	return strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}
