package api

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/bbox"
	"kawasan/geo/cartography"
	"kawasan/geo/tile"
)

var (
	asPNG = &representation{"png", "image/png", geo.Text{EN: "PNG"}, true}
	asSVG = &representation{"svg", "image/svg+xml", geo.Text{EN: "SVG"}, true}
	asPDF = &representation{"pdf", "application/pdf", geo.Text{EN: "PDF"}, true}
)

const relMap = "http://www.opengis.net/def/rel/ogc/1.0/map"

// Bounds of a map.
const (
	mapPixels      = 4096       // along a side
	mapArea        = 12_000_000 // pixels of a picture or of a sheet
	leastDots      = 72         // an inch
	mostDots       = 300
	previewWidth   = 1200 // of a link preview
	previewHeight  = 630
	drawingsAtOnce = 2
)

// drawings limits how many maps are drawn at once: each may take 48 MB.
type drawings chan struct{}

func newDrawings() drawings { return make(drawings, drawingsAtOnce) }

// drawingEndpoints are the maps for documents: pictures and sheets to print.
func (s *Server) drawingEndpoints() []*endpoint {
	ofPicture := []*parameter{
		{name: "width", description: "The width in pixels", schema: object{"type": "integer", "minimum": 16, "maximum": mapPixels, "default": previewWidth}},
		{name: "height", description: "The height in pixels", schema: object{"type": "integer", "minimum": 16, "maximum": mapPixels, "default": previewHeight}},
	}
	ofBox := []*parameter{
		{
			name: "bbox", description: "What is to be seen at least: " + bbox.Form + "; without it all of the data", form: bbox.Form, list: true,
			schema: object{"type": "array", "minItems": 4, "maxItems": 6, "items": object{"type": "number"}},
		},
		{name: "bbox-crs", description: "The reference system of bbox, by URI", schema: object{"type": "string", "default": uriCRS84}},
	}
	looks := []*parameter{
		{name: "theme", description: "The colours", schema: object{"type": "string", "enum": themeNames(), "default": string(tile.Light)}},
		{name: "dpi", description: "Dots an inch: letters and lines grow with it", schema: object{"type": "number", "minimum": leastDots, "maximum": mostDots, "default": 96}},
	}
	ofSheet := []*parameter{
		{name: "paper", description: "The size of the paper, lying", schema: object{"type": "string", "enum": paperNames(), "default": paperNames()[0]}},
		{name: "around", description: "How many metres around the feature are shown; without it some half of its size", schema: object{"type": "number", "minimum": 0, "maximum": 500_000}},
		{name: "collections", description: "The collections to draw around it, separated by commas; all but the largest without it", schema: object{"type": "array", "items": text()}, list: true},
		{name: "theme", description: "The colours", schema: object{"type": "string", "enum": themeNames(), "default": string(tile.Print)}},
		{name: "dpi", description: "Dots an inch", schema: object{"type": "number", "minimum": leastDots, "maximum": mostDots, "default": 150}},
	}
	const one, feature = "/collections/:collection", "/collections/:collection/items/:feature"
	var list []*endpoint
	for _, form := range []*representation{asPNG, asSVG, asPDF} {
		forms := []*representation{form}
		common := commonParameters(forms)
		if form != asPDF {
			list = append(
				list,
				&endpoint{id: "getMap." + form.name, path: one + "/map." + form.name, tag: "maps", summary: geo.Phrasef("A map of its features, %s", form.title), parameters: slices.Concat(common, ofPicture, ofBox, looks, choiceParameters()), formats: forms, answers: "object", takesProperties: true, needsData: true, handle: s.mapOfCollection},
				&endpoint{id: "getFeatureMap." + form.name, path: feature + "/map." + form.name, tag: "maps", summary: geo.Phrasef("A map of a feature and what lies around it, %s", form.title), parameters: slices.Concat(common, ofPicture, looks), formats: forms, answers: "object", needsData: true, handle: s.mapOfFeature},
			)
		}
		list = append(list, &endpoint{id: "getSheet." + form.name, path: feature + "/sheet." + form.name, tag: "maps", summary: geo.Phrasef("A sheet to print, a feature with its neighbourhood, %s", form.title), parameters: slices.Concat(common, ofSheet), formats: forms, answers: "object", needsData: true, handle: s.sheet})
	}
	return list
}

func themeNames() []string {
	var names []string
	for _, t := range tile.Themes() {
		names = append(names, string(t))
	}
	return names
}

func paperNames() []string {
	var names []string
	for _, p := range cartography.Papers() {
		names = append(names, p.Name)
	}
	return names
}

