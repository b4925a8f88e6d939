package cql2

import (
	"encoding/json"

	"kawasan/geo"
)

// literalGeometry reads a GeoJSON geometry.
func (d *jsonDecoder) literalGeometry(v *jsonValue, _ map[string]*jsonValue) (Expr, error) {
	g, err := d.geometry(v)
	if err != nil {
		return nil, err
	}
	return g, settle(g)
}

func (d *jsonDecoder) geometry(v *jsonValue) (*Geometry, error) {
	members, ok := v.value.(map[string]*jsonValue)
	if !ok {
		return nil, d.fault(v, "a GeoJSON geometry")
	}
	typeOf, ok := members["type"]
	if !ok {
		return nil, invalid(d.at(v), `the geometry has no member "type"`).Try("a GeoJSON geometry")
	}
	name, _ := typeOf.value.(string)
	kind, ok := geometryTypeNamed(name)
	if !ok || string(kind) != name {
		return nil, d.fault(typeOf, "Point, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon or GeometryCollection")
	}
	g := &Geometry{Position: d.at(v), Type: kind}
	content := "coordinates"
	if kind == GeometryCollection {
		content = "geometries"
	}
	list, ok := members[content]
	if !ok {
		return nil, invalid(d.at(v), "the %s has no member %q", kind, content).Try("a GeoJSON geometry")
	}
	if kind != GeometryCollection {
		return g, d.coordinates(g, list)
	}
	items, ok := list.value.([]*jsonValue)
	if !ok {
		return nil, d.fault(list, "a list of geometries")
	}
	for _, item := range items {
		m, err := d.geometry(item)
		if err != nil {
			return nil, err
		}
		g.Members = append(g.Members, m)
	}
	return g, nil
}

// coordinates reads nested lists of positions into g.
func (d *jsonDecoder) coordinates(g *Geometry, v *jsonValue) error {
	items, ok := v.value.([]*jsonValue)
	if !ok {
		return d.fault(v, "a list of coordinates of a %s", string(g.Type))
	}
	switch {
	case len(items) == 0:
		return nil
	case g.Type == Point:
		return d.position(g, v)
	case g.Type == LineString:
		for _, item := range items {
			if err := d.position(g, item); err != nil {
				return err
			}
		}
		return nil
	}
	for _, item := range items {
		m := &Geometry{Position: d.at(item), Type: g.Type.part()}
		if err := d.coordinates(m, item); err != nil {
			return err
		}
		g.Members = append(g.Members, m)
	}
	return nil
}

func (d *jsonDecoder) position(g *Geometry, v *jsonValue) error {
	numbers, err := d.numbers(v, 3)
	if err != nil {
		return err
	}
	if len(numbers) < 2 {
		return d.fault(v, "a position of two or three numbers")
	}
	if err := g.add(Position{}, numbers); err != nil {
		e := geo.AsError(err)
		at := d.at(v)
		e.Place.Pointer = at.Pointer
		return e.At(at.Line, at.Column)
	}
	return nil
}

func (d *jsonDecoder) numbers(v *jsonValue, most int) ([]float64, error) {
	items, ok := v.value.([]*jsonValue)
	if !ok || len(items) > most {
		return nil, d.fault(v, "a list of numbers")
	}
	numbers := make([]float64, 0, len(items))
	for _, item := range items {
		n, ok := item.value.(json.Number)
		if !ok {
			return nil, d.fault(item, "a number")
		}
		f, ok := readNumber(n.String())
		if !ok {
			return nil, invalid(d.at(item), "the number %s is too large", clip(n.String())).Try("a coordinate")
		}
		numbers = append(numbers, asFloat(f))
	}
	return numbers, nil
}

func (d *jsonDecoder) box(v *jsonValue, members map[string]*jsonValue) (Expr, error) {
	numbers, err := d.numbers(members["bbox"], 6)
	if err != nil {
		return nil, err
	}
	return newBox(d.at(v), numbers)
}
