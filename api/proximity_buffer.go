package api

import (
	"kawasan/geo"
	"kawasan/geo/proximity"
)

// bufferEndpoint draws the areas within distances of a place.
func (s *Server) bufferEndpoint(forms []*representation) *endpoint {
	return &endpoint{
		id: "getBuffer", path: "/proximity/buffer", tag: "proximity", summary: geo.Words("The area within one or several distances of a place"),
		parameters: append(commonParameters(forms), dataVersionParameter(),
			&parameter{name: "from", required: true, orBody: true, description: "Around what: features such as zones/kik, separated by commas, a whole collection, or a point as lon,lat", schema: text()},
			&parameter{name: "distance", required: true, description: "How far, with its unit: m, km or nm, such as 10km; several, separated by commas, give several rings", schema: text()},
			answerPageParameters()[0], answerPageParameters()[1],
			&parameter{name: "crs", description: "The reference system of the answer's positions, by URI", schema: object{"type": "string", "default": uriCRS84}},
		),
		formats: forms, answers: "featureCollection", body: "geojson", needsData: true, handle: s.buffer,
	}
}

func (s *Server) buffer(x *exchange) error {
	r := proximity.BufferRequest{Principal: x.principal}
	var err error
	if r.From, err = x.sources(); err != nil {
		return err
	}
	if r.Radii, err = x.distances(); err != nil {
		return err
	}
	o, err := x.readOutput()
	if err != nil {
		return err
	}
	page := x.answerPage()
	a, err := proximity.New(x.reader, proximity.Options{Memory: x.server.memory}).Buffer(x.ctx, r)
	if err != nil || x.beginAnswer() {
		return err
	}
	x.setContentCrs(o)
	return x.sendAnswer(a, o, page)
}

// distances reads distance: one or several, separated by commas, in metres.
func (x *exchange) distances() ([]float64, error) {
	var list []float64
	for _, text := range splitList(x.values.text("distance")) {
		d, err := proximity.ParseDistance(text)
		if err != nil {
			return nil, geo.AsError(err).In("distance")
		}
		list = append(list, d)
	}
	return list, nil
}
