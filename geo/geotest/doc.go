// Package geotest holds what tests of the packages over a geo.Reader share: a
// reader over features in memory that answers every part of a geo.Query in the
// plainest way, the shipped data loaded into it, and short ways to write down
// collections, features and filters.
//
// It is written to be obviously right, not fast: every query looks at every
// feature. Nothing but tests imports it.
package geotest
