package cql2

import (
	"bytes"
	"encoding/json"
	"time"

	"kawasan/geo"
)

// JSON prints an expression as compact CQL2 JSON. Reading it gives the same tree.
func JSON(e Expr) []byte { return appendJSON(nil, e) }

func appendJSON(b []byte, e Expr) []byte {
	switch e := e.(type) {
	case *Literal:
		return appendJSONLiteral(b, e.Value)
	case *Property:
		return append(appendJSONString(append(b, `{"property":`...), e.Name), '}')
	case *Operation:
		return appendJSONCall(b, string(e.Op), e.Args)
	case *Call:
		return appendJSONCall(b, e.Name, e.Args)
	case *Array:
		return appendJSONList(b, e.Items)
	case *Interval:
		b = append(b, `{"interval":[`...)
		b = appendJSONEnd(b, e.Start)
		b = append(b, ',')
		return append(appendJSONEnd(b, e.End), "]}"...)
	case *Geometry:
		return appendGeoJSON(b, e)
	}
	return b
}

func appendJSONCall(b []byte, name string, args []Expr) []byte {
	b = appendJSONString(append(b, `{"op":`...), name)
	b = append(b, `,"args":`...)
	return append(appendJSONList(b, args), '}')
}

func appendJSONList(b []byte, items []Expr) []byte {
	b = append(b, '[')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, item)
	}
	return append(b, ']')
}

func appendJSONEnd(b []byte, e Expr) []byte {
	if e == nil {
		return append(b, `".."`...)
	}
	if l, ok := e.(*Literal); ok {
		return appendJSONString(b, instantText(l.Value))
	}
	return appendJSON(b, e)
}

func appendJSONLiteral(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendJSONString(b, v)
	case bool:
		if v {
			return append(b, "true"...)
		}
		return append(b, "false"...)
	case geo.Date:
		return append(appendJSONString(append(b, `{"date":`...), instantText(v)), '}')
	case time.Time:
		return append(appendJSONString(append(b, `{"timestamp":`...), instantText(v)), '}')
	}
	return appendNumber(b, v)
}

func appendJSONString(b []byte, s string) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil { // text always encodes
		return append(b, `""`...)
	}
	return append(b, bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))...)
}

func appendGeoJSON(b []byte, g *Geometry) []byte {
	switch g.Type {
	case BBox:
		b = append(b, `{"bbox":`...)
		return append(appendNumbers(b, g.Coordinates), '}')
	case GeometryCollection:
		b = append(b, `{"type":"GeometryCollection","geometries":[`...)
		for i, m := range g.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendGeoJSON(b, m)
		}
		return append(b, "]}"...)
	}
	b = append(append(append(b, `{"type":"`...), g.Type...), `","coordinates":`...)
	return append(appendCoordinates(b, g), '}')
}

func appendCoordinates(b []byte, g *Geometry) []byte {
	switch g.Type {
	case Point:
		return appendNumbers(b, g.Coordinates)
	case LineString:
		b = append(b, '[')
		for i := 0; i < len(g.Coordinates); i += g.stride() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendNumbers(b, g.Coordinates[i:i+g.stride()])
		}
		return append(b, ']')
	}
	b = append(b, '[')
	for i, m := range g.Members {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCoordinates(b, m)
	}
	return append(b, ']')
}

func appendNumbers(b []byte, numbers []float64) []byte {
	b = append(b, '[')
	for i, n := range numbers {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendNumber(b, number(n))
	}
	return append(b, ']')
}
