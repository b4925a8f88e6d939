package jsonfile

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
)

// split finds the members of a feature.
func split(raw json.RawMessage) item {
	m, ok := geojson.ReadMembers(raw)
	switch {
	case !ok:
		return item{fault: &geo.Text{EN: "a feature is an object", ID: "fitur harus berupa objek"}}
	case string(m.Type) != `"Feature"`:
		return item{fault: &geo.Text{EN: `the member type of a feature is "Feature"`, ID: `anggota type suatu fitur harus "Feature"`}}
	}
	return item{Members: m}
}

// check says why a feature can't be read at all; nil if it can.
func (r *reader) check(v item) *source.Fault {
	if v.fault != nil {
		return r.at(v).Fault("%s", "%s", *v.fault)
	}
	if depth := geojson.Depth(v.Properties); depth > r.limits.Depth {
		return r.at(v).Fault("its properties are nested %d deep; %d are the limit", "propertinya bersarang sedalam %d; batasnya %d", depth, r.limits.Depth)
	}
	return nil
}

// survey reads the file once: names and types of attributes, kind of geometry,
// dimensions, reference system, number of features.
func (r *reader) survey(ctx context.Context) error {
	r.layer = source.Layer{Name: r.member.Base(), IDName: "id"}
	var types []source.Widening
	kinds := map[wkb.Type]bool{}
	systems := map[string]bool{}
	var system json.RawMessage
	hasSystem, first := false, true
	take := func(raw []byte) {
		if len(raw) > 0 {
			hasSystem, system = true, bytes.Clone(raw)
			systems[string(raw)] = true
		}
	}
	err := r.walk(ctx, func(v item) error {
		r.layer.Count = v.number
		if r.check(v) != nil {
			return nil //nolint:nilerr // told when the features are read
		}
		r.layer.HasIDs = (first || r.layer.HasIDs) && identity(v.ID) != ""
		first = false
		take(v.CRS)
		if len(systems) > 1 {
			return r.at(v).Errorf(geo.Invalid, "it has another reference system than the features before it").Try("one file for each system")
		}
		if err := r.seeProperties(v, &types); err != nil {
			return err
		}
		r.seeGeometry(v, kinds)
		return nil
	}, func(name string, value json.RawMessage) error {
		var s string
		switch {
		case name == "crs":
			take(value)
		case json.Unmarshal(value, &s) != nil: // a title in two languages, say
		case name == "name" && s != "":
			r.layer.Name = s
		case name == "title":
			r.layer.Title = s
		case name == "description":
			r.layer.Description = s
		}
		return nil //nolint:nilerr // other members are of no interest
	})
	if err != nil {
		return err
	}
	for i := range types {
		r.layer.Properties[i].Type = types[i].Type()
	}
	r.layer.GeometryType = source.CommonType(kinds)
	if !hasSystem {
		r.layer.SetCRS("OGC:CRS84")
	} else if name := systemName(system); name != "" {
		r.layer.SetCRS(name)
	}
	return nil
}

// systemName gives the name in a member crs of GeoJSON 2008; "" for null.
func systemName(raw json.RawMessage) string {
	var system struct {
		Type       string
		Properties struct{ Name, Href string }
	}
	_ = json.Unmarshal(raw, &system) // what has another form names no system
	switch {
	case string(raw) == "null":
		return ""
	case system.Properties.Name != "":
		return system.Properties.Name
	}
	return string(raw)
}

func (r *reader) seeProperties(v item, types *[]source.Widening) error {
	_, err := geojson.Each(v.Properties, func(name string, value []byte) error {
		i, ok := r.names[name]
		if !ok {
			if len(r.names) == r.limits.Properties {
				return r.at(v).Errorf(geo.TooLarge, "there are more than %d different properties", r.limits.Properties).Try("a file with fewer columns")
			}
			i = len(r.names)
			r.names[name] = i
			r.layer.Properties = append(r.layer.Properties, geo.Property{Name: source.Text(name)})
			*types = append(*types, source.Widening{})
		}
		(*types)[i].SeeJSON(value)
		return nil
	})
	return err
}

// seeGeometry takes the kind of a geometry in, if it can be read.
func (r *reader) seeGeometry(v item, kinds map[wkb.Type]bool) {
	bytes, err := r.geometry(v)
	if err != nil || len(bytes) == 0 {
		return
	}
	reader := wkb.NewReader(bytes)
	if h, err := reader.Header(); err == nil {
		kinds[h.Type] = true
		r.layer.HasZ = r.layer.HasZ || h.HasZ
	}
}

// geometry reads that of a feature; it fails with a Fault.
func (r *reader) geometry(v item) ([]byte, error) {
	if len(v.Geometry) == 0 {
		return nil, nil
	}
	out, err := geojson.ReadGeometry(v.Geometry)
	var shape *geojson.ShapeError
	if errors.As(err, &shape) {
		return nil, r.at(v).Fault("its geometry is not right at /geometry%s: %s", "geometrinya tidak benar di /geometry%s: %s", shape.Pointer, shape.Reason)
	}
	return out, err
}

// feature reads a feature whose types are known.
func (r *reader) feature(v item) (*source.Feature, error) {
	if fault := r.check(v); fault != nil {
		return nil, fault
	}
	f := &source.Feature{Number: v.number, Line: v.line, Values: make([]any, len(r.layer.Properties)), ID: identity(v.ID)}
	_, err := geojson.Each(v.Properties, func(name string, value []byte) error {
		i, ok := r.names[name]
		if !ok {
			return r.at(v).Errorf(geo.Invalid, "the file has changed while it was read").Try("the same import once nobody writes to the file")
		}
		out, ok := valueOf(value, r.layer.Properties[i].Type)
		if !ok {
			f.Faults = append(f.Faults, geo.Textf("the property %.60q holds a value that can't be read", "properti %.60q berisi nilai yang tidak terbaca", name))
			return nil
		}
		f.Values[i] = out
		return nil
	})
	if err != nil {
		return nil, err
	}
	f.WKB, err = r.geometry(v)
	return f, err
}

// identity gives the id of a feature, a text or a number.
func identity(raw []byte) string {
	var s string
	switch {
	case len(raw) == 0 || raw[0] == 'n' || raw[0] == '{' || raw[0] == '[':
		return ""
	case raw[0] == '"' && json.Unmarshal(raw, &s) == nil:
		return source.Text(s)
	}
	return string(raw)
}

// valueOf reads a value of the type that the first reading found.
func valueOf(raw []byte, t geo.PropertyType) (any, bool) {
	if len(raw) == 0 || raw[0] == 'n' {
		return nil, true
	}
	var v any
	switch {
	case raw[0] == '"':
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return nil, false
		}
		s = source.Text(s)
		if t == geo.String {
			return s, true
		}
		if t == geo.JSON {
			out, ok := source.JSONValue(raw)
			return out, ok
		}
		v = s
	case t == geo.JSON || t.IsArray():
		out, ok := source.JSONValue(raw)
		if !ok {
			return nil, false
		}
		v = out
		if t == geo.JSON {
			return out, true
		}
	case t == geo.String:
		if out, ok := source.JSONValue(raw); ok {
			return strings.Clone(string(out)), true
		}
		return nil, false
	default:
		v = string(raw)
	}
	return source.Convert(v, t)
}
