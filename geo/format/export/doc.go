// Package export is the contract between those who hold features and those who
// write files: a [Format] makes a [Writer], which takes one [Layer] after another
// and the features of each. It knows no format; the table of them is in the
// package format.
package export
