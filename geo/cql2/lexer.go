package cql2

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kawasan/geo"
)

type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenName
	tokenQuotedName
	tokenString
	tokenNumber
	tokenSymbol
)

// token is a word of the text. text is the name, the string without quotes and
// escapes, the number as written, or the symbol.
type token struct {
	kind tokenKind
	text string
	at   Position
}

// is reports whether the token is that symbol, or that keyword in any case.
func (t token) is(word string) bool {
	switch t.kind {
	case tokenSymbol:
		return t.text == word
	case tokenName:
		return strings.EqualFold(t.text, word)
	}
	return false
}

// found says what the token is, for a message.
func (t token) found() geo.Phrase {
	switch t.kind {
	case tokenEnd:
		return geo.Phrasef("the end")
	case tokenString:
		return geo.Phrasef("the text '%s'", clip(t.text))
	case tokenQuotedName:
		return geo.Phrasef(`the name "%s"`, clip(t.text))
	default:
		return geo.Phrasef("'%s'", clip(t.text))
	}
}

// lexer splits text into tokens.
type lexer struct {
	text         string
	offset       int
	line, column int
}

func (l *lexer) position() Position { return Position{Line: l.line, Column: l.column} }

// advance passes n bytes, counting lines and characters.
func (l *lexer) advance(n int) {
	for _, r := range l.text[l.offset : l.offset+n] {
		if r == '\n' {
			l.line++
			l.column = 1
			continue
		}
		l.column++
	}
	l.offset += n
}

// tokens splits all of the text; the last token is the end.
func tokens(text string) ([]token, error) {
	l := &lexer{text: text, line: 1, column: 1}
	var all []token
	for {
		t, err := l.next()
		if err != nil {
			return nil, err
		}
		all = append(all, t)
		if t.kind == tokenEnd {
			return all, nil
		}
	}
}

func (l *lexer) next() (token, error) {
	for l.offset < len(l.text) {
		r, n := utf8.DecodeRuneInString(l.text[l.offset:])
		if !isSpace(r) {
			break
		}
		l.advance(n)
	}
	t := token{at: l.position()}
	if l.offset == len(l.text) {
		return t, nil
	}
	rest := l.text[l.offset:]
	r, n := utf8.DecodeRuneInString(rest)
	switch {
	case r == '\'':
		return l.str(t)
	case r == '"':
		return l.quoted(t)
	case isDigit(rest[0]) || r == '.' && len(rest) > 1 && isDigit(rest[1]):
		return l.number(t)
	case isNameStart(r):
		end := strings.IndexFunc(rest, func(r rune) bool { return !isNamePart(r) })
		if end < 0 {
			end = len(rest)
		}
		t.kind, t.text = tokenName, rest[:end]
	default:
		for _, s := range []string{"<>", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/", "%", "^"} {
			if strings.HasPrefix(rest, s) {
				t.kind, t.text = tokenSymbol, s
				break
			}
		}
	}
	if t.kind == tokenEnd {
		return t, l.unexpected(t.at, r, rest[:n])
	}
	l.advance(len(t.text))
	return t, nil
}

func (l *lexer) unexpected(at Position, r rune, text string) *geo.Error {
	e := invalid(at, "the character %q (%U) can't stand here", clip(text), r)
	switch r {
	case '!', '≠':
		return e.Try("<> for not equal")
	case '&', '|':
		return e.Try("AND, OR")
	case '‘', '’', '“', '”', '`':
		return e.Try("straight quotes: 'text', \"name\"")
	case ';':
		return e.Try("one expression without a semicolon")
	}
	return e.Try("a name, a number, 'text' or an operator; names with other characters go in double quotes")
}

// str reads 'text'; a quote inside is doubled or follows a backslash. The
// grammar lets a backslash also be itself before the closing quote; it is taken
// so only where the text would not be closed otherwise.
func (l *lexer) str(t token) (token, error) {
	rest := l.text[l.offset:]
	var b strings.Builder
	for i := 1; i < len(rest); {
		switch {
		case strings.HasPrefix(rest[i:], `\'`) && !strings.Contains(rest[i+2:], "'"):
			// no quote follows that could close the text, so this one does
			b.WriteByte('\\')
			i++
		case strings.HasPrefix(rest[i:], `''`), strings.HasPrefix(rest[i:], `\'`):
			b.WriteByte('\'')
			i += 2
		case rest[i] == '\'':
			t.kind, t.text = tokenString, b.String()
			l.advance(i + 1)
			return t, nil
		default:
			b.WriteByte(rest[i])
			i++
		}
	}
	return t, invalid(t.at, "the text that begins here is not closed: '%s", clip(b.String())).
		Try("a closing '; a quote inside text is written ''")
}

// quoted reads "name"; a double quote inside is written twice.
func (l *lexer) quoted(t token) (token, error) {
	rest := l.text[l.offset:]
	var b strings.Builder
	for i := 1; i < len(rest); i++ {
		if rest[i] != '"' {
			b.WriteByte(rest[i])
			continue
		}
		if i+1 < len(rest) && rest[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		t.kind, t.text = tokenQuotedName, b.String()
		l.advance(i + 1)
		if t.text == "" {
			return t, invalid(t.at, "the name between the double quotes is empty").Try("the name of a property")
		}
		return t, nil
	}
	return t, invalid(t.at, "the name that begins here is not closed: \"%s", clip(b.String())).Try("a closing \"")
}

// number reads digits, decimals and exponent, without sign.
func (l *lexer) number(t token) (token, error) {
	rest := l.text[l.offset:]
	i := digits(rest, 0)
	if i < len(rest) && rest[i] == '.' {
		i = digits(rest, i+1)
	}
	if i < len(rest) && (rest[i] == 'e' || rest[i] == 'E') {
		j := i + 1
		if j < len(rest) && (rest[j] == '+' || rest[j] == '-') {
			j++
		}
		end := digits(rest, j)
		if end == j {
			return t, invalid(t.at, "the number '%s' has no exponent after its E", clip(rest[:j])).Try("a number such as 1.5E-3")
		}
		i = end
	}
	if r, n := utf8.DecodeRuneInString(rest[i:]); i < len(rest) && isNamePart(r) {
		return t, invalid(t.at, "the number '%s' is followed by %q", clip(rest[:i]), rest[i:i+n]).
			Try("a space after the number, or double quotes around a name that begins with a digit")
	}
	t.kind, t.text = tokenNumber, rest[:i]
	l.advance(i)
	return t, nil
}

func digits(s string, from int) int {
	for from < len(s) && isDigit(s[from]) {
		from++
	}
	return from
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isSpace follows the production whitespace of the grammar.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' }

// isNameStart follows the production identifierStart.
func isNameStart(r rune) bool {
	switch {
	case r < 0x80:
		return r == ':' || r == '_' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	case isSpace(r) || r == utf8.RuneError:
		return false
	}
	in := func(low, high rune) bool { return r >= low && r <= high }
	return in(0xC0, 0xD6) || in(0xD8, 0xF6) || in(0xF8, 0x2FF) || in(0x370, 0x37D) || in(0x37F, 0x1FFE) ||
		in(0x200C, 0x200D) || in(0x2070, 0x218F) || in(0x2C00, 0x2FEF) || in(0x3001, 0xD7FF) ||
		in(0xF900, 0xFDCF) || in(0xFDF0, 0xFFFD) || in(0x10000, 0xEFFFF)
}

// isNamePart follows the production identifierPart.
func isNamePart(r rune) bool {
	return isNameStart(r) || r == '.' || r >= '0' && r <= '9' || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}
