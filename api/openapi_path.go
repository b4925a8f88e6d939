package api

import (
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/tile"
)

// pathParameters are the variables of paths that have bounds of their own, by name; any
// other is a text, and its handler says what there is.
var pathParameters = func() map[string]*parameter {
	var sets, themes []string
	for _, s := range tile.MatrixSets() {
		sets = append(sets, s.ID)
	}
	for _, t := range tile.Themes() {
		themes = append(themes, string(t))
	}
	index := object{"type": "integer", "minimum": 0}
	list := []*parameter{
		{name: "tileMatrixSetId", description: "The grid of the tiles", schema: choice(sets...)},
		{name: "styleId", description: "The look of the map", schema: choice(themes...)},
		{name: "tileRow", description: "The row of the tile, counted from the north", schema: index},
		{name: "tileCol", description: "The column of the tile, counted from the west", schema: index},
		{name: "z", description: "The zoom of the tile", schema: object{"type": "integer", "minimum": 0, "maximum": tile.MaxZoom}},
		{name: "x", description: "The column of the tile, counted from the west", schema: index},
	}
	prepare(list)
	byName := map[string]*parameter{}
	for _, p := range list {
		byName[p.name] = p
	}
	return byName
}()

// checkPath holds the variables of the path to what the OpenAPI document says of them.
func (x *exchange) checkPath() error {
	for _, p := range x.endpoint.inPath {
		if err := p.checkPath(x.Params(p.name)); err != nil {
			return err
		}
	}
	return nil
}

// checkedInPath are the variables of a path that have bounds.
func checkedInPath(path string) []*parameter {
	var list []*parameter
	for name := range variables(path) {
		if p, ok := pathParameters[name]; ok {
			list = append(list, p)
		}
	}
	return list
}

// checkPath is check for a variable of a path. What could be there but isn't is not found.
func (p *parameter) checkPath(text string) error {
	err := p.check(text)
	if err == nil {
		return nil
	}
	if _, notWhole := strconv.Atoi(text); p.bounds.kind == "integer" && notWhole != nil {
		return err
	}
	return geo.Errorf(geo.NotFound, "there is no %s %q", p.name, geo.Clip(text)).In(p.name).Try("%s", p.right())
}

// variables gives the names of the variables in a path.
func variables(path string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for s := range strings.SplitSeq(path, "/") {
			if name, ok := strings.CutPrefix(s, ":"); ok && !yield(name) {
				return
			}
		}
	}
}

// templated writes the variables of a path as OpenAPI does, in braces.
func templated(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if name, ok := strings.CutPrefix(s, ":"); ok {
			segments[i] = "{" + name + "}"
		}
	}
	return strings.Join(segments, "/")
}

// describePath describes the variables of a path but collection and feature,
// which are described elsewhere.
func describePath(path string) []any {
	var list []any
	for name := range variables(path) {
		if name == "collection" || name == "feature" {
			continue
		}
		o := object{"name": name, "in": "path", "required": true, "schema": text()}
		if p, ok := pathParameters[name]; ok {
			o["schema"], o["description"] = p.schema, p.description
		}
		list = append(list, o)
	}
	return list
}
