package api

import (
	"kawasan/geo"
	"kawasan/geo/format/geojson"
)

// output says how features are written.
type output struct {
	system     *system
	properties []string // nil for all
}

// parseOutput reads crs and properties.
func (x *exchange) parseOutput(r *itemsRequest) (err error) {
	if r.output, err = x.readOutput(); err != nil {
		return err
	}
	r.query.Properties = r.output.properties
	return nil
}

func (x *exchange) readOutput() (o output, err error) {
	o.system = x.server.systems()[0]
	if text, given := x.values.get("crs"); given {
		if o.system, err = x.findSystem("crs", text); err != nil {
			return o, err
		}
	}
	if text, given := x.values.get("properties"); given {
		o.properties, err = parseSelection(text, x.collection)
	}
	return o, err
}

// options are those of the GeoJSON encoder.
func (o output) options() geojson.Options {
	options := geojson.Options{Decimals: o.system.decimals, Properties: o.properties}
	if o.system.URI != uriCRS84 {
		options.Transform = o.system.Forward
	}
	return options
}

// setContentCrs says in which system positions are; every answer with features
// says so, the default too.
func (x *exchange) setContentCrs(o output) { x.Set("Content-Crs", "<"+o.system.URI+">") }

// appendFeature writes one feature of a collection.
func appendFeature(dst []byte, f *geo.Feature, o geojson.Options) ([]byte, error) {
	return geojson.AppendFeature(dst, f, o)
}
