// Package geodesy measures geometries on the WGS84 ellipsoid: distance with
// the two closest points and the bearing, area, length, buffer, centroid, and
// how sure such a figure is when the boundaries themselves are uncertain.
//
// A geometry is a set of points. Its edges are straight lines in longitude and
// latitude (RFC 7946, 3.1.1), its polygons include their interior and exclude
// their holes. The distance between two geometries is the smallest geodesic
// length between a point of one and a point of the other; it is 0 when they
// meet. Longitudes are compared modulo 360, so the shortest way round counts;
// an edge is nevertheless the segment as stored, so an edge from 179 to -179
// runs 358 degrees west.
//
// Positions are longitude, latitude in degrees, in that order; lengths are
// metres, areas square metres unless a name says hectares.
//
// # Method
//
// [Prepare] turns a geometry into a [Shape]: flat coordinates and a packed
// hierarchy of boxes over runs of edges. [Between] walks the two hierarchies
// together, nearest boxes first, and drops every pair whose proven lower bound
// exceeds a proven upper bound of the answer. Only pairs of edges that could
// still hold the minimum are solved with the exact inverse geodesic (C. F. F.
// Karney, Algorithms for geodesics, J. Geodesy 87, 2013), by a bracketed secant
// iteration on the first variation of length: moving an end of a geodesic
// changes its length by the cosine of the angle between path and geodesic.
//
// The error is below 1 mm up to 100 km and below 1 m up to 2,000 km; see
// docs/geodesy.md for how that is checked.
package geodesy
