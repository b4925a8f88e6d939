// Package quality judges features before they are stored, and what is stored: by
// named rules, each with a severity, the place, and what would be right, in
// English and Indonesian. Errors block a load, warnings do not.
//
// A [Judge] takes features one after another; [Judge.Finish] adds what can only be
// said of all of them, such as overlaps between neighbours; [Judge.Report] gives
// the findings, grouped by rule and limited in number, never in count.
//
// Geometries are WGS84 lon, lat with straight edges. Predicates are exact: the sign of
// each orientation is that of real numbers, so a verdict never hangs on rounding.
// A ring of n vertices costs O(n log n), and memory for a collection grows by some
// 150 bytes a feature; geometries wait in a file for what concerns all of them.
package quality
