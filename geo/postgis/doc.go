// Package postgis is the store: it keeps collections in typed tables of a
// PostGIS database, discovers what is published there, answers queries from it,
// and follows its change log.
//
// All tables live in the schema kawasan. A table or view is a collection if it
// has a single-column key; a name that begins with an underscore is internal.
// Geometries leave the store as ISO WKB in WGS84 lon, lat whatever the reference
// system of the column is.
package postgis
