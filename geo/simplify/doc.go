// Package simplify leaves out vertices that make no difference at the scale at
// which a geometry is shown, or within a distance that the asker allows
// (Douglas and Peucker 1973).
//
// Geometries stay what they were: the type, the ends of lines, heights and measures
// of the vertices that are left, and their order. Valid polygons stay valid and no
// polygon or part of one vanishes; holes too small to be seen do.
package simplify
