// Package gpkg writes GeoPackages (OGC 12-128r17, version 1.3): SQLite files that
// QGIS, ArcGIS and GDAL open as they are.
//
// Each layer is a table with an R-tree. Titles, descriptions and lists of allowed
// values stand in gpkg_data_columns, a style for QGIS in layer_styles, and the
// origin of each layer in the table provenance. Instants are kept to the
// millisecond, as the standard wants; lists and JSON are text of type
// application/json. The same layers give the same bytes.
package gpkg
