// Package format is the table of the files that Kawasan writes: one line for each
// format, whose package writes it. The API and the command line ask this table,
// so that a new format is one new package and one line here.
package format
