// Package xmltext escapes text for XML.
package xmltext

import "unicode/utf8"

// Append writes text for elements and attributes, and for HTML. What XML can't
// hold becomes U+FFFD; a carriage return is escaped, since XML would drop it.
func Append(dst []byte, s string) []byte {
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
			dst = append(dst, "&#13;"...)
		case r < ' ' && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff, r == utf8.RuneError:
			dst = append(dst, "\ufffd"...)
		default:
			dst = append(dst, s[i:i+size]...)
		}
		i += size
	}
	return dst
}

// Escape gives text as Append writes it.
func Escape(s string) string { return string(Append(make([]byte, 0, len(s)), s)) }
