// Package kml writes KML 2.2 (OGC 07-147r2) for Google Earth and its kin, plain or
// zipped as KMZ.
//
// Each layer is a document with its style, a schema of its attributes and its
// origin as the description; each feature a placemark whose balloon lists the
// attributes that it has, by title and with units. Coordinates are longitude, latitude
// and height above the sea where there is one. Integers are text in the schema,
// since KML knows none of more than 32 bits. Empty geometries are left out.
package kml
