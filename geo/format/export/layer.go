package export

import (
	"slices"
	"time"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/wkb"
)

// Layer is one table of features in a file, and where it comes from.
type Layer struct {
	Collection *geo.Collection
	// Properties are the attributes to write, in the collection's order; nil means
	// all. Names that the collection doesn't have are ignored.
	Properties []string
	// CRS is the system of the coordinates; nil is longitude, latitude. Files have
	// longitude or easting first, whatever the authority of the system says.
	CRS *crs.CRS
	// Ordered says that the order in which features come was asked for, so that a
	// format in which they can stand in any keeps it.
	Ordered bool
	// SkipGeometry leaves the geometry out.
	SkipGeometry bool
	// Query is what was asked for, as a URL or command line: provenance.
	Query string
	// SourceHash identifies the original of the data, if one file is known; see Provenance.
	SourceHash string
}

// System gives the system of the coordinates, never nil.
func (l Layer) System() *crs.CRS {
	if l.CRS == nil {
		return crs.CRS84()
	}
	return l.CRS
}

// IsWGS84 reports whether coordinates are WGS84 longitude, latitude.
func (l Layer) IsWGS84() bool { return l.System().EPSG == 4326 }

// HasGeometry reports whether features are written with a geometry.
func (l Layer) HasGeometry() bool { return l.Collection.HasGeometry() && !l.SkipGeometry }

// Decimals is how many decimals a coordinate deserves: 7 of a degree (1 cm), 3 of a metre.
func (l Layer) Decimals() int {
	if l.System().IsGeographic() {
		return 7
	}
	return 3
}

// Column is a property that is written.
type Column struct {
	geo.Property
	// Index is the place of the value in geo.Feature.Values.
	Index int
}

// Value gives the value of the column; nil if it is null.
func (c Column) Value(f *geo.Feature) any {
	if c.Index < len(f.Values) {
		return f.Values[c.Index]
	}
	return nil
}

// Columns are the properties that are written, in order, without id and geometry.
func (l Layer) Columns() []Column {
	var list []Column
	for i, p := range l.Collection.Properties {
		if l.Properties == nil || slices.Contains(l.Properties, p.Name) {
			list = append(list, Column{Property: p, Index: i})
		}
	}
	return list
}

// AppendWKB appends the geometry in the layer's system as little-endian ISO WKB;
// nothing if the feature has none, the layer leaves it out, or its positions are no
// numbers, which GeoJSON shows as none either. It fails, with dst as it was, where the
// system has no value for a position (Invalid) or the stored bytes are broken.
func (l Layer) AppendWKB(dst []byte, f *geo.Feature) ([]byte, error) {
	if l.SkipGeometry || len(f.WKB) == 0 {
		return dst, nil
	}
	dst, err := crs.TransformWKB(dst, f.WKB, l.System())
	if err != nil {
		if _, nowhere := crs.TransformWKB(nil, f.WKB, crs.CRS84()); nowhere != nil {
			if _, broken := wkb.Normalise(nil, f.WKB); broken == nil {
				return dst, nil
			}
		}
		return dst, Locate(err, l, f)
	}
	return dst, nil
}

// Modified is when the newest change of the data was committed, in UTC; zero when unknown.
func (l Layer) Modified() time.Time { return l.Collection.Modified.UTC() }

// Locate names the feature at which err arose. An error that isn't a geo.Error
// becomes Internal.
func Locate(err error, l Layer, f *geo.Feature) error {
	e := *geo.AsError(err)
	e.Place.Collection, e.Place.Feature = l.Collection.ID, f.ID
	return &e
}

// EPSG gives the system as EPSG knows it: EPSG:4326 for CRS84, from which that
// differs in the order of axes alone. Files have longitude first in either.
func (l Layer) EPSG() *crs.CRS {
	if c := crs.ByEPSG(l.System().EPSG); c != nil {
		return c
	}
	return l.System()
}
