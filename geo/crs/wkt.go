package crs

import (
	"strconv"
	"strings"

	"kawasan/geo"
)

// Limits of a definition that is read: real ones have some thousand bytes.
const (
	maxDefinition = 64 << 10
	maxNesting    = 32
)

// node is an element of well-known text: KEYWORD[value, ...]. The grammar is that of
// WKT1, of ESRI and of ISO 19162, which differ only in their keywords.
type node struct {
	keyword  string // upper case
	texts    []string
	numbers  []float64
	children []*node
}

// child gives the first child of one of the keywords; nil if there is none, also of nil.
func (n *node) child(keywords ...string) *node {
	if n == nil {
		return nil
	}
	for _, k := range keywords {
		for _, c := range n.children {
			if c.keyword == k {
				return c
			}
		}
	}
	return nil
}

// name is the first text; "" if there is none.
func (n *node) name() string {
	if n == nil || len(n.texts) == 0 {
		return ""
	}
	return n.texts[0]
}

// number gives a value by its place among the numbers.
func (n *node) number(i int) (float64, bool) {
	if n == nil || i >= len(n.numbers) {
		return 0, false
	}
	return n.numbers[i], true
}

// parseWKT reads well-known text. Errors name the byte.
func parseWKT(s string) (*node, error) {
	if len(s) > maxDefinition {
		return nil, geo.Errorf(geo.Invalid, "it has more than %d bytes", maxDefinition)
	}
	p := &wktParser{s: s}
	p.blanks()
	n, err := p.element(0)
	if err != nil {
		return nil, err
	}
	p.blanks()
	if p.at < len(p.s) && p.s[p.at] != 0 { // files may pad with zeros
		return nil, geo.Errorf(geo.Invalid, "something follows the definition at byte %d", p.at)
	}
	return n, nil
}

type wktParser struct {
	s  string
	at int
}

func (p *wktParser) blanks() {
	for p.at < len(p.s) && strings.IndexByte(" \t\r\n", p.s[p.at]) >= 0 {
		p.at++
	}
}

func (p *wktParser) peek() byte {
	if p.at < len(p.s) {
		return p.s[p.at]
	}
	return 0
}

func (p *wktParser) word() string {
	from := p.at
	for p.at < len(p.s) && (p.s[p.at] == '_' || p.s[p.at] >= 'A' && p.s[p.at] <= 'Z' || p.s[p.at] >= 'a' && p.s[p.at] <= 'z' || p.at > from && p.s[p.at] >= '0' && p.s[p.at] <= '9') {
		p.at++
	}
	return strings.ToUpper(p.s[from:p.at])
}

// element reads KEYWORD[...], or KEYWORD alone, which is a value such as EAST.
func (p *wktParser) element(depth int) (*node, error) {
	if depth > maxNesting {
		return nil, geo.Errorf(geo.Invalid, "it is nested more than %d deep", maxNesting)
	}
	n := &node{keyword: p.word()}
	if n.keyword == "" {
		return nil, geo.Errorf(geo.Invalid, "a keyword is missing at byte %d", p.at)
	}
	p.blanks()
	opening := p.peek()
	if opening != '[' && opening != '(' {
		return n, nil
	}
	closing := byte(']')
	if opening == '(' {
		closing = ')'
	}
	for {
		p.at++ // the bracket or comma
		p.blanks()
		if err := p.value(n, depth); err != nil {
			return nil, err
		}
		p.blanks()
		switch p.peek() {
		case ',':
		case closing:
			p.at++
			return n, nil
		default:
			return nil, geo.Errorf(geo.Invalid, "a comma or bracket is missing at byte %d", p.at)
		}
	}
}

func (p *wktParser) value(n *node, depth int) error {
	switch c := p.peek(); {
	case c == '"':
		s, err := p.quoted()
		n.texts = append(n.texts, s)
		return err
	case c >= '0' && c <= '9', c == '-', c == '+', c == '.':
		from := p.at
		for strings.IndexByte("0123456789+-.eE", p.peek()) >= 0 && p.at < len(p.s) {
			p.at++
		}
		x, err := strconv.ParseFloat(p.s[from:p.at], 64)
		if err != nil {
			return geo.Errorf(geo.Invalid, "a number is not readable at byte %d", from)
		}
		n.numbers = append(n.numbers, x)
		return nil
	}
	child, err := p.element(depth + 1)
	if err == nil {
		n.children = append(n.children, child)
	}
	return err
}

// quoted reads a text in quotes; a doubled quote stands for one.
func (p *wktParser) quoted() (string, error) {
	var b strings.Builder
	from := p.at
	for p.at++; p.at < len(p.s); p.at++ {
		if p.s[p.at] != '"' {
			b.WriteByte(p.s[p.at])
			continue
		}
		if p.at++; p.peek() != '"' {
			return b.String(), nil
		}
		b.WriteByte('"')
	}
	return "", geo.Errorf(geo.Invalid, "the text that begins at byte %d does not end", from)
}
