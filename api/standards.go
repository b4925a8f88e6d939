package api

import (
	"strings"

	"kawasan/geo"
)

// standard is one that classes of conformance belong to.
type standard struct {
	part  string // of the URIs of its classes, behind ogc
	title string
	// document is the address of its text; of drafts, of the list of them.
	document string
	draft    bool
	means    geo.Text
}

const ogcDrafts = "https://docs.ogc.org/DRAFTS"

// standards are those with a class that is declared, in the order of classes.
func standards() []standard {
	return []standard{
		{"ogcapi-common-1", "OGC API - Common - Part 1: Core", "https://docs.ogc.org/is/19-072/19-072.html", false, geo.Text{
			EN: "How a client finds its way: from the first page to the description of the interface and to this list.", ID: "Cara klien menemukan jalannya: dari halaman awal ke deskripsi antarmuka dan ke daftar ini.",
		}},
		{"ogcapi-common-2", "OGC API - Common - Part 2: Geospatial Data", ogcDrafts + "/20-024.html", false, geo.Text{
			EN: "Data in collections, each with title, extent and links.", ID: "Data dalam koleksi, masing-masing dengan judul, cakupan, dan tautan.",
		}},
		{"ogcapi-features-1", "OGC API - Features - Part 1: Core", "https://docs.ogc.org/is/17-069r4/17-069r4.html", false, geo.Text{
			EN: "Reading features page by page, within a box, a time or by attributes.", ID: "Membaca fitur halaman demi halaman, dalam suatu kotak atau waktu, atau menurut atribut.",
		}},
		{"ogcapi-features-2", "OGC API - Features - Part 2: Coordinate Reference Systems by Reference", "https://docs.ogc.org/is/18-058r1/18-058r1.html", false, geo.Text{
			EN: "Coordinates in other systems than longitude and latitude, such as UTM 50S.", ID: "Koordinat dalam sistem selain bujur dan lintang, seperti UTM 50S.",
		}},
		{"ogcapi-features-3", "OGC API - Features - Part 3: Filtering", "https://docs.ogc.org/is/19-079r2/19-079r2.html", false, geo.Text{
			EN: "Choosing features by a condition that the server checks.", ID: "Memilih fitur menurut syarat yang diperiksa oleh server.",
		}},
		{"cql2", "Common Query Language (CQL2)", "https://docs.ogc.org/is/21-065r2/21-065r2.html", false, geo.Text{
			EN: "The language of those conditions.", ID: "Bahasa untuk menulis syarat tersebut.",
		}},
		{"ogcapi-common-3", "OGC API - Common - Part 3: Schemas", "https://docs.ogc.org/is/23-058r2/23-058r2.html", false, geo.Text{
			EN: "What attributes the features have: name, type, unit and meaning.", ID: "Atribut yang dimiliki fitur: nama, tipe, satuan, dan artinya.",
		}},
		{"ogcapi-tiles-1", "OGC API - Tiles - Part 1: Core", "https://docs.ogc.org/is/20-057/20-057.html", false, geo.Text{
			EN: "The map in tiles, for web maps and QGIS.", ID: "Peta dalam petak, untuk peta web dan QGIS.",
		}},
		{"ogcapi-features-5", "OGC API - Features - Part 5: Schemas", "https://docs.ogc.org/is/23-058r2/23-058r2.html", false, geo.Text{
			EN: "The same schemas under the name of earlier drafts, by which QGIS knows them.", ID: "Skema yang sama dengan nama dari rancangan terdahulu, yang dikenali QGIS.",
		}},
		{"ogcapi-features-6", "OGC API - Features - Part 6: Property Selection", ogcDrafts, true, geo.Text{
			EN: "Asking for some attributes only.", ID: "Meminta sebagian atribut saja.",
		}},
		{"ogcapi-features-7", "OGC API - Features - Part 7: Geometry Simplification", ogcDrafts, true, geo.Text{
			EN: "Simpler shapes for small scales.", ID: "Bentuk yang lebih sederhana untuk skala kecil.",
		}},
		{"ogcapi-features-8", "OGC API - Features - Part 8: Sorting", ogcDrafts, true, geo.Text{
			EN: "Features in the order of their attributes.", ID: "Fitur diurutkan menurut atributnya.",
		}},
	}
}

