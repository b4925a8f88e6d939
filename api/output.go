package api

import (
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
	"kawasan/geo/simplify"
)

// output says how features are written.
type output struct {
	system     *system
	properties []string // nil for all
	tolerance  simplify.Tolerance
	precision  int // decimals asked for; -1 for the usual
}

// maxPrecision is the most decimals that can be asked for.
const maxPrecision = 15

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
		if o.properties, err = parseSelection(text, x.collection); err != nil {
			return o, err
		}
	}
	if o.tolerance, err = x.readTolerance(); err != nil {
		return o, err
	}
	o.precision = x.values.whole("coordinate-precision", -1)
	return o, nil
}

// readTolerance reads how much of geometries may be left out: the coarser of what
// zoom-level and max-allowable-offset allow would hide what the other asks to see,
// so only one is taken.
func (x *exchange) readTolerance() (t simplify.Tolerance, err error) {
	_, byZoom := x.values.get("zoom-level")
	_, byOffset := x.values.get("max-allowable-offset")
	switch {
	case byZoom && byOffset:
		return t, geo.Invalidf("max-allowable-offset", "zoom-level and max-allowable-offset are both given").Try("one of them")
	case byZoom:
		return simplify.ForZoom(x.values.number("zoom-level", 0)), nil
	case byOffset:
		return simplify.ForMetres(x.values.number("max-allowable-offset", 0)), nil
	}
	return t, nil
}

// simplified is the feature with the geometry that the answer asks for.
func (o output) simplified(f *geo.Feature) (*geo.Feature, error) {
	if o.tolerance.IsZero() || f == nil || len(f.WKB) == 0 {
		return f, nil
	}
	bytes, err := simplify.WKB(f.WKB, o.tolerance)
	if err != nil {
		e := geo.Errorf(geo.Internal, "the stored geometry of %s can't be read", f.Ref()).Because(err)
		e.Place = geo.Place{Collection: f.Collection.ID, Feature: f.ID}
		return nil, e
	}
	if len(bytes) == len(f.WKB) {
		return f, nil
	}
	other := *f
	other.WKB, other.JSON, other.Prepared, other.Bound = bytes, nil, nil, orb.Bound{}
	return &other, nil
}

// options are those of the GeoJSON encoder.
func (o output) options() geojson.Options {
	options := geojson.Options{Decimals: o.system.decimals, Properties: o.properties}
	if o.precision >= 0 && o.precision < options.Decimals {
		if options.Decimals = o.precision; options.Decimals == 0 {
			options.Decimals = -1 // none
		}
	}
	if o.system.URI != uriCRS84 {
		options.Transform = o.system.Forward
	}
	return options
}

// setContentCrs says in which system positions are; every answer with features
// says so, the default too.
func (x *exchange) setContentCrs(o output) { x.setHead(headContentCRS, o.system.header) }

// appendFeature writes one feature of a collection. One whose stored geometry
// JSON can't hold (a coordinate that is no number, put in by hand) is written
// without it, so that the others on the page can be had.
func appendFeature(dst []byte, f *geo.Feature, o geojson.Options) ([]byte, error) {
	dst, err := geojson.AppendFeature(dst, f, o)
	if err == nil {
		return dst, nil
	}
	if _, unwritable := geojson.AppendGeometry(nil, f.WKB, geojson.Options{}); unwritable == nil {
		return dst, err // it is what was asked for that can't be done
	}
	o.SkipGeometry = true
	return geojson.AppendFeature(dst, f, o)
}
