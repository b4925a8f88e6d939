package cql2

import (
	"strings"
	"unicode/utf8"
)

// pattern is a compiled pattern of LIKE: pieces of text between runs of %, in
// which _ stands for any one character.
type pattern struct {
	pieces []piece
	// open says that text may precede the first and follow the last piece.
	openStart, openEnd bool
}

// piece is a list of characters; anyCharacter stands for _.
type piece struct {
	runes []rune
	// text is the piece if it has no _.
	text  string
	plain bool
}

const anyCharacter rune = -1

// newPattern reads a pattern: % is any text, _ any one character, \ takes the
// next character as it is. A backslash at the end stands for itself.
func newPattern(s string) *pattern {
	p := &pattern{}
	var current []rune
	closePiece := func() {
		if len(current) == 0 {
			return
		}
		part := piece{runes: current, plain: true}
		for _, r := range current {
			part.plain = part.plain && r != anyCharacter
		}
		if part.plain {
			part.text = string(current)
		}
		p.pieces = append(p.pieces, part)
		current = nil
	}
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		p.openEnd = false
		switch r := runes[i]; {
		case r == '%':
			if len(p.pieces) == 0 && len(current) == 0 {
				p.openStart = true
			}
			closePiece()
			p.openEnd = true
		case r == '_':
			current = append(current, anyCharacter)
		case r == '\\' && i+1 < len(runes):
			i++
			current = append(current, runes[i])
		default:
			current = append(current, r)
		}
	}
	closePiece()
	return p
}

// match reports whether the whole text fits. It takes the leftmost place for each
// piece in turn, so that the time is at most length of text times length of pattern.
func (p *pattern) match(s string) bool {
	if len(p.pieces) == 0 {
		return s == "" || p.openEnd
	}
	pieces := p.pieces
	if !p.openStart {
		n, ok := pieces[0].prefix(s)
		if !ok {
			return false
		}
		s, pieces = s[n:], pieces[1:]
		if len(pieces) == 0 {
			return s == "" || p.openEnd
		}
	}
	var last *piece
	if !p.openEnd {
		last, pieces = &pieces[len(pieces)-1], pieces[:len(pieces)-1]
	}
	for i := range pieces {
		at, n := pieces[i].find(s)
		if at < 0 {
			return false
		}
		s = s[at+n:]
	}
	if last == nil {
		return true
	}
	return last.suffix(s)
}

// prefix gives how many bytes at the start of s the piece takes.
func (p *piece) prefix(s string) (int, bool) {
	if p.plain {
		return len(p.text), strings.HasPrefix(s, p.text)
	}
	at := 0
	for _, want := range p.runes {
		if at >= len(s) {
			return 0, false
		}
		r, n := utf8.DecodeRuneInString(s[at:])
		if want != anyCharacter && r != want {
			return 0, false
		}
		at += n
	}
	return at, true
}

// find gives the first place at which the piece fits, and its length there.
func (p *piece) find(s string) (at, length int) {
	if p.plain {
		return strings.Index(s, p.text), len(p.text)
	}
	for at < len(s) {
		if n, ok := p.prefix(s[at:]); ok {
			return at, n
		}
		_, n := utf8.DecodeRuneInString(s[at:])
		at += n
	}
	return -1, 0
}

// suffix reports whether s ends with the piece.
func (p *piece) suffix(s string) bool {
	if p.plain {
		return strings.HasSuffix(s, p.text)
	}
	from := len(s)
	for range p.runes {
		if from == 0 {
			return false
		}
		_, n := utf8.DecodeLastRuneInString(s[:from])
		from -= n
	}
	_, ok := p.prefix(s[from:])
	return ok
}
