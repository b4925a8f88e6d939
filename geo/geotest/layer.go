package geotest

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
)

// Layer is a collection with its features and the rows that have no position.
type Layer struct {
	Collection *geo.Collection
	Features   []*geo.Feature
	Unlocated  []*geo.Feature
}

// NewLayer makes an empty layer, version 1. Add features with [Layer.Add].
func NewLayer(id, geometryType string, properties ...geo.Property) *Layer {
	c := &geo.Collection{
		ID: id, Title: geo.Text{EN: id}, GeometryType: geometryType, Properties: properties,
		Version: 1, Extent: emptyBound(), InMemory: true,
	}
	return &Layer{Collection: c.Index()}
}

// Prop declares a property of a type.
func Prop(name string, t geo.PropertyType) geo.Property { return geo.Property{Name: name, Type: t} }

// Basis declares the properties that say what a position rests on.
func Basis() []geo.Property {
	return []geo.Property{Prop("name", geo.String), Prop("boundary_kind", geo.String), Prop("position_uncertainty_m", geo.Number)}
}

// Values are the attributes of a feature by name; what is missing is null.
type Values map[string]any

// Add appends a feature and returns it; a nil geometry makes it a row without a
// position. It panics on a value without a property: tests declare what they use.
func (l *Layer) Add(id string, g orb.Geometry, values Values) *geo.Feature {
	f := &geo.Feature{ID: id, Collection: l.Collection, Values: make([]any, len(l.Collection.Properties))}
	for name, v := range values {
		i, ok := l.Collection.PropertyIndex(name)
		if !ok {
			panic(fmt.Sprintf("collection %s has no property %q", l.Collection.ID, name)) //nolint:forbidigo // a fault of the test
		}
		f.Values[i] = v
	}
	if g == nil && l.Collection.HasGeometry() {
		l.Unlocated = append(l.Unlocated, f)
		return f
	}
	if g != nil {
		f.WKB = wkb.MustMarshal(g)
		if l.Collection.Extent.IsEmpty() {
			l.Collection.Extent = g.Bound()
		} else {
			l.Collection.Extent = l.Collection.Extent.Union(g.Bound())
		}
	}
	l.Features = append(l.Features, f)
	l.Collection.Count = int64(len(l.Features))
	return f
}

// copy gives the layer anew: what a test changes of its collection, or of a feature, stays its own.
func (l *Layer) copy() *Layer {
	c := *l.Collection
	anew := &Layer{Collection: &c}
	list := func(features []*geo.Feature) (all []*geo.Feature) {
		for _, f := range features {
			g := *f
			g.Collection, g.Values = anew.Collection, slices.Clone(f.Values)
			all = append(all, &g)
		}
		return all
	}
	anew.Features, anew.Unlocated = list(l.Features), list(l.Unlocated)
	return anew
}

func emptyBound() orb.Bound { return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}} }

// Where makes a filter from a function. The text identifies it.
func Where(text string, match func(*geo.Feature) bool, properties ...string) geo.Filter {
	return where{text, match, properties}
}

type where struct {
	text       string
	match      func(*geo.Feature) bool
	properties []string
}

func (w where) Match(f *geo.Feature) (bool, error) { return w.match(f), nil }
func (w where) Properties() []string               { return w.properties }
func (w where) String() string                     { return w.text }
