package clients

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// qgis is the OAPIF provider.
func qgis() program {
	return program{
		name: "QGIS", version: "3.40, OAPIF", headers: []string{"Accept", "application/json", "User-Agent", "Mozilla/5.0 QGIS/34000"},
		features: []string{
			"landing", "description", "page-size", "conformance", "collections", "types", "queryables", "features", "paging", "count",
			"box", "systems", "filter", "where", "simple", "editing",
		},
		ask: askQGIS,
	}
}

// service is what a client knows of a server before it opens a layer.
type service struct {
	data        string
	classes     []string
	description *description
	collections []collection
	size        int // of a page
}

func (v *service) meets(classes ...string) (lacking string) {
	for _, c := range classes {
		if !slices.Contains(v.classes, c) {
			return c
		}
	}
	return ""
}

func askQGIS(s *session) {
	v := &service{size: 100}
	var landing *document
	if !s.step("landing", func() (err error) {
		if landing, _, err = read[document](s, s.base.String()); err != nil {
			return err
		}
		data, ok := find(landing.Links, anyType, "data", ogc+"def/rel/ogc/1.0/data")
		if _, described := find(landing.Links, anyType, "service-desc"); !ok || !described {
			return failed("the landing page lacks a link service-desc or data: QGIS can't use the server", "halaman awal tidak memiliki tautan service-desc atau data: QGIS tidak dapat memakai server")
		}
		v.data, _, _ = strings.Cut(data.Href, "?")
		return nil
	}) {
		return
	}
	s.step("description", func() (err error) {
		l, ok := find(landing.Links, oneOf(openAPI), "service-desc")
		if !ok {
			l, _ = find(landing.Links, anyType, "service-desc")
		}
		v.description, _, err = read[description](s, l.Href, "Accept", openAPI+", application/openapi+json;version=3.0, application/json")
		if err == nil && !strings.HasPrefix(v.description.OpenAPI, "3.0") {
			return failed("the description is OpenAPI %q, not 3.0", "deskripsinya OpenAPI %q, bukan 3.0", v.description.OpenAPI)
		}
		return err
	})
	if v.description == nil {
		return // a layer whose description can't be read is not opened
	}
	s.step("page-size", func() error {
		size, ok := pageSize(v.description.Components.Parameters["limit"], 1000)
		if !ok {
			return missing("components.parameters.limit has no maximum: QGIS stays at 100 features a page", "components.parameters.limit tidak memiliki maximum: QGIS tetap 100 fitur per halaman")
		}
		v.size = size
		return nil
	})
	s.step("conformance", func() error {
		l, ok := find(landing.Links, anyType, "conformance", ogc+"def/rel/ogc/1.0/conformance")
		if !ok {
			return missing("no link conformance: QGIS asks for nothing beyond the core", "tidak ada tautan conformance: QGIS tidak meminta apa pun di luar inti")
		}
		d, _, err := read[document](s, l.Href)
		if err == nil {
			v.classes = d.ConformsTo
		}
		return err
	})
	if !s.step("collections", func() error {
		d, _, err := read[document](s, v.data)
		if err != nil {
			return err
		}
		v.collections = d.Collections
		for _, c := range d.Collections {
			if c.ID == "" || strings.Contains(c.ID, ".") {
				return failed("QGIS does not open collections with an id such as %q", "QGIS tidak membuka koleksi dengan id seperti %q", c.ID)
			}
		}
		return nil
	}) {
		return
	}
	for _, c := range s.chosen(v.collections) {
		s.layer(v, v.data+"/"+pathOf(c.ID))
	}
}

// layer opens one collection as QGIS does.
func (s *session) layer(v *service, here string) {
	var one *collection
	if !s.step("collections", func() (err error) {
		one, _, err = read[collection](s, here)
		return err
	}) {
		return
	}
	items := here + "/items"
	box, spatial := one.extent()
	s.step("collections", func() error {
		if !spatial && len(one.Extent.Spatial.Bbox) > 0 && string(one.Extent.Spatial.Bbox) != "null" {
			return failed("the extent of %s is no array of boxes: %s", "bentang %s bukan larik kotak: %s", one.ID, one.Extent.Spatial.Bbox)
		}
		return nil
	})
	geometry := "" // its type, as the schema says
	s.step("types", func() error {
		l, ok := find(one.Links, oneOf("application/schema+json"), relSchema, "[ogc-rel:schema]")
		if !ok {
			return missing("no link to a schema: types are guessed from ten features, and an empty collection becomes a table without geometry", "tidak ada tautan ke skema: tipe ditebak dari sepuluh fitur, dan koleksi kosong menjadi tabel tanpa geometri")
		}
		d, _, err := read[schema](s, l.Href, "Accept", "application/schema+json")
		if err != nil {
			return err
		}
		for name, p := range d.Properties {
			if p.Role == "primary-geometry" && !strings.HasPrefix(p.Format, "geometry-") {
				return failed("the geometry %s in the schema has no format such as geometry-point", "geometri %s dalam skema tidak memiliki format seperti geometry-point", name)
			}
			if p.Role == "primary-geometry" {
				geometry = strings.TrimPrefix(p.Format, "geometry-")
			}
		}
		return nil
	})
	var names *schema
	s.step("queryables", func() (err error) {
		names, _, err = read[schema](s, here+"/queryables", "Accept", "application/schema+json")
		return err
	})
	s.headers = []string{"Accept", "application/geo+json, application/json", "User-Agent", s.headers[3]}
	var first *page
	if !s.step("features", func() (err error) {
		if first, err = s.page(items + "?limit=10"); err == nil {
			err = withIDs(first)
		}
		return err
	}) {
		return
	}
	s.step("types", func() error { return first.ofType(geometry) })
	s.step("paging", func() error {
		small := min(v.size, 7) // so that there are several pages of a small collection
		return s.follow(items+"?limit="+strconv.Itoa(small), nextOf(oneOf(geoJSON, "application/json", "")))
	})
	s.step("paging", func() error {
		_, err := s.page(items + "?limit=" + strconv.Itoa(v.size))
		return err
	})
	s.step("count", func() error {
		if first.NumberMatched == nil {
			return missing("no numberMatched: there is no progress to show", "tidak ada numberMatched: kemajuan tidak dapat ditampilkan")
		}
		return nil
	})
	if spatial {
		s.step("box", func() error { return s.boxed(items, box, first) })
		s.inSystems(v, one, items)
	}
	if names != nil {
		s.filters(v, items, one, names, first)
	}
	s.step("editing", func() error {
		a, err := s.do(http.MethodOptions, items, "")
		if err != nil {
			return err
		}
		if a.status >= 300 || a.header.Get("Allow") == "" {
			return missing("OPTIONS gives no Allow (status %d): the layer is read-only", "OPTIONS tidak memberi Allow (status %d): lapisan hanya dapat dibaca", a.status)
		}
		return nil
	})
}

