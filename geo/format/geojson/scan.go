package geojson

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// scan walks over JSON that is known to be valid (encoding/json has checked it):
// it finds the parts, and leaves it to others to read them.
type scan struct {
	data []byte
	at   int
}

func (s *scan) space() {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case ' ', '\t', '\r', '\n', ',', ':':
			s.at++
		default:
			return
		}
	}
}

// peek gives the next character that isn't white space or a separator; 0 at the end.
func (s *scan) peek() byte {
	s.space()
	if s.at < len(s.data) {
		return s.data[s.at]
	}
	return 0
}

// enter steps into a list or an object.
func (s *scan) enter() { s.at++ }

// leave reports whether the list or object ends here, and steps out of it if so.
func (s *scan) leave() bool {
	c := s.peek()
	if c == ']' || c == '}' || c == 0 {
		s.at++
		return true
	}
	return false
}

// value gives the bytes of the next value.
func (s *scan) value() []byte {
	c := s.peek()
	start := s.at
	switch c {
	case '"':
		s.text()
	case '{', '[':
		for depth := 0; s.at < len(s.data); {
			switch s.data[s.at] {
			case '"':
				s.text()
				continue
			case '{', '[':
				depth++
			case '}', ']':
				depth--
			}
			s.at++
			if depth == 0 {
				break
			}
			continue
		}
	default:
		for s.at < len(s.data) && strings.IndexByte(",]} \t\r\n", s.data[s.at]) < 0 {
			s.at++
		}
	}
	return s.data[start:min(s.at, len(s.data))]
}

// text steps over a string.
func (s *scan) text() {
	for s.at++; s.at < len(s.data); s.at++ {
		switch s.data[s.at] {
		case '\\':
			s.at++
		case '"':
			s.at++
			return
		}
	}
}

// number reads the next number; false if something else stands there.
func (s *scan) number() (float64, bool) {
	c := s.peek()
	if c != '-' && (c < '0' || c > '9') {
		return 0, false
	}
	start := s.at
	var mantissa uint64
	digits, decimals, point := 0, 0, false
	i := s.at
	if c == '-' {
		i++
	}
	for ; i < len(s.data); i++ {
		c := s.data[i]
		switch {
		case c >= '0' && c <= '9':
			mantissa = mantissa*10 + uint64(c-'0')
			digits++
			if point {
				decimals++
			}
			continue
		case c == '.':
			point = true
			continue
		}
		break
	}
	if i < len(s.data) && (s.data[i] == 'e' || s.data[i] == 'E') || digits > 15 {
		raw := s.value()
		v, err := strconv.ParseFloat(string(raw), 64)
		return v, err == nil
	}
	s.at = i
	// Both are exact in a float64, so that the quotient is the nearest one (Clinger 1990).
	v := float64(mantissa) / powers[decimals]
	if s.data[start] == '-' {
		v = -v
	}
	return v, true
}

var powers = func() (p [16]float64) {
	for i := range p {
		p[i] = math.Pow10(i)
	}
	return p
}()

// Each calls visit for each member of an object that is valid JSON; false if it is no object.
func Each(object []byte, visit func(name string, value []byte) error) (bool, error) {
	s := scan{data: object}
	if s.peek() != '{' {
		return false, nil
	}
	s.enter()
	for !s.leave() {
		name, err := unquote(s.value())
		if err != nil {
			return true, err
		}
		if err := visit(name, s.value()); err != nil {
			return true, err
		}
	}
	return true, nil
}

// unquote reads a JSON string.
func unquote(raw []byte) (string, error) {
	if len(raw) >= 2 && raw[0] == '"' {
		plain := raw[1 : len(raw)-1]
		simple := true
		for _, c := range plain {
			if c == '\\' || c >= 0x80 {
				simple = false
				break
			}
		}
		if simple {
			return string(plain), nil
		}
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return "", fmt.Errorf("read a string: %w", err)
	}
	return text, nil
}

// Depth is how deep lists and objects nest in valid JSON.
func Depth(raw []byte) int {
	s, depth, deepest := scan{data: raw}, 0, 0
	for s.at < len(raw) {
		switch raw[s.at] {
		case '"':
			s.text()
			continue
		case '{', '[':
			depth++
			deepest = max(deepest, depth)
		case '}', ']':
			depth--
		}
		s.at++
	}
	return deepest
}
