package geo

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// Feature is one geographic object as a store gave it. It is immutable: who
// receives one may keep it, share it and read it from several goroutines, and
// must not change it.
type Feature struct {
	// ID is unique in the collection; short text without dots or slashes, or a
	// decimal integer where the collection's IntegerID says so.
	ID string
	// Collection describes Values.
	Collection *Collection
	// Values are the attributes, one for each of Collection.Properties in that
	// order; see PropertyType for the Go types. A property that the query did not
	// ask for may be nil.
	Values []any
	// WKB is the geometry as ISO well-known binary, little endian, WGS84 lon, lat
	// (and Z, M if the collection has them). Nil when there is no geometry.
	WKB []byte
	// JSON is the feature as a GeoJSON object, encoded once by a store that
	// holds it ready: all properties, at most 7 decimals, no links. Nil if not at hand.
	JSON []byte
	// Prepared is the geometry made ready for measuring (a *geodesy.Shape), where
	// the store keeps one. Nil if not at hand.
	Prepared any
	// Bound holds the geometry, where the store knows it; else it is the zero Bound.
	Bound orb.Bound
}

// Value gives the attribute of that name; nil if it is null or there is none.
func (f *Feature) Value(property string) any {
	i, ok := f.Collection.PropertyIndex(property)
	if !ok || i >= len(f.Values) {
		return nil
	}
	return f.Values[i]
}

// Text gives the attribute of that name if it is text, else "".
func (f *Feature) Text(property string) string {
	s, _ := f.Value(property).(string)
	return s
}

// Number gives the attribute of that name if it is a number.
func (f *Feature) Number(property string) (float64, bool) {
	return NumberOf(f.Value(property))
}

// Name gives the name of the feature, or its id where it has none.
func (f *Feature) Name() string {
	if s := f.Text("name"); s != "" {
		return s
	}
	return f.ID
}

// Ref gives collection/id, the way to name the feature in a request.
func (f *Feature) Ref() string { return f.Collection.ID + "/" + f.ID }

// Geometry decodes the geometry into two dimensions (Z and M are left out); nil
// if there is none. It allocates anew at each call.
func (f *Feature) Geometry() (orb.Geometry, error) {
	if len(f.WKB) == 0 {
		return nil, nil
	}
	var g orb.Geometry
	flat, err := FlatWKB(f.WKB)
	if err == nil {
		g, err = wkb.Unmarshal(flat)
	}
	if err != nil {
		e := Errorf(Internal, "the stored geometry of %s can't be read", f.Ref()).Because(err)
		e.Place = Place{Collection: f.Collection.ID, Feature: f.ID}
		return nil, e
	}
	return g, nil
}
