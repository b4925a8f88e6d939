// Package cql2 reads, checks, evaluates and prints filters in the Common Query
// Language CQL2 (OGC 21-065r2), in its text and in its JSON encoding.
//
// [ParseText] and [ParseJSON] turn a filter into one syntax tree, [Text] and
// [JSON] print it back in a canonical form. [Check] binds the names of a tree to
// the properties of a collection, checks types and gives a [Filter], which
// implements geo.Filter. The nodes are a small closed set ([Literal], [Property],
// [Operation], [Call], [Geometry], [Interval], [Array]), so that a store can
// translate the tree.
//
// # Semantics
//
// Logic is three-valued: an operation on null is unknown, NOT unknown is unknown,
// and only what is true matches. Text compares by code point. Integers compare
// exactly with integers and with numbers; arithmetic is done in float64, and a
// division by zero, an overflow or NaN is null. Times are UTC with microseconds.
// Where a date meets a timestamp both are compared as days in UTC. Spatial
// predicates work on longitude and latitude as a plane with straight edges.
// docs/cql2.md has the details.
package cql2
