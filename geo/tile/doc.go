// Package tile makes vector tiles (Mapbox Vector Tile 2.1) from the features of
// a [geo.Reader], and describes them: tile matrix sets and tilesets as OGC has
// them, TileJSON, and MapLibre styles.
//
// # Geometry
//
// A tile is a grid of 4096 by 4096 units, eight to a pixel where a map shows it
// in 512 pixels, with a margin of 64 units around it. The way from a feature to
// a tile is the same whatever store it comes from:
//
//  1. Edges are straight in longitude and latitude. An edge that would leave its
//     straight line in Mercator by more than half a unit is divided, always from
//     its western end, so that two polygons that share it get the same points.
//  2. Every vertex is moved to the nearest point of a grid that all tiles of the
//     zoom share: every 4 units up to zoom 12, 2 at 13, each unit from 14 on.
//     Then vertices that fell together or lie exactly between their neighbours
//     are left out. Neither step looks at anything but the vertices themselves,
//     so an edge that two polygons share stays one edge: no gap, no overlap.
//  3. Parts and holes that are smaller than a pixel both ways, or have no area
//     left, are left out. A feature of which nothing would remain is shown by its
//     largest part as a square of one pixel (a line as a dash of one pixel).
//  4. What lies beyond the margin is cut off.
//  5. Where rings cross or touch themselves or one another after that, what they
//     surround is traced anew (by the non-zero rule, on the same grid), so that
//     areas are valid.
//
// # Size
//
// A tile has at most [Options.MaxTileBytes] bytes (500 kB, before compression).
// When its features need more they are admitted from the largest to the
// smallest (area of the bounding box; equal ones in order of id) while they
// fit. A tile that lacks features says so in [Tile.Dropped] and carries a layer
// named [NotesLayer] with one point for each collection concerned.
//
// # Uncertainty
//
// Asked for it, a tile shows how far the boundaries that are not firm may be off:
// areas around them, to scale, one in the other, so that they can be drawn fading
// outwards ([UncertaintyLayer]). Those of less than two pixels are left out, and all but the 400
// most uncertain of a collection; they take what room the features leave.
//
// Longitudes beyond 180 degrees either way are not wrapped around the world.
package tile
