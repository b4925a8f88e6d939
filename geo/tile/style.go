package tile

import (
	"fmt"
	"maps"
	"slices"

	"kawasan/geo"
)

// Style is a MapLibre style document, version 8.
type Style struct {
	Version int            `json:"version"`
	Name    string         `json:"name"`
	Center  [2]float64     `json:"center"`
	Zoom    float64        `json:"zoom"`
	Sources map[string]any `json:"sources"`
	Layers  []StyleLayer   `json:"layers"`
}

// StyleLayer is a layer of a style.
type StyleLayer struct {
	ID          string         `json:"id"`
	Type        string         `json:"type"`
	Source      string         `json:"source,omitempty"`
	SourceLayer string         `json:"source-layer,omitempty"`
	MinZoom     float64        `json:"minzoom,omitempty"`
	Filter      any            `json:"filter,omitempty"`
	Layout      map[string]any `json:"layout,omitempty"`
	Paint       map[string]any `json:"paint,omitempty"`
	// Metadata has, for names that are said otherwise in the language of the style,
	// how: "kawasan:names", by the name that is stored.
	Metadata map[string]any `json:"metadata,omitempty"`
}

// sourceName is the source of the tiles within a style.
const sourceName = "kawasan"

// StyleOf draws collections in a theme, areas below lines below points below
// names, the larger collections (regencies, plantations) lowest. TileJSON is the
// address of the tiles' description. Nothing else is fetched: names use the
// fonts of the browser.
//
// A line that is legal, official or surveyed is solid; any other is dashed,
// with a soft band as wide as the boundary is uncertain (of [UncertaintyLayer], so the
// tiles must have it), and its name says that it is no official boundary. Names of
// areas and lines stand where [LabelLayer] has them, which the tiles must have too.
func StyleOf(collections []*geo.Collection, theme Theme, lang, tileJSON string) Style {
	described := Describe(collections, lang, "")
	s := Style{
		Version: 8, Name: "Kawasan " + string(theme),
		Center: [2]float64{described.Center[0], described.Center[1]}, Zoom: described.Center[2],
		Sources: map[string]any{sourceName: map[string]any{"type": "vector", "url": tileJSON}},
		Layers:  []StyleLayer{{ID: "ground", Type: "background", Paint: map[string]any{"background-color": theme.colours().ground}}},
	}
	drawn := Drawn(collections)
	for _, part := range []func(*geo.Collection, Theme) []StyleLayer{bandLayers, areaLayers, lineLayers, pointLayers} {
		for _, c := range drawn {
			s.Layers = append(s.Layers, part(c, theme)...)
		}
	}
	for _, c := range drawn {
		s.Layers = append(s.Layers, nameLayers(c, theme, lang)...)
	}
	return s
}

// HideAtFirst leaves the layers of derived collections, and of plantations, whose
// envelopes cover all the land, in the style for whoever switches them on, but
// does not show them.
func (s *Style) HideAtFirst(collections []*geo.Collection) {
	for i := range s.Layers {
		for _, c := range collections {
			if IsHiddenAtFirst(c) && slices.Contains([]string{c.ID, UncertaintyLayer(c.ID), LabelLayer(c.ID)}, s.Layers[i].SourceLayer) {
				layout := map[string]any{"visibility": "none"}
				maps.Copy(layout, s.Layers[i].Layout)
				s.Layers[i].Layout = layout
			}
		}
	}
}

// IsHiddenAtFirst reports whether maps show a collection only once somebody asks for it: what is
// computed goes from everywhere to everywhere, and what covers the land hides what lies below.
func IsHiddenAtFirst(c *geo.Collection) bool { return c.Derived || c.ID == "plantations" }

// Rank says what lies on top: the higher.
func Rank(collection string) int {
	order := []string{"regencies", "plantations", "", "ikn", "zones"}
	if i := slices.Index(order, collection); i >= 0 {
		return i
	}
	return slices.Index(order, "")
}

// AreaOpacity is that of the inside of areas, 0 to 1: what covers all the land hides nothing.
func AreaOpacity(collection string) float64 {
	if collection == "regencies" {
		return 0.03
	}
	return 0.18
}

func has(c *geo.Collection, property string) bool {
	_, ok := c.PropertyIndex(property)
	return ok
}

// ofType limits a layer to geometries of a type, and more conditions.
func ofType(name string, more ...any) any {
	return append([]any{"all", []any{"==", []any{"geometry-type"}, name}}, more...)
}

func get(name string) []any { return []any{"get", name} }

// firm is true for boundaries that may be drawn as solid lines.
func firm() any {
	return []any{"in", []any{"coalesce", get("boundary_kind"), ""}, []any{"literal", firmKinds}}
}

func areaLayers(c *geo.Collection, theme Theme) []StyleLayer {
	return []StyleLayer{{
		ID: c.ID + "-area", Type: "fill", Source: sourceName, SourceLayer: c.ID, Filter: ofType("Polygon"),
		Paint: map[string]any{"fill-color": theme.Colour(c.ID), "fill-opacity": AreaOpacity(c.ID), "fill-antialias": false},
	}}
}

