// Package fgb writes FlatGeobuf files (version 3) with a packed Hilbert R-tree, so
// that a client finds the features in a box with a few requests for ranges.
//
// Features stand in the order of the index, not in that in which they came. They
// wait in a temporary file until Close; 56 bytes for each stay in memory.
// Features without a geometry are in the file but no box finds them; an empty
// geometry becomes none. Dates are
// instants at midnight, as the format has no dates; lists are JSON. The metadata of
// such a column name its type, {"type":"date"}, by which they come back as they were.
package fgb
