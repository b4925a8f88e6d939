// Package web holds the map application: TypeScript in src, bundled by build.mjs
// (make web) into dist, which is committed and embedded here, so that building
// Kawasan needs no Node. docs/map.md says how it is made.
package web
