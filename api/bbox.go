package api

import (
	"kawasan/geo"
	"kawasan/geo/bbox"
)

// parseBounds reads bbox and bbox-crs. Where the box is none in lon, lat, a filter decides
// exactly, before limit and count, so that no page shrinks.
func (x *exchange) parseBounds(r *itemsRequest) error {
	in := x.server.systems()[0]
	var err error
	if text, given := x.values.get("bbox-crs"); given {
		if in, err = x.findSystem("bbox-crs", text); err != nil {
			return err
		}
	}
	text, given := x.values.get("bbox")
	if !given {
		return nil
	}
	selected, err := bbox.Select(text, in.CRS)
	if err != nil {
		return geo.AsError(err).In("bbox")
	}
	r.query.Bounds, r.query.Filter = selected.Bounds, selected.Filter
	return nil
}
