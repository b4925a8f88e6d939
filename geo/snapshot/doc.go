// Package snapshot answers queries from memory.
//
// A [Collection] is an immutable view of one collection at one version: its
// features ready to send, an R-tree over their bounds and trees in order of id
// and of the sort keys that were asked for. [Build] makes it by one streaming
// read; [Collection.Apply] makes the next one from a few changed features and
// shares the rest, so that whoever reads the old view is not disturbed.
//
// A [Reader] stands before another reader, which is the truth, and answers
// from the views that it holds. [Reader.Follow] keeps them fresh from a feed of
// changes. What it does not hold (too large, changes not tracked, an earlier
// version asked for) it hands on, so that every query has the same answer with
// the package and without it.
package snapshot
