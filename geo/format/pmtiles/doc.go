// Package pmtiles writes vector tiles as one file: PMTiles version 3, which web
// maps read from any web server or object store that answers range requests.
//
// The tiles are those of the package tile on the grid WebMercatorQuad, compressed
// with gzip; equal ones are kept once. They go down to zoom 14, the detail of the
// tiles that the API serves, or as far as there are at most 150,000 of them. The
// directory and the order of tiles follow the Hilbert curve, as the format asks.
//
// Features wait in a temporary file until Close, as drafts of their outlines, so that each is
// projected once and not once a tile; a box of each stays in memory.
package pmtiles