func (s *session) inSystems(v *service, one *collection, items string) {
	s.step("systems", func() error {
		if v.meets(part2+"crs") != "" {
			return missing("the class crs is not declared: all comes in longitude and latitude", "kelas crs tidak dideklarasikan: semua dalam bujur dan lintang")
		}
		for _, uri := range systems(one) {
			if err := s.inSystem(items, uri); err != nil {
				return err
			}
		}
		return nil
	})
}

// filters asks what QGIS makes of the filters that a person writes.
func (s *session) filters(v *service, items string, one *collection, names *schema, first *page) {
	texts := names.textNames()
	ask := func(filter string) (*page, error) {
		return s.page(with(items, "limit", "10", "filter", filter, "filter-lang", "cql2-text"))
	}
	lacking := v.meets(part3+"filter", part3+"features-filter", cql2+"basic-cql2", cql2+"cql2-text")
	undeclared := func() error {
		return missing("%s is not declared: QGIS reads everything and filters itself", "%s tidak dideklarasikan: QGIS membaca semuanya dan menyaring sendiri", lacking)
	}
	value, found := textOf(first, texts)
	s.step("filter", func() error {
		switch {
		case lacking != "":
			return undeclared()
		case !found:
			return nil
		}
		p, err := ask(quoted(value.name) + " = " + literal(value.value))
		if err != nil {
			return err
		}
		if err := value.holds(p); err != nil || v.meets(cql2+"case-insensitive-comparison", cql2+"advanced-comparison-operators") != "" {
			return err
		}
		p, err = ask("(" + quoted(value.name) + " IS NULL) OR (CASEI(" + quoted(value.name) + ") LIKE CASEI('%'))")
		if err == nil && len(p.Features) != len(first.Features) {
			return failed("a filter that holds for all finds %d features on the first page, not %d", "penyaring yang berlaku untuk semua menemukan %d fitur di halaman pertama, bukan %d", len(p.Features), len(first.Features))
		}
		return err
	})
	box, spatial := one.extent()
	if geometry := names.geometry(); spatial && geometry != "" {
		s.step("where", func() error {
			if lacking != "" {
				return undeclared()
			}
			if v.meets(cql2+"basic-spatial-functions") != "" && v.meets(cql2+"basic-spatial-operators") != "" {
				return missing("basic-spatial-functions is not declared: QGIS filters itself", "basic-spatial-functions tidak dideklarasikan: QGIS menyaring sendiri")
			}
			p, err := ask("S_INTERSECTS(" + quoted(geometry) + ", BBOX(" + numbers(box) + "))")
			if err == nil && len(p.Features) == 0 && len(first.Features) > 0 && first.Features[0].Geometry != nil {
				return failed("S_INTERSECTS with the whole extent finds nothing", "S_INTERSECTS dengan seluruh bentang tidak menemukan apa pun")
			}
			return err
		})
	}
	s.step("simple", func() error {
		var offered []string
		for _, p := range v.description.parameters(one.ID) {
			p = v.description.resolve(p)
			if p.In == "query" && p.Style == "form" && p.Explode != nil && !*p.Explode && p.Schema.Type == "string" && slices.Contains(texts, p.Name) {
				offered = append(offered, p.Name)
			}
		}
		if len(offered) == 0 {
			return missing("the description has no parameters for attributes at the path of this collection", "deskripsi tidak memuat parameter atribut pada jalur koleksi ini")
		}
		value, found := textOf(first, offered)
		if !found {
			return nil
		}
		p, err := s.page(with(items, "limit", "10", value.name, value.value))
		if err != nil {
			return err
		}
		return value.holds(p)
	})
}

// geometry is the queryable that QGIS takes for the geometry; "" if it knows none.
func (d *schema) geometry() string {
	for name, p := range d.Properties {
		if strings.HasPrefix(p.Ref, "https://geojson.org/schema/") || strings.HasPrefix(p.Format, "geometry-") {
			return name
		}
	}
	return ""
}

// cqlJSON makes name = value in CQL2 JSON.
func (v sample) cqlJSON() string {
	b, _ := json.Marshal(map[string]any{"op": "=", "args": []any{map[string]any{"property": v.name}, v.value}}) // texts alone
	return string(b)
}
