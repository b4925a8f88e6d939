package api

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
	"kawasan/geo/proximity"
)

// givenPlaces are what a question measures from when they came as the body.
type givenPlaces struct {
	sources []proximity.Source
	notes   []geo.Text // what was put right in them
}

// readGivenBody reads the body of a question: GeoJSON to measure from. An empty
// body leaves it to the parameter from.
func (x *exchange) readGivenBody() error {
	body := x.Body()
	if _, named := x.values.get("from"); named {
		if len(body) > 0 {
			return geo.Invalidf("from", "where to measure from is given twice: as a parameter and as the body").Try("one of them")
		}
		return nil
	}
	switch mediaType := essence(x.Get(fiber.HeaderContentType)); {
	case mediaType == "", mediaType == asJSON.mediaType, mediaType == asGeoJSON.mediaType, mediaType == "text/plain", strings.HasSuffix(mediaType, "+json"):
	default:
		return geo.Errorf(geo.Unsupported, "a body of type %q is not read here", geo.Clip(mediaType)).
			Try("GeoJSON, of type application/geo+json").In("body")
	}
	sources, notes, err := proximity.ReadGeoJSON(x.ctx, body, x.home())
	if err != nil {
		return err
	}
	x.given = &givenPlaces{sources, notes}
	x.values = append(x.values, value{name: "(body)", inBody: true}) // so that links say POST
	return nil
}

// sources are the places that a question starts from.
func (x *exchange) sources() ([]proximity.Source, error) {
	if x.given != nil {
		return x.given.sources, nil
	}
	sources, err := proximity.ParseSources(x.values.text("from"), x.home())
	if err != nil {
		return nil, geo.AsError(err).In("from")
	}
	return sources, nil
}

// noteGiven says what was put right in the places given.
func (x *exchange) noteGiven(a *proximity.Answer) {
	if x.given != nil {
		a.Notes = append(a.Notes, x.given.notes...)
	}
}

// givenOperation describes the POST of a question: the GET with the places to
// measure from in the body.
func givenOperation(e *endpoint, shared object) object {
	post := operation(e, nil, shared)
	post["operationId"] = e.id + "OfGeometry"
	post["summary"] = e.summary.String() + ", from the geometry in the body"
	if list, ok := post["parameters"].([]any); ok {
		post["parameters"] = slices.DeleteFunc(list, func(p any) bool {
			o, ok := p.(object)
			return ok && (o["name"] == "from" || o["$ref"] == "#/components/parameters/from")
		})
	}
	example := object{
		"type": "Feature", "properties": object{"position_uncertainty_m": 100},
		"geometry": object{"type": "Point", "coordinates": []float64{116.79, -1.17}},
	}
	post["requestBody"] = object{
		"description": "Where to measure from: a GeoJSON geometry, Feature or FeatureCollection, in longitude and latitude. Features may say how good they are: position_uncertainty_m, boundary_kind",
		"required":    true,
		"content":     object{asGeoJSON.mediaType: object{"schema": object{"$ref": "#/components/schemas/" + e.body}, "example": example}},
	}
	return post
}
