package geojson

import (
	"bytes"
	"slices"
	"strings"

	"kawasan/geo"
)

// AppendFeature writes a feature: type, id, geometry, properties, then the
// members that the options add. The id is a number where the collection's ids are
// integers. A feature that its store holds encoded is copied when the options allow it.
// It fails, with dst as it was, when the stored geometry can't be written.
func AppendFeature(dst []byte, f *geo.Feature, o Options) ([]byte, error) {
	if n := len(f.JSON); n > 2 && f.JSON[n-1] == '}' && o.plain() {
		if o.Members == nil {
			return append(dst, f.JSON...), nil
		}
		dst = append(dst, f.JSON[:n-1]...)
		return append(o.Members(dst), '}'), nil
	}
	start := len(dst)
	dst = append(dst, `{"type":"Feature","id":`...)
	if f.Collection != nil && f.Collection.IntegerID && isInteger(f.ID) {
		dst = append(dst, f.ID...)
	} else {
		dst = AppendString(dst, f.ID)
	}
	dst = append(dst, `,"geometry":`...)
	switch {
	case o.SkipGeometry:
		dst = append(dst, "null"...)
	case o.Geometry != nil && o.plainGeometry():
		dst = append(dst, o.Geometry...)
	default:
		var err error
		if dst, err = AppendGeometry(dst, f.WKB, o); err != nil {
			e := geo.Errorf(geo.Internal, "the geometry of feature %q can't be written as GeoJSON", f.ID).Because(err)
			e.Place.Feature = f.ID
			if f.Collection != nil {
				e.Place.Collection = f.Collection.ID
			}
			return dst[:start], e
		}
	}
	dst = append(dst, `,"properties":`...)
	if n := len(o.LastProperties); n > 2 && o.Properties == nil && f.Collection != nil && o.LastFrom > 0 {
		dst = appendProperties(dst, f, nil, o.LastFrom)
		dst = append(append(dst[:len(dst)-1], ','), o.LastProperties[1:]...)
	} else {
		dst = AppendProperties(dst, f, o.Properties)
	}
	if o.Members != nil {
		dst = o.Members(dst)
	}
	return append(dst, '}'), nil
}

// Encoded gives the geometry and the properties within a feature that its store holds
// encoded, as AppendFeature would write them with no options; nil if they aren't at hand.
func Encoded(f *geo.Feature) (geometry, properties []byte) {
	// Neither key can stand in an id, where quotes are escaped, nor in a geometry.
	_, rest, ok := bytes.Cut(f.JSON, []byte(`"geometry":`))
	if !ok {
		return nil, nil
	}
	// To look for the comma too would stop at each of the coordinates.
	geometry, properties, ok = bytes.Cut(bytes.TrimSuffix(rest, []byte("}")), []byte(`"properties":`))
	if !ok {
		return nil, nil
	}
	return bytes.TrimSuffix(geometry, []byte(",")), properties
}

// AppendProperties writes the attributes of a feature as a JSON object, in the
// collection's order; nil names mean all.
func AppendProperties(dst []byte, f *geo.Feature, names []string) []byte {
	n := 0
	if f.Collection != nil {
		n = len(f.Collection.Properties)
	}
	return appendProperties(dst, f, names, n)
}

// appendProperties writes the first n attributes.
func appendProperties(dst []byte, f *geo.Feature, names []string, n int) []byte {
	dst = append(dst, '{')
	if f.Collection != nil {
		comma := false
		for i := range f.Collection.Properties[:n] {
			name := f.Collection.Properties[i].Name
			if names != nil && !slices.Contains(names, name) {
				continue
			}
			if comma {
				dst = append(dst, ',')
			}
			comma = true
			dst = AppendString(dst, name)
			dst = append(dst, ':')
			if i < len(f.Values) {
				dst = AppendValue(dst, f.Values[i])
			} else {
				dst = append(dst, "null"...)
			}
		}
	}
	return append(dst, '}')
}

// isInteger reports whether s is an integer as JSON writes it.
func isInteger(s string) bool {
	s = strings.TrimPrefix(s, "-")
	if s == "" || s[0] == '0' && len(s) > 1 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
