package api

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"kawasan/geo"
	"kawasan/geo/tile"
	"kawasan/geo/wording"
)

// geometryWords name what features are, for people.
var geometryWords = map[string]geo.Text{
	"":                {EN: "table without geometry", ID: "tabel tanpa geometri"},
	"Point":           {EN: "points", ID: "titik"},
	"MultiPoint":      {EN: "points", ID: "titik"},
	"LineString":      {EN: "lines", ID: "garis"},
	"MultiLineString": {EN: "lines", ID: "garis"},
	"Polygon":         {EN: "areas", ID: "area"},
	"MultiPolygon":    {EN: "areas", ID: "area"},
}

// geometryWord names what the features of a collection are.
func (x *exchange) geometryWord(c *geo.Collection) string {
	if t, ok := geometryWords[c.GeometryType]; ok {
		return t.In(x.lang)
	}
	return geo.Text{EN: "points, lines and areas", ID: "titik, garis, dan area"}.In(x.lang)
}

// basis is what a feature's position rests on, in words.
type basis struct {
	Kind   string // in words; "" when the feature does not say
	Sketch bool   // nothing certain can rest on it
	Known  string // how far the position is known
}

// basisOf says what the position of a feature rests on; nil where its collection
// has no such columns.
func (x *exchange) basisOf(f *geo.Feature) *basis {
	if _, ok := f.Collection.PropertyIndex("boundary_kind"); !ok {
		return nil
	}
	kind := f.Text("boundary_kind")
	b := &basis{Kind: wording.Kind(kind).In(x.lang), Sketch: tile.IsSketch(kind)}
	if u, ok := f.Number("position_uncertainty_m"); ok {
		b.Known = x.say("known to") + " " + x.said(wording.Metres(u))
	} else {
		b.Known = x.say("not known how far")
	}
	return b
}

// said writes what can be said in the language of the answer.
func (x *exchange) said(s wording.Spoken) string { return s.In(x.lang) }

// number writes a number with at most that many decimals.
func (x *exchange) number(v float64, decimals int) string {
	return wording.Figure(v, decimals, x.lang)
}

// cell writes a value of an attribute for people: codes in words, numbers the way the
// language has them, with their unit.
func (x *exchange) cell(p geo.Property, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return wording.Value(p, v).In(x.lang)
	case []string:
		said := make([]string, len(v))
		for i, one := range v {
			said[i] = wording.Value(p, one).In(x.lang)
		}
		return strings.Join(said, ", ")
	case bool:
		if v {
			return x.say("yes")
		}
		return x.say("no")
	case time.Time:
		return geo.FormatTimestamp(v)
	case json.RawMessage:
		return string(v)
	case int64:
		return x.measured(float64(v), p.Unit)
	case float64:
		return x.measured(v, p.Unit)
	}
	return strings.Trim(fmt.Sprint(v), "[]")
}

// measured writes a stored number with all its decimals. One of four digits without a unit is not
// divided, since it may be a year.
func (x *exchange) measured(v float64, unit string) string {
	switch {
	case unit != "":
		return wording.Figure(v, -1, x.lang) + " " + unit
	case v == math.Trunc(v) && math.Abs(v) < 10_000:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return wording.Figure(v, -1, x.lang)
}

// membersLine writes an object in one line, numbers first.
func (x *exchange) membersLine(p geo.Property, object map[string]any) string {
	var numbers, texts []string
	for _, name := range keys(object) {
		text := x.cell(geo.Property{Words: p.Words}, object[name])
		if v, number := object[name].(float64); number {
			if plain, found := strings.CutSuffix(name, "_ha"); found {
				name, text = plain, x.measured(v, "ha")
			}
			numbers = append(numbers, x.member(name)+": "+text)
		} else if text != "" {
			texts = append(texts, x.member(name)+": "+text)
		}
	}
	return strings.Join(append(numbers, texts...), "; ")
}

// member is what a member of an object is called.
func (x *exchange) member(name string) string {
	if _, known := x.server.pages.phrases["member "+name]; known {
		return x.say("member " + name)
	}
	return x.said(wording.Readable(name))
}

// lines lists what a page shows one below the other: the texts of a list, or the
// objects of a JSON array (claims of area, say) with their members. Nil for all else.
func (x *exchange) lines(p geo.Property, v any) []string {
	switch v := v.(type) {
	case []string:
		if len(v) < 2 {
			return nil
		}
		var lines []string
		for _, one := range v {
			lines = append(lines, wording.Value(p, one).In(x.lang))
		}
		return lines
	case json.RawMessage:
		var list []map[string]any
		if json.Unmarshal(v, &list) != nil {
			return nil
		}
		var lines []string
		for _, object := range list {
			lines = append(lines, x.membersLine(p, object))
		}
		return lines
	}
	return nil
}
