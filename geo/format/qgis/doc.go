// Package qgis writes QGIS projects with their data: a zip with kawasan.qgs, the
// styled layers, and kawasan.gpkg beside it. Unpack it and open the project; folder
// and files may be moved together, since paths are relative.
//
// It is no .qgz, although that is a zip too: QGIS 3.22 does not find the data of a
// layer within one.
package qgis
