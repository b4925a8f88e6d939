// Package dxf writes drawings for planners' CAD programs: DXF of AutoCAD release
// 12 (AC1009) as text, which every such program opens.
//
// Coordinates are metres in a projected system: UTM zone 50S unless another is
// asked for. Each collection and kind of boundary has a layer of its own,
// ZONES_LEGAL say; what is no firm boundary is dashed. A ring is a closed polyline,
// a hole one more on the same layer; names are text within their shape. The
// attributes stand as extended data of the application KAWASAN on the outer rings,
// the id on holes too. Text is ASCII with \U+XXXX for all else, as CAD programs
// write it; characters beyond U+FFFF become U+FFFD. Measures are left out.
package dxf
