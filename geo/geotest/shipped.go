package geotest

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geodata"
)

// Shipped serves the data that come with the program, and more layers beside them.
func Shipped(t testing.TB, more ...*Layer) *Reader {
	t.Helper()
	layers, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	var all []*Layer
	for _, l := range layers {
		all = append(all, l.copy())
	}
	return NewReader(append(all, more...)...)
}

// shipped are the layers as they are read, once; each test gets a copy.
var shipped = sync.OnceValues(shippedLayers)

func shippedLayers() ([]*Layer, error) {
	sets, err := geodata.Collections()
	if err != nil {
		return nil, err
	}
	tables, err := geodata.Tables()
	if err != nil {
		return nil, err
	}
	var layers []*Layer
	for _, d := range sets {
		l := NewLayer(d.Collection, d.GeometryType, properties(d.Properties)...)
		describe(l.Collection, d.Title, d.Description, d.Licence, d.Attribution)
		for _, f := range d.Features {
			g, err := geometry(f.Geometry)
			if err != nil {
				return nil, fmt.Errorf("geometry of %s/%s: %w", d.Collection, f.ID, err)
			}
			v, err := values(d.Properties, f.Properties)
			if err != nil {
				return nil, fmt.Errorf("%s/%s: %w", d.Collection, f.ID, err)
			}
			l.Add(f.ID, g, v)
		}
		for _, row := range d.Unlocated {
			v, err := values(d.Properties, row.Properties)
			if err != nil {
				return nil, fmt.Errorf("%s/%s: %w", d.Collection, row.ID, err)
			}
			l.Add(row.ID, nil, v)
		}
		layers = append(layers, l)
	}
	for _, d := range tables {
		l := NewLayer(d.ID, "", properties(d.Properties)...)
		describe(l.Collection, d.Title, d.Description, d.Licence, d.Attribution)
		for _, row := range d.Rows {
			v, err := values(d.Properties, row.Properties)
			if err != nil {
				return nil, fmt.Errorf("%s/%s: %w", d.ID, row.ID, err)
			}
			l.Add(row.ID, nil, v)
		}
		layers = append(layers, l)
	}
	return layers, nil
}

func describe(c *geo.Collection, title, description geodata.Text, licence, attribution string) {
	c.Title = geo.Text{EN: title.EN, ID: title.ID}
	c.Description = geo.Text{EN: description.EN, ID: description.ID}
	c.Licence, c.Attribution = licence, attribution
	if _, ok := c.PropertyIndex("valid_from"); ok {
		c.TimeStart, c.TimeEnd = "valid_from", "valid_to"
	}
}

func properties(declared []geodata.Property) []geo.Property {
	var all []geo.Property
	for _, p := range declared {
		all = append(all, geo.Property{
			Name: p.Name, Type: geo.PropertyType(p.Type), Unit: p.Unit, Enum: p.Enum,
			Title:       geo.Text{EN: p.Title.EN, ID: p.Title.ID},
			Description: geo.Text{EN: p.Description.EN, ID: p.Description.ID}, Words: words(p.Words),
		})
	}
	return all
}

func words(said map[string]geodata.Text) map[string]geo.Text {
	all := make(map[string]geo.Text, len(said))
	for value, t := range said {
		all[value] = geo.Text(t)
	}
	return all
}

func values(declared []geodata.Property, raw map[string]json.RawMessage) (Values, error) {
	all := Values{}
	for _, p := range declared {
		v, err := geo.ValueFromJSON(geo.PropertyType(p.Type), raw[p.Name])
		if err != nil {
			return nil, fmt.Errorf("property %s: %w", p.Name, err)
		}
		all[p.Name] = v
	}
	return all, nil
}

// geometry reads the two types of GeoJSON geometry that are shipped.
func geometry(raw json.RawMessage) (orb.Geometry, error) {
	var head struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return nil, err
	}
	switch head.Type {
	case "Point":
		var p orb.Point
		err := json.Unmarshal(head.Coordinates, &p)
		return p, err
	case "MultiPolygon":
		var m orb.MultiPolygon
		err := json.Unmarshal(head.Coordinates, &m)
		return m, err
	}
	return nil, fmt.Errorf("a geometry of type %s is not read here", head.Type)
}
