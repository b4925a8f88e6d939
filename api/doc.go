// Package api is the HTTP face of Kawasan: OGC API Features and our own planning
// endpoints over any [geo.Reader]. It knows no SQL; Fiber stays inside it.
//
// Each resource is one entry in a table of endpoints ([Server.endpoints]) whose
// parameters drive parsing, the check of values and names, and the OpenAPI
// document alike. Each handler goes through five steps: parse, authorise,
// validate, call, render.
package api
