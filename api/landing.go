package api

type landingDocument struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Links       []link `json:"links"`

	// Page is what people see besides.
	Page landingPage `json:"-"`
}

// landing answers /: what this is and where everything else is.
func (s *Server) landing(x *exchange) error {
	d := landingDocument{Title: "Kawasan", Description: x.say("about"), Links: x.selfLinks()}
	add := func(rel, path, mediaType, title string) {
		d.Links = append(d.Links, link{Href: x.base + path, Rel: rel, Type: mediaType, Title: x.say(title)})
	}
	add("service-desc", "/api", asOpenAPI.mediaType, "interface description")
	add("service-doc", "/api.html", "text/html", "interface description")
	add("conformance", "/conformance", asJSON.mediaType, "conformance")
	add(relConformance, "/conformance", asJSON.mediaType, "conformance")
	add("status", selfCheckPath, asJSON.mediaType, "self-check")
	add("data", "/collections", asJSON.mediaType, "collections")
	add(relFunctions, "/functions", asJSON.mediaType, "functions")
	add(relTilesets, "/tiles", asJSON.mediaType, "vector tiles")
	add(relTileMatrixSets, "/tileMatrixSets", asJSON.mediaType, "tile grids")
	add("styles", "/styles", asJSON.mediaType, "map styles")
	add(relData, "/collections", asJSON.mediaType, "collections")
	d.Links = append(d.Links, x.everything()...)
	if x.format == asHTML {
		var err error
		if d.Page, err = x.landingPage(); err != nil {
			return err
		}
		return x.sendDocument(x.stateOf(x.catalogue.Collections...), "landing", d)
	}
	return x.sendDocument(x.stateOf(), "landing", d)
}
