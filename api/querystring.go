package api

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kawasan/geo"
)

// maxParameters bounds how many pairs a query string may hold.
const maxParameters = 256

// parseQuery decodes a raw query string. lookup gives the declaration of a name,
// nil if there is none; unknown makes the error for that.
func parseQuery(raw string, lookup func(string) *parameter, unknown func(string) error) (values, error) {
	if raw == "" {
		return nil, nil
	}
	out := make(values, 0, min(strings.Count(raw, "&")+3, maxParameters))
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		if len(out) == maxParameters {
			return nil, geo.Errorf(geo.Invalid, "the query has more than %d parameters", maxParameters).Try("fewer parameters")
		}
		rawName, rawText, _ := strings.Cut(pair, "=")
		name, err := unescapeQuery(rawName)
		if err != nil {
			return nil, err
		}
		p := lookup(name)
		if p == nil {
			return nil, unknown(name)
		}
		text, err := unescapeQuery(rawText)
		if err != nil {
			return nil, err.In(name)
		}
		if text == "" && p.emptyIsNone {
			continue
		}
		i := slices.IndexFunc(out, func(v value) bool { return v.name == name })
		switch {
		case i < 0:
			out = append(out, value{parameter: p, name: name, text: text, encoded: asLinked(pair, len(rawName))})
		case p.lastWins:
			out[i].text, out[i].encoded = text, asLinked(pair, len(rawName))
		case out[i].text != text:
			return nil, geo.Invalidf(name, "%s is given twice with different values", name).Try("give it once")
		}
	}
	return out, nil
}

// asLinked gives a pair that came as a link would have it, "" for any other. name is
// the length of the name before the equals sign.
func asLinked(pair string, name int) string {
	for i := range len(pair) {
		if !safeInQuery[pair[i]] && i != name {
			return ""
		}
	}
	if name == len(pair) {
		return "" // without an equals sign
	}
	return pair
}

// unescapeQuery decodes one name or value and refuses what can't be text.
func unescapeQuery(s string) (string, *geo.Error) {
	decoded := s
	if strings.ContainsAny(s, "%+") {
		b := make([]byte, 0, len(s))
		for i := 0; i < len(s); i++ {
			switch s[i] {
			case '+':
				b = append(b, ' ')
			case '%':
				if i+2 >= len(s) || unhex(s[i+1]) < 0 || unhex(s[i+2]) < 0 {
					return "", geo.Errorf(geo.Invalid, "the query has a %% that two hexadecimal digits don't follow").
						Try("write a percent sign as %%25")
				}
				b = append(b, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
				i += 2
			default:
				b = append(b, s[i])
			}
		}
		decoded = string(b)
	}
	return decoded, checkText(decoded)
}

// checkText refuses bytes that are not UTF-8 and U+0000, which no store can hold.
func checkText(s string) *geo.Error {
	if !utf8.ValidString(s) {
		return geo.Errorf(geo.Invalid, "the request has bytes that are not UTF-8").Try("percent-encode the text as UTF-8")
	}
	if strings.IndexByte(s, 0) >= 0 {
		return geo.Errorf(geo.Invalid, "the request has the character U+0000").Try("leave it out")
	}
	return nil
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
