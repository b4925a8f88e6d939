// Package proximity answers questions of nearness over any geo.Reader: the
// nearest features, those within a distance with their count and sums, the
// distances of all pairs, buffers, and what two areas share.
//
// Distances are metres on the WGS84 ellipsoid between lon/lat-straight edges,
// boundary to boundary, 0 where shapes meet (package geodesy). Every distance
// comes with the least and the greatest value that the uncertainties of both
// positions allow; candidates that can't be told apart by them are marked, and
// candidates whose position nobody has published are named as unlocated. A
// straight line is not a road: where it crosses water the answer says how much
// of it, and distances that somebody published stand beside it.
//
// The result of each question is an [Answer]: ordinary features of a collection
// made for the purpose, so that whatever writes features can write answers.
//
// The package sees a reader and never a store, and knows nothing of HTTP. Where
// the reader offers geo.NearReader it is used; otherwise boxes are grown around
// the origin until nothing outside them can be nearer. Both give the same
// answer, and it never depends on the order of an index.
package proximity