// classWords say what a class is about, by the end of its URI.
var classWords = map[string]geo.Text{
	"core":                          {EN: "the basics", ID: "hal pokok"},
	"landing-page":                  {EN: "a first page that leads to all else", ID: "halaman awal yang menuju semua hal lain"},
	"json":                          {EN: "answers as JSON", ID: "jawaban sebagai JSON"},
	"html":                          {EN: "answers as pages for people", ID: "jawaban sebagai halaman yang dapat dibaca"},
	"oas30":                         {EN: "described as OpenAPI 3.0", ID: "dideskripsikan sebagai OpenAPI 3.0"},
	"collections":                   {EN: "the list of collections", ID: "daftar koleksi"},
	"geojson":                       {EN: "features as GeoJSON", ID: "fitur sebagai GeoJSON"},
	"crs":                           {EN: "coordinates in a system of choice", ID: "koordinat dalam sistem pilihan"},
	"queryables":                    {EN: "which attributes a condition may name", ID: "atribut yang boleh dipakai dalam syarat"},
	"queryables-query-parameters":   {EN: "each attribute as a parameter", ID: "setiap atribut sebagai parameter"},
	"filter":                        {EN: "the parameter filter", ID: "parameter filter"},
	"features-filter":               {EN: "filter for features", ID: "filter untuk fitur"},
	"cql2-text":                     {EN: "conditions as text", ID: "syarat sebagai teks"},
	"cql2-json":                     {EN: "conditions as JSON", ID: "syarat sebagai JSON"},
	"basic-cql2":                    {EN: "comparing, AND, OR, NOT", ID: "perbandingan, AND, OR, NOT"},
	"advanced-comparison-operators": {EN: "LIKE, BETWEEN, IN", ID: "LIKE, BETWEEN, IN"},
	"case-insensitive-comparison":   {EN: "capitals and small letters alike (CASEI)", ID: "huruf besar dan kecil dianggap sama (CASEI)"},
	"accent-insensitive-comparison": {EN: "with or without accents (ACCENTI)", ID: "dengan atau tanpa tanda diakritik (ACCENTI)"},
	"basic-spatial-functions":       {EN: "meets a box or a point (S_INTERSECTS)", ID: "bersinggungan dengan kotak atau titik (S_INTERSECTS)"},
	"basic-spatial-operators":       {EN: "the same by its name in drafts", ID: "hal yang sama dengan namanya dalam rancangan"},
	"basic-spatial-functions-plus":  {EN: "meets any shape", ID: "bersinggungan dengan bentuk apa pun"},
	"spatial-functions":             {EN: "within, touches, crosses, overlaps and others", ID: "di dalam, bersentuhan, melintasi, bertumpang tindih, dan lainnya"},
	"temporal-functions":            {EN: "before, after, during and others", ID: "sebelum, sesudah, selama, dan lainnya"},
	"array-functions":               {EN: "what lists contain", ID: "isi daftar"},
	"property-property":             {EN: "one attribute with another", ID: "satu atribut dengan atribut lain"},
	"functions":                     {EN: "functions of this server", ID: "fungsi dari server ini"},
	"arithmetic":                    {EN: "arithmetic", ID: "hitungan"},
	"schemas":                       {EN: "schema of a collection", ID: "skema koleksi"},
	"sortables":                     {EN: "which attributes can give the order", ID: "atribut yang dapat menentukan urutan"},
	"tileset":                       {EN: "description of a tileset", ID: "deskripsi satu set petak"},
	"tilesets-list":                 {EN: "the list of tilesets", ID: "daftar set petak"},
	"geodata-tilesets":              {EN: "tiles of a collection", ID: "petak satu koleksi"},
	"dataset-tilesets":              {EN: "tiles of all collections together", ID: "petak semua koleksi bersama-sama"},
	"collections-selection":         {EN: "tiles of chosen collections", ID: "petak koleksi pilihan"},
	"mvt":                           {EN: "vector tiles of Mapbox's form", ID: "petak vektor berformat Mapbox (MVT)"},
	"properties":                    {EN: "the parameter properties", ID: "parameter properties"},
	"properties-features":           {EN: "properties for features", ID: "properties untuk fitur"},
	"zoom-level":                    {EN: "the parameter zoom-level", ID: "parameter zoom-level"},
	"zoom-level-features":           {EN: "zoom-level for features", ID: "zoom-level untuk fitur"},
	"sorting":                       {EN: "the parameter sortby", ID: "parameter sortby"},
	"features-sorting":              {EN: "sortby for features", ID: "sortby untuk fitur"},
}

// conformancePage is the declaration for people: by standard, and in words.
type conformancePage struct {
	Lead      string
	Standards []pageStandard
}

type pageStandard struct {
	Title, Document, Means string
	Draft                  bool
	Table                  pageTable
}

func (x *exchange) conformancePage() conformancePage {
	p := conformancePage{Lead: x.say("conformance lead")}
	declared := classes()
	for _, s := range standards() {
		one := pageStandard{Title: s.title, Document: s.document, Means: s.means.In(x.lang), Draft: s.draft}
		one.Table.Columns = []string{x.say("class"), x.say("meaning"), "URI"}
		for _, c := range declared {
			if part, end := s.class(c.uri); part {
				one.Table.Rows = append(one.Table.Rows, []pageCell{{Text: end, Heads: true}, {Text: classWords[end].In(x.lang)}, {Text: c.uri, Code: true}})
			}
		}
		p.Standards = append(p.Standards, one)
	}
	return p
}

// class reports whether a URI is that of a class of the standard, and gives the name of the class.
func (s standard) class(uri string) (is bool, name string) {
	return strings.HasPrefix(uri, ogc+s.part+"/"), uri[strings.LastIndexByte(uri, '/')+1:]
}
