// Package qgis writes QGIS projects that open by themselves: a .qgz with the
// styled layers and, attached to it, a GeoPackage with their data.
//
// QGIS 3.22 and later unpack what is attached. Others read the GeoPackage after
// unpacking the file by hand: it is a zip.
package qgis