// mapOfCollection answers with a picture of a collection.
func (s *Server) mapOfCollection(x *exchange) error {
	if !x.collection.HasGeometry() {
		return geo.Errorf(geo.NotFound, "collection %q has no geometry and so no map", x.collection.ID).Try("a collection with a geometry")
	}
	r, dots, err := x.pictureRequest()
	if err != nil {
		return err
	}
	if r.Bounds, err = x.mapBounds(); err != nil {
		return err
	}
	collections := []*geo.Collection{x.collection}
	if r.Filters, err = x.filtersOf(collections); err != nil {
		return err
	}
	var items itemsRequest
	if err := x.parseTime(&items); err != nil {
		return err
	}
	r.Collections, r.Time = []string{x.collection.ID}, items.query.Time
	return x.sendPicture(r, dots, collections)
}

// mapOfFeature answers with a picture of one feature among its neighbours.
func (s *Server) mapOfFeature(x *exchange) error {
	r, dots, err := x.pictureRequest()
	if err != nil {
		return err
	}
	f, err := x.located()
	if err != nil {
		return err
	}
	g, err := f.Geometry()
	if err != nil {
		return err
	}
	shown := cartography.Neighbourhood(g.Bound())
	r.Bounds, r.Focus, r.Collections = &shown, f.Ref(), []string{f.Collection.ID}
	for _, c := range x.catalogue.Collections {
		if c.HasGeometry() && c.ID != f.Collection.ID && cartography.IsNeighbour(c) {
			r.Collections = append(r.Collections, c.ID)
		}
	}
	return x.sendPicture(r, dots, x.catalogue.Collections)
}

// located is the feature that the path names, which must have a position.
func (x *exchange) located() (*geo.Feature, error) {
	id := x.Params("feature")
	if err := checkID(id, x.collection); err != nil {
		return nil, err
	}
	f, err := geo.FeatureByID(x.ctx, x.server.config.Reader, x.collection.ID, id)
	if err != nil {
		return nil, err
	}
	if f.WKB == nil {
		return nil, geo.Errorf(geo.NotFound, "%s has no position and so no map", f.Ref()).Try("a feature with a position")
	}
	return f, nil
}

// sheet answers with a sheet to print.
func (s *Server) sheet(x *exchange) error {
	r := cartography.Sheet{Collection: x.collection.ID, Feature: x.Params("feature"), Lang: x.lang, Principal: x.principal}
	r.Theme, r.Around = x.theme(tile.Print), x.values.number("around", 0)
	r.Paper = cartography.Papers()[max(0, slices.Index(paperNames(), x.values.text("paper")))]
	dots := x.values.number("dpi", 150)
	width, height := r.Paper.Size()
	if pixels := width * height * dots * dots / 96 / 96; x.format == asPNG && pixels > mapArea {
		return geo.Invalidf("dpi", "the sheet would have %.0f million pixels", pixels/1e6).
			Try("at most %.0f dots an inch on this paper, or SVG or PDF", math.Floor(math.Sqrt(mapArea/(width*height))*96))
	}
	if _, given := x.values.get("collections"); given {
		chosen, err := x.chosenCollections()
		if err != nil {
			return err
		}
		r.Collections = []string{}
		for _, c := range chosen {
			r.Collections = append(r.Collections, c.ID)
		}
	}
	f, err := x.located()
	if err != nil {
		return err
	}
	r.Address = x.collectionURL(f.Collection.ID) + "/items/" + escapeSegment(f.ID)
	if x.beginMap(x.stateOf(x.catalogue.Collections...)) {
		return nil
	}
	return x.draw(dots, func() (*cartography.Drawing, error) { return cartography.DrawSheet(x.ctx, s.config.Reader, r) })
}

// pictureRequest reads size and looks.
func (x *exchange) pictureRequest() (r cartography.Picture, dots float64, err error) {
	r.Lang, r.Principal, r.Theme = x.lang, x.principal, x.theme(tile.Light)
	r.Width, r.Height = x.values.whole("width", previewWidth), x.values.whole("height", previewHeight)
	if r.Width*r.Height > mapArea {
		return r, 0, geo.Invalidf("width", "the map would have %d pixels", r.Width*r.Height).Try("at most %d", mapArea)
	}
	return r, x.values.number("dpi", 96), nil
}

func (x *exchange) theme(otherwise tile.Theme) tile.Theme {
	return cmp.Or(tile.Theme(x.values.text("theme")), otherwise)
}

// mapBounds reads the box to be shown; nil without one.
func (x *exchange) mapBounds() (*orb.Bound, error) {
	if _, given := x.values.get("bbox"); !given {
		return nil, nil
	}
	var items itemsRequest
	if err := x.parseBounds(&items); err != nil {
		return nil, err
	}
	switch b := items.query.Bounds; {
	case len(b) != 1:
		return nil, geo.Invalidf("bbox", "a map can't show this box in one piece").Try("a box that does not cross the 180th meridian, or one in CRS84")
	case b[0].Min[0] >= b[0].Max[0] || b[0].Min[1] >= b[0].Max[1]:
		return nil, geo.Invalidf("bbox", "the box has no area").Try(bbox.Form)
	default:
		return &b[0], nil
	}
}
