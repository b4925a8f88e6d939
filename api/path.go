package api

import (
	"bytes"
	"strings"

	"github.com/valyala/fasthttp"
)

// Ids may have slashes, in tables that others made. Their links have them as %2F, which the
// router would take for the end of a segment: until it has chosen, another character, which
// no text has, stands there.
const (
	standsForSlash = "\uFDD0"
	escapedSlash   = "%EF%B7%90"
)

// hideSlashes puts that character for each encoded slash of the path.
func hideSlashes(request *fasthttp.Request) {
	uri := request.Header.RequestURI()
	path, query, asked := bytes.Cut(uri, []byte("?"))
	if !bytes.Contains(path, []byte("%2F")) && !bytes.Contains(path, []byte("%2f")) {
		return
	}
	text := strings.NewReplacer("%2F", escapedSlash, "%2f", escapedSlash).Replace(string(path))
	if asked {
		text += "?" + string(query)
	}
	request.SetRequestURI(text)
}

// Params gives a variable of the path.
func (x *exchange) Params(name string, otherwise ...string) string {
	return strings.ReplaceAll(x.Ctx.Params(name, otherwise...), standsForSlash, "/")
}

// escapePath percent-encodes a decoded path for use in a link.
func escapePath(path string) string {
	plain := true
	for i := range len(path) {
		plain = plain && (path[i] == '/' || isPlain(path[i]))
	}
	if plain {
		return path
	}
	var b strings.Builder
	for segment := range strings.SplitSeq(path, "/") {
		b.WriteString(escapeSegment(segment))
		b.WriteByte('/')
	}
	return strings.TrimSuffix(b.String(), "/")
}

// escapeSegment percent-encodes one segment of a path, such as an id.
func escapeSegment(s string) string {
	const hex = "0123456789ABCDEF"
	plain := true
	for i := range len(s) {
		plain = plain && isPlain(s[i])
	}
	if plain {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if isPlain(c) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

// isPlain reports whether a character of a path stands for itself in a link.
func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~:,@!$()*", c) >= 0
}
