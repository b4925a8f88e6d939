package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
)

// pageCursor is a place in the order of one query, as a next or prev link
// carries it. It survives a changed limit, but not a changed question.
type pageCursor struct {
	place    geo.Cursor
	backward bool
}

// cursorWire is the JSON inside a cursor; the names are short since it travels
// in every link. The check is no secret: it tells accidents and mixed-up links,
// and a made-up place shows nothing that a filter wouldn't.
type cursorWire struct {
	Values   []any  `json:"v,omitempty"`
	ID       string `json:"i"`
	Backward bool   `json:"b,omitempty"`
	Check    string `json:"c"`
}

// maxCursor bounds the text of a cursor: sort values can be long texts.
const maxCursor = 16 << 10

// appendCursor writes a cursor for a query that is told from others by question.
func appendCursor(dst []byte, c pageCursor, question inquiry) ([]byte, error) {
	w := cursorWire{ID: c.place.ID, Backward: c.backward}
	for _, v := range c.place.Values {
		switch v := v.(type) {
		case time.Time: // as a number, like days: not every year has a text that can be read back
			w.Values = append(w.Values, v.UnixMicro())
		case geo.Date:
			w.Values = append(w.Values, int64(v))
		default:
			w.Values = append(w.Values, v)
		}
	}
	buffer := takeBuffer()
	defer giveBuffer(buffer)
	b, check, err := w.append(*buffer, question)
	*buffer = b
	if err != nil {
		return dst, err
	}
	b = append(append(append(b[:len(b)-1], `,"c":"`...), check[:]...), `"}`...)
	*buffer = b
	return base64.RawURLEncoding.AppendEncode(dst, b), nil
}

// append writes the place as JSON, and gives the check that binds it to the question.
func (w cursorWire) append(dst []byte, question inquiry) (out []byte, check [12]byte, err error) {
	dst = append(question.append(dst), 0)
	start := len(dst)
	if dst, err = w.appendPlace(dst); err != nil {
		return dst, check, err
	}
	sum := sha256.Sum256(dst)
	base64.RawURLEncoding.Encode(check[:], sum[:9])
	return append(dst[:0], dst[start:]...), check, nil
}

// appendPlace writes all but the check as JSON.
func (w cursorWire) appendPlace(dst []byte) ([]byte, error) {
	dst = append(dst, '{')
	if len(w.Values) > 0 {
		values, err := json.Marshal(w.Values)
		if err != nil {
			return dst, fmt.Errorf("write cursor: %w", err)
		}
		dst = append(append(append(dst, `"v":`...), values...), ',')
	}
	dst = geojson.AppendString(append(dst, `"i":`...), w.ID)
	if w.Backward {
		dst = append(dst, `,"b":true`...)
	}
	return append(dst, '}'), nil
}

// decodeCursor reads a cursor that appendCursor wrote for the same question.
func decodeCursor(text string, question inquiry, collection *geo.Collection, sortBy []geo.SortKey) (*pageCursor, error) {
	damaged := geo.Invalidf("cursor", "the cursor is not one that this service gave out").Try("follow a next or prev link as it is, or leave cursor out to begin anew")
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(text) > maxCursor {
		return nil, damaged
	}
	var w cursorWire
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return nil, damaged
	}
	if _, check, err := w.append(nil, question); err != nil || string(check[:]) != w.Check {
		return nil, geo.Invalidf("cursor", "the cursor belongs to another query, or was changed").
			Try("keep filter, sortby, bbox, datetime and property parameters as they were, or leave cursor out to begin anew")
	}
	if len(w.Values) != len(sortBy) {
		return nil, damaged
	}
	c := &pageCursor{place: geo.Cursor{ID: w.ID}, backward: w.Backward}
	for i, key := range sortBy {
		p, ok := collection.Property(key.Property)
		if !ok {
			return nil, damaged
		}
		v, ok := cursorValue(w.Values[i], p.Type)
		if !ok {
			return nil, damaged
		}
		c.place.Values = append(c.place.Values, v)
	}
	return c, nil
}

// cursorValue gives a sort value the Go type that the property's values have.
func cursorValue(v any, t geo.PropertyType) (any, bool) {
	switch v := v.(type) {
	case nil:
		return nil, true
	case bool:
		return v, t == geo.Boolean
	case json.Number:
		n, err := v.Int64()
		switch t {
		case geo.Integer:
			return n, err == nil
		case geo.DateOnly:
			return geo.Date(n), err == nil && n == int64(int32(n)) // days
		case geo.Timestamp:
			return time.UnixMicro(n).UTC(), err == nil
		}
		f, err := v.Float64()
		return f, err == nil && t == geo.Number
	case string:
		return v, t == geo.String && !strings.ContainsRune(v, 0)
	}
	return nil, false
}

// placeOf is the place just behind a feature.
func placeOf(f *geo.Feature, sortBy []geo.SortKey) geo.Cursor {
	c := geo.Cursor{ID: f.ID}
	for _, key := range sortBy {
		c.Values = append(c.Values, f.Value(key.Property))
	}
	return c
}