// lineLayers draws lines and the outlines of areas.
func lineLayers(c *geo.Collection, theme Theme) []StyleLayer {
	line := func(name string, filter any, paint map[string]any) StyleLayer {
		paint["line-color"] = theme.Colour(c.ID)
		return StyleLayer{
			ID: c.ID + "-" + name, Type: "line", Source: sourceName, SourceLayer: c.ID, Filter: filter, Paint: paint,
			Layout: map[string]any{"line-join": "round"},
		}
	}
	shapes := []any{"!=", []any{"geometry-type"}, "Point"}
	width := []any{"interpolate", []any{"linear"}, []any{"zoom"}, 5, 0.8, 12, 2.2}
	if !has(c, "boundary_kind") {
		return []StyleLayer{line("line", shapes, map[string]any{"line-width": width})}
	}
	return []StyleLayer{
		line("line", []any{"all", shapes, firm()}, map[string]any{"line-width": width}),
		line("dashed", []any{"all", shapes, []any{"!", firm()}}, map[string]any{"line-width": width, "line-dasharray": []any{3, 2}}),
	}
}

// bandLayers draws how uncertain boundaries are, softer outwards.
func bandLayers(c *geo.Collection, theme Theme) []StyleLayer {
	if !hasBands(c) {
		return nil
	}
	opacity := 0.28
	if theme == Dark {
		opacity = 0.2 // light on a dark ground weighs more
	}
	if c.ID == "regencies" {
		opacity = 0.1 // they are the ground of all else
	}
	return []StyleLayer{{
		ID: c.ID + "-band", Type: "fill", Source: sourceName, SourceLayer: UncertaintyLayer(c.ID),
		Paint: map[string]any{"fill-color": theme.Colour(c.ID), "fill-opacity": []any{"*", opacity, get("share")}, "fill-antialias": false},
	}}
}

func pointLayers(c *geo.Collection, theme Theme) []StyleLayer {
	radius := 5.0
	if c.ID == "towns" {
		radius = 3
	}
	return []StyleLayer{{
		ID: c.ID + "-point", Type: "circle", Source: sourceName, SourceLayer: c.ID, Filter: ofType("Point"),
		Paint: map[string]any{
			"circle-color": pointColour(c, theme), "circle-stroke-color": theme.edge(c.ID), "circle-stroke-width": 1,
			"circle-radius": []any{"interpolate", []any{"linear"}, []any{"zoom"}, 5, radius * 0.6, 12, radius * 1.4},
		},
	}}
}

// pointColour is the collection's; findings of quality show how serious they are.
func pointColour(c *geo.Collection, theme Theme) any {
	if !isFindings(c) {
		return theme.Colour(c.ID)
	}
	return []any{"match", get("severity"), "error", vermilion, "warning", orange, sky}
}

// isFindings reports whether the features are findings about others.
func isFindings(c *geo.Collection) bool { return has(c, "severity") && has(c, "title_id") }

// namesIn gives the names that are words of one language, and how another says them.
func namesIn(c *geo.Collection, lang string) map[string]string {
	said := map[string]string{}
	if p, ok := c.Property("name"); ok {
		for name, text := range p.Words {
			if other := text.In(lang); other != "" && other != name {
				said[name] = other
			}
		}
	}
	return said
}

// nameLayers write the names: of points from their own layer, of areas and lines once
// each, where [LabelLayer] has them. A sketch says in words that it is one.
func nameLayers(c *geo.Collection, theme Theme, lang string) []StyleLayer {
	var text any = get("id")
	worded := namesIn(c, lang)
	var metadata map[string]any
	if has(c, "name") {
		text = []any{"coalesce", get("name"), get("id")}
	}
	if len(worded) > 0 {
		metadata = map[string]any{"kawasan:names": worded}
		text = []any{"coalesce", []any{"get", []any{"coalesce", get("name"), ""}, []any{"literal", worded}}, get("name"), get("id")}
	}
	if isFindings(c) {
		text = get(map[bool]string{true: "title_id", false: "title"}[lang == "id"])
	}
	least := 6.0
	switch c.ID {
	case "mills", "infrastructure", "towns":
		least = 8
	}
	names := func(id, layer string, text, filter any) StyleLayer {
		return StyleLayer{
			ID: id, Type: "symbol", Source: sourceName, SourceLayer: layer, MinZoom: least, Filter: filter, Metadata: metadata,
			Layout: map[string]any{
				"text-field": text, "text-size": 12, "text-max-width": 12, "text-optional": true,
				"text-variable-anchor": []any{"top", "bottom", "left", "right"}, "text-radial-offset": 0.6,
			},
			Paint: map[string]any{"text-color": theme.colours().text, "text-halo-color": theme.colours().halo, "text-halo-width": 1.4},
		}
	}
	said := text // with words where it is a sketch
	if has(c, "boundary_kind") {
		sketch := []any{"in", []any{"coalesce", get("boundary_kind"), ""}, []any{"literal", sketchKinds}}
		said = []any{"case", sketch, []any{"concat", text, fmt.Sprintf("\n(%s)", SketchNote().In(lang))}, text}
	}
	layers := []StyleLayer{names(c.ID+"-name", c.ID, text, ofType("Point"))}
	if hasLabels(c) {
		layers = append(layers, names(c.ID+"-label", LabelLayer(c.ID), said, nil))
	}
	return layers
}
