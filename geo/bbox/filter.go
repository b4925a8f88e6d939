package bbox

import (
	"github.com/peterstace/simplefeatures/geom"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// filter is true where the geometry, its vertices taken into the system,
// meets the box there; as Features asks, also where there is no geometry.
type filter struct {
	system *crs.CRS
	box    geom.Geometry
	text   string
}

var _ geo.Filter = filter{}

// Match transforms the geometry; one that can't be read does not match.
func (b filter) Match(f *geo.Feature) (bool, error) {
	if len(f.WKB) == 0 {
		return true, nil
	}
	moved, err := crs.TransformWKB(nil, f.WKB, b.system)
	if err != nil {
		return false, nil //nolint:nilerr // what has no place there is not in the box
	}
	g, err := geom.UnmarshalWKB(moved, geom.NoValidate{})
	if err != nil {
		return false, nil //nolint:nilerr // what has no place there is not in the box
	}
	return geom.Intersects(g, b.box), nil
}

// Properties are none: only the geometry is read.
func (filter) Properties() []string { return nil }

// String names the box and its system.
func (b filter) String() string { return "BBOX(" + b.text + ") IN " + b.system.URI }
