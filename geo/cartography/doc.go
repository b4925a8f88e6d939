// Package cartography draws maps for documents: pictures of a collection, and
// sheets to print that show a feature with its neighbourhood.
//
// # Drawing
//
// A [Drawing] is made once, of paths and texts, and written as PNG, SVG or PDF by
// one function each. Its unit is a ninety-sixth of an inch, which is a pixel of
// SVG and of a picture at 96 dots an inch; y runs down.
//
// # Projection
//
// A map is equirectangular: degrees of longitude and latitude have one length
// each all over it, that which they have on the WGS84 ellipsoid in the middle of
// the map. So an edge that is straight in longitude and latitude is straight on
// paper, and the scale holds at the middle latitude. Over the province it is off
// by less than 0.2 percent elsewhere.
//
// # Boundaries
//
// Legal, official and surveyed boundaries are solid lines. All others are dashed,
// with a soft band as wide as the boundary is uncertain either way, and sketches
// say in words that they are no official boundary. Points whose position is an
// estimate are hollow.
//
// # Type
//
// Names are set in the Go fonts (Latin, Greek and Cyrillic letters).
package cartography
