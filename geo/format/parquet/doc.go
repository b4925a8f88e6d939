// Package parquet writes GeoParquet 1.1: tables by columns, which DuckDB, Sedona,
// pandas and QGIS read over the network a part at a time.
//
// Geometries are ISO WKB in the column geometry; beside it the column bbox has the
// box of each, by which readers skip row groups. A system other than longitude,
// latitude is described by PROJJSON. A collection without geometry makes a plain
// Parquet file. The origin of the data stands in the metadata of the file, under
// the key provenance. Measures are left out: GeoParquet has none.
package parquet
