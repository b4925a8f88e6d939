package proximity

import (
	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// overlapFault says whose fault it is that an origin and a stored feature have
// not been intersected. The caller answers for a geometry given in the request
// alone: what is stored, and what was computed from it, is ours.
func overlapFault(err error, o *Origin, f *geo.Feature) error {
	if !geo.IsCode(err, geo.Invalid) {
		return err
	}
	if o.Feature == nil && geodesy.Valid(o.given) != nil {
		return geo.AsError(err).In("from")
	}
	culprit := f
	if o.Feature != nil {
		if g, err := o.Feature.Geometry(); err == nil && geodesy.Valid(g) != nil {
			culprit = o.Feature
		}
	}
	e := geo.Errorf(geo.Internal, "the stored geometry of %s/%s is not valid, so no area can be computed with it", culprit.Collection.ID, culprit.ID).Because(err)
	e.Place.Collection, e.Place.Feature = culprit.Collection.ID, culprit.ID
	return e
}
