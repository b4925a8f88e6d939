// Package zone answers what planners ask of a zone: its profile, zones side by
// side, a ranking by the planner's own criteria, and the collection of
// connections between zones and ports, airports, the capital and towns.
//
// Nothing in it is tied to industrial zones: it works for the features of any
// collection with geometry, over any geo.Reader. What a profile looks for stands
// in a list of look-ups with their filters as CQL2 text, so that the answer shows
// them and the caller can change them.
//
// Every value carries what it rests on. A value that nobody knows is unknown:
// neither 0 nor a reason to leave a zone out.
package zone

// DefaultCollection is the collection that a zone is of where none is named.
const DefaultCollection = "zones"
