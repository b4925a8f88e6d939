package api

import (
	"slices"

	"kawasan/geo"
)

// allEndpoints is the table of what is served. Handlers, parsing, the check of values and
// names, and the OpenAPI document all come from it.
func (s *Server) allEndpoints() []*endpoint {
	forms := []*representation{asJSON, asHTML}
	schemas := []*representation{asSchema, asHTML}
	features := []*representation{asGeoJSON, asHTML}
	items := slices.Concat(features, exportForms())
	common := commonParameters(forms)
	selected := &endpoint{id: "getItems", path: "/collections/:collection/items", tag: "data", summary: geo.Words("Features of the collection"), parameters: itemsParameters(items), formats: items, answers: "featureCollection", exports: true, takesProperties: true, filterBody: true, needsData: true, handle: s.items}
	none := []*parameter{}
	return append([]*endpoint{
		{id: "getLandingPage", path: "/", tag: "service", summary: geo.Words("What this service is and where its parts are"), parameters: common, formats: forms, answers: "landingPage", needsData: true, handle: s.landing},
		{id: "getConformance", path: "/conformance", tag: "service", summary: geo.Words("The standards that are met"), parameters: common, formats: forms, answers: "conformance", needsData: true, handle: s.conformance},
		{id: "getApi", path: "/api", tag: "service", summary: geo.Words("This description"), parameters: commonParameters([]*representation{asJSON, asYAML, asHTML}), formats: []*representation{asOpenAPI, asYAML, asHTML}, answers: "object", needsData: true, handle: s.description},
		{id: "getApiPage", path: "/api.html", tag: "service", summary: geo.Words("This description as a page"), parameters: commonParameters([]*representation{asHTML}), formats: []*representation{asHTML}, needsData: true, hidden: true, handle: s.description},
		{id: "getCollections", path: "/collections", tag: "data", summary: geo.Words("The collections"), parameters: common, formats: forms, answers: "collections", needsData: true, handle: s.collections},
		{id: "getCollection", path: "/collections/:collection", tag: "data", summary: geo.Words("One collection"), parameters: common, formats: forms, answers: "collection", needsData: true, handle: s.collection},
		selected,
		s.waitingFor(selected, "/collections/:collection/download"),
		{id: "getItem", path: "/collections/:collection/items/:feature", tag: "data", summary: geo.Words("One feature"), parameters: itemParameters(features), formats: features, answers: "feature", needsData: true, handle: s.feature},
		{id: "getQueryables", path: "/collections/:collection/queryables", tag: "schema", summary: geo.Words("What features can be chosen by"), parameters: commonParameters(schemas), formats: schemas, answers: "object", needsData: true, handle: s.schemaOf(queryables)},
		{id: "getSchema", path: "/collections/:collection/schema", tag: "schema", summary: geo.Words("The attributes of a feature"), parameters: commonParameters(schemas), formats: schemas, answers: "object", needsData: true, handle: s.schemaOf(returnables)},
		{id: "getSortables", path: "/collections/:collection/sortables", tag: "schema", summary: geo.Words("What features can be sorted by"), parameters: commonParameters(schemas), formats: schemas, answers: "object", needsData: true, handle: s.schemaOf(sortables)},
		{id: "getFeatureSchema", path: "/collections/:collection/feature-schema", tag: "schema", summary: geo.Words("The schema of a feature as GeoJSON"), parameters: commonParameters(schemas), formats: schemas, answers: "object", needsData: true, handle: s.schemaOf(featureSchema)},
		{id: "getFunctions", path: "/functions", tag: "schema", summary: geo.Words("The functions that filters may call"), parameters: common, formats: forms, answers: "functions", needsData: true, handle: s.functionList},
		{id: "getSelfCheck", path: selfCheckPath, tag: "operation", summary: geo.Words("What QGIS, GDAL, ArcGIS and OWSLib get to work here"), parameters: common, formats: forms, answers: "selfCheck", needsData: true, handle: s.checkSelf},
		{id: "getHealth", path: "/healthz", tag: "operation", summary: geo.Words("Whether the process lives"), parameters: none, formats: []*representation{asJSON}, answers: "object", handle: s.health},
		{id: "getReadiness", path: "/readyz", tag: "operation", summary: geo.Words("Whether requests can be answered"), parameters: none, formats: []*representation{asJSON}, answers: "object", handle: s.ready},
		s.metricsEndpoint(),
		{id: "getStyle", path: stylePath, formats: []*representation{asStyle}, parameters: none, hidden: true, handle: s.style},
		{id: "getIcon", path: iconPath, formats: []*representation{asIcon}, parameters: none, hidden: true, handle: s.icon},
	}, slices.Concat(s.exportEndpoints(), s.tileEndpoints(), s.proximityEndpoints(), s.zoneEndpoints(), s.mapEndpoints(), s.drawingEndpoints())...)
}
