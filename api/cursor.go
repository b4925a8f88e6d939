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
)

// pageCursor is a place in the order of one query, as a next or prev link
// carries it. It survives a changed limit, but not a changed question.
type pageCursor struct {
	place    geo.Cursor
	backward bool
}

// cursorWire is the JSON inside a cursor; the names are short since it travels
// in every link.
type cursorWire struct {
	Values   []any  `json:"v,omitempty"`
	ID       string `json:"i"`
	Backward bool   `json:"b,omitempty"`
	Check    string `json:"c"`
}

// maxCursor bounds the text of a cursor: sort values can be long texts.
const maxCursor = 16 << 10

// encodeCursor writes a cursor for a query that is told from others by question.
func encodeCursor(c pageCursor, question string) (string, error) {
	w := cursorWire{ID: c.place.ID, Backward: c.backward}
	for _, v := range c.place.Values {
		switch v := v.(type) {
		case time.Time:
			w.Values = append(w.Values, geo.FormatTimestamp(v))
		default:
			w.Values = append(w.Values, v)
		}
	}
	check, err := w.check(question)
	if err != nil {
		return "", err
	}
	w.Check = check
	b, err := json.Marshal(w)
	return base64.RawURLEncoding.EncodeToString(b), err
}

// check binds the place to the question. It is no secret: it tells accidents
// and mixed-up links, and a made-up place shows nothing that a filter wouldn't.
func (w cursorWire) check(question string) (string, error) {
	w.Check = ""
	b, err := json.Marshal(w)
	if err != nil {
		return "", fmt.Errorf("write cursor: %w", err)
	}
	h := sha256.New()
	h.Write([]byte(question))
	h.Write([]byte{0})
	h.Write(b)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:9]), nil
}

// decodeCursor reads a cursor that encodeCursor wrote for the same question.
func decodeCursor(text, question string, collection *geo.Collection, sortBy []geo.SortKey) (*pageCursor, error) {
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
	if check, err := w.check(question); err != nil || check != w.Check {
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
		if t == geo.Integer {
			n, err := v.Int64()
			return n, err == nil
		}
		n, err := v.Float64()
		return n, err == nil && t == geo.Number
	case string:
		switch t {
		case geo.String:
			return v, !strings.ContainsRune(v, 0)
		case geo.DateOnly:
			d, err := geo.ParseDate(v)
			return d, err == nil
		case geo.Timestamp:
			at, err := time.Parse(time.RFC3339Nano, v)
			return at.UTC(), err == nil
		}
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
