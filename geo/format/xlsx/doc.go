// Package xlsx writes spreadsheets (Office Open XML, ISO/IEC 29500): a sheet for
// each layer, and one that explains the columns and says where the data come from.
//
// The first row has the titles of the attributes with their units, and is fixed
// and filterable. Numbers and dates are real ones, except what a spreadsheet can't
// hold: integers beyond 15 digits and days before March 1900 are text. Points get a
// column for each coordinate; other geometries stay out unless Options.WKT asks
// for them as text. Text is cut at the 32,767 characters that a cell holds. The same
// layers give the same bytes, and nothing is kept in memory.
package xlsx
