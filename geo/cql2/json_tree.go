package cql2

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"kawasan/geo"
)

// jsonDepth is how deep the JSON of a filter nests at most: an operation takes
// two levels, and a geometry adds a few.
const jsonDepth = 2*MaxDepth + 16

// jsonValue is a value of a JSON document with its place.
type jsonValue struct {
	// value is nil, bool, string, json.Number, []*jsonValue or map[string]*jsonValue.
	value  any
	parent *jsonValue
	key    string // in the parent; for a list the index
	offset int
}

// pointer gives the JSON pointer (RFC 6901).
func (v *jsonValue) pointer() string {
	if v.parent == nil {
		return ""
	}
	return v.parent.pointer() + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(v.key)
}

// jsonReader reads one document token by token, so that nesting is limited and
// positions are known.
type jsonReader struct {
	text    string
	decoder *json.Decoder
	values  int
	// lines are the offsets at which lines begin.
	lines []int
}

func newJSONReader(text string) *jsonReader {
	r := &jsonReader{text: text, decoder: json.NewDecoder(bytes.NewReader([]byte(text))), lines: []int{0}}
	r.decoder.UseNumber()
	for i := range len(text) {
		if text[i] == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
	return r
}

// position turns an offset in bytes into line and column.
func (r *jsonReader) position(offset int) Position {
	offset = min(max(offset, 0), len(r.text))
	line := len(r.lines)
	for low, high := 0, len(r.lines); low < high; {
		middle := (low + high) / 2
		if r.lines[middle] <= offset {
			line, low = middle+1, middle+1
		} else {
			high = middle
		}
	}
	return Position{Line: line, Column: utf8.RuneCountInString(r.text[r.lines[line-1]:offset]) + 1}
}

func (r *jsonReader) at(v *jsonValue) Position {
	p := r.position(v.offset)
	p.Pointer = v.pointer()
	return p
}

// document reads the whole text.
func (r *jsonReader) document() (*jsonValue, error) {
	v, err := r.read(nil, "", 0)
	if err != nil {
		return nil, err
	}
	end := int(r.decoder.InputOffset())
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, invalid(r.position(r.start(end)), "something follows the JSON of the filter").Try("one JSON object")
	}
	return v, nil
}

// start skips white space and separators to where the next token begins.
func (r *jsonReader) start(offset int) int {
	for offset < len(r.text) && strings.IndexByte(" \t\r\n,:", r.text[offset]) >= 0 {
		offset++
	}
	return offset
}

func (r *jsonReader) read(parent *jsonValue, key string, depth int) (*jsonValue, error) {
	v := &jsonValue{parent: parent, key: key, offset: r.start(int(r.decoder.InputOffset()))}
	if depth > jsonDepth {
		return nil, tooDeep(r.at(v))
	}
	if r.values++; r.values > 4*MaxVertices+4*MaxNodes {
		return nil, invalid(r.at(v), "the filter has too many values").Try("fewer or simpler conditions")
	}
	token, err := r.decoder.Token()
	if err != nil {
		return nil, r.syntax(err)
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '[' {
			return v, r.list(v, depth)
		}
		return v, r.object(v, depth)
	case string:
		if strings.ContainsRune(t, 0) {
			return nil, invalid(r.at(v), "the filter contains the character U+0000").Try("text without it")
		}
	}
	v.value = token
	return v, nil
}

func (r *jsonReader) list(v *jsonValue, depth int) error {
	items := []*jsonValue{}
	for r.decoder.More() {
		item, err := r.read(v, strconv.Itoa(len(items)), depth+1)
		if err != nil {
			return err
		}
		items = append(items, item)
	}
	v.value = items
	return r.close()
}

func (r *jsonReader) object(v *jsonValue, depth int) error {
	members := map[string]*jsonValue{}
	v.value = members
	for r.decoder.More() {
		offset := r.start(int(r.decoder.InputOffset()))
		token, err := r.decoder.Token()
		if err != nil {
			return r.syntax(err)
		}
		key, _ := token.(string)
		if _, twice := members[key]; twice {
			return invalid(r.position(offset), "the member %q appears twice", clip(key)).Try("each member once")
		}
		member, err := r.read(v, key, depth+1)
		if err != nil {
			return err
		}
		members[key] = member
	}
	return r.close()
}

func (r *jsonReader) close() error {
	if _, err := r.decoder.Token(); err != nil {
		return r.syntax(err)
	}
	return nil
}

// syntax explains what is wrong with the JSON without the words of the library.
func (r *jsonReader) syntax(err error) *geo.Error {
	offset := int(r.decoder.InputOffset())
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = max(int(syntax.Offset)-1, 0)
	}
	offset = r.start(offset)
	at := r.position(offset)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || offset >= len(r.text) {
		return invalid(r.position(len(r.text)), "the JSON ends before it is complete").Try("closing brackets and quotes").Because(err)
	}
	c, _ := utf8.DecodeRuneInString(r.text[offset:])
	return invalid(at, "the JSON can't be read here: found %q", c).
		Try(`JSON such as {"op": "=", "args": [{"property": "name"}, "Kariangau"]}; numbers are finite`).Because(err)
}

// kind names the kind of a JSON value for a message.
func (v *jsonValue) kind() geo.Phrase {
	switch t := v.value.(type) {
	case nil:
		return geo.Phrasef("null")
	case bool:
		return geo.Phrasef("%t", t)
	case string:
		return geo.Phrasef(`the text "%s"`, clip(t))
	case json.Number:
		return geo.Phrasef("the number %s", clip(t.String()))
	case []*jsonValue:
		return geo.Phrasef("a list")
	}
	return geo.Phrasef("an object")
}
