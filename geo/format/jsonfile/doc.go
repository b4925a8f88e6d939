// Package jsonfile writes GeoJSON files: one FeatureCollection, or a sequence of
// features, one a line.
//
// Coordinates have longitude or easting first. RFC 7946 knows longitude and
// latitude only; for another system the member crs of the older GeoJSON (2008)
// names it, which GDAL and QGIS still read, on the collection or on each feature
// of a sequence.
package jsonfile
