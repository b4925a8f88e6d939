package api

// class is a conformance class that is met, with the test that shows it.
type class struct{ uri, test string }

const ogc = "http://www.opengis.net/spec/"

// classes lists what is declared: only what a test holds to the standard.
func classes() []class {
	return []class{
		{ogc + "ogcapi-common-1/1.0/conf/core", "TestLanding"},
		{ogc + "ogcapi-common-1/1.0/conf/landing-page", "TestLanding"},
		{ogc + "ogcapi-common-1/1.0/conf/json", "TestNegotiation"},
		{ogc + "ogcapi-common-1/1.0/conf/html", "TestPages"},
		{ogc + "ogcapi-common-1/1.0/conf/oas30", "TestOpenAPI"},
		{ogc + "ogcapi-common-2/1.0/conf/collections", "TestCollections"},
		{ogc + "ogcapi-features-1/1.0/conf/core", "TestCore"},
		{ogc + "ogcapi-features-1/1.0/conf/geojson", "TestQGIS"},
		{ogc + "ogcapi-features-1/1.0/conf/html", "TestPages"},
		{ogc + "ogcapi-features-1/1.0/conf/oas30", "TestOpenAPI"},
		{ogc + "ogcapi-features-2/1.0/conf/crs", "TestPositions"},
		{ogc + "ogcapi-features-3/1.0/conf/queryables", "TestSchemas"},
		{ogc + "ogcapi-features-3/1.0/conf/queryables-query-parameters", "TestQueryParameters"},
		{ogc + "ogcapi-features-3/1.0/conf/filter", "TestFilter"},
		{ogc + "ogcapi-features-3/1.0/conf/features-filter", "TestFilter"},
		{ogc + "cql2/1.0/conf/cql2-text", "TestFilter"},
		{ogc + "cql2/1.0/conf/cql2-json", "TestFilter"},
		{ogc + "cql2/1.0/conf/basic-cql2", "TestFilter"},
		{ogc + "cql2/1.0/conf/advanced-comparison-operators", "TestFilter"},
		{ogc + "cql2/1.0/conf/case-insensitive-comparison", "TestFilter"},
		{ogc + "cql2/1.0/conf/accent-insensitive-comparison", "TestFilter"},
		{ogc + "cql2/1.0/conf/basic-spatial-functions", "TestFilter"},
		{ogc + "cql2/1.0/conf/basic-spatial-operators", "TestFilter"}, // its name in drafts, which older clients look for
		{ogc + "cql2/1.0/conf/basic-spatial-functions-plus", "TestFilter"},
		{ogc + "cql2/1.0/conf/spatial-functions", "TestFilter"},
		{ogc + "cql2/1.0/conf/temporal-functions", "TestFilter"},
		{ogc + "cql2/1.0/conf/array-functions", "TestFilter"},
		{ogc + "cql2/1.0/conf/property-property", "TestFilter"},
		{ogc + "cql2/1.0/conf/functions", "TestFunctions"},
		{ogc + "cql2/1.0/conf/arithmetic", "TestFilter"},
		{ogc + "ogcapi-common-3/1.0/conf/schemas", "TestSchemas"},
		{ogc + "ogcapi-common-3/1.0/conf/queryables", "TestSchemas"},
		{ogc + "ogcapi-common-3/1.0/conf/sortables", "TestSchemas"},
		{ogc + "ogcapi-tiles-1/1.0/conf/core", "TestTile"},
		{ogc + "ogcapi-tiles-1/1.0/conf/tileset", "TestTilesets"},
		{ogc + "ogcapi-tiles-1/1.0/conf/tilesets-list", "TestTilesets"},
		{ogc + "ogcapi-tiles-1/1.0/conf/geodata-tilesets", "TestTilesets"},
		{ogc + "ogcapi-tiles-1/1.0/conf/dataset-tilesets", "TestTilesets"},
		{ogc + "ogcapi-tiles-1/1.0/conf/collections-selection", "TestTile"},
		{ogc + "ogcapi-tiles-1/1.0/conf/mvt", "TestTile"},
		{ogc + "ogcapi-tiles-1/1.0/conf/oas30", "TestTilesDescribed"},
		{ogc + "ogcapi-features-5/1.0/conf/schemas", "TestSchemas"},
		// drafts
		{ogc + "ogcapi-features-6/1.0/conf/properties", "TestSelection"},
		{ogc + "ogcapi-features-6/1.0/conf/properties-features", "TestSelection"},
		{ogc + "ogcapi-features-7/1.0/conf/zoom-level", "TestZoomLevel"},
		{ogc + "ogcapi-features-7/1.0/conf/zoom-level-features", "TestZoomLevel"},
		{ogc + "ogcapi-features-8/1.0/conf/sortables", "TestSorting"},
		{ogc + "ogcapi-features-8/1.0/conf/sorting", "TestSorting"},
		{ogc + "ogcapi-features-8/1.0/conf/features-sorting", "TestSorting"},
	}
}

type conformanceDocument struct {
	Links      []link   `json:"links"`
	ConformsTo []string `json:"conformsTo"`
}

func (s *Server) conformance(x *exchange) error {
	if x.format == asHTML {
		return x.sendDocument(x.stateOf(), "conformance", x.conformancePage())
	}
	d := conformanceDocument{Links: x.selfLinks()}
	for _, c := range classes() {
		d.ConformsTo = append(d.ConformsTo, c.uri)
	}
	return x.sendDocument(x.stateOf(), "", d)
}
