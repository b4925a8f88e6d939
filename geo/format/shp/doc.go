// Package shp writes Esri shapefiles (Esri white paper of July 1998, dBASE III
// tables), in a zip with .prj, .cpg and a readme.
//
// A shapefile holds one kind of geometry, so a collection of mixed ones becomes
// several: _point, _multipoint, _line and _polygon, and _none for features without
// geometry. Members of a geometry collection go each to its kind. Names of fields have
// ten characters at most: a fixed list of short names, the others cut. Text is
// UTF-8, cut at 254 bytes on a border of characters; instants and lists are text;
// empty text and null can't be told apart. The readme lists what became of each name.
package shp
