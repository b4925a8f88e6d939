package clients

import (
	"net/url"
	"slices"
	"strconv"
)

// arcgis is OGCFeatureLayer.
func arcgis() program {
	return program{
		name: "ArcGIS", version: "Maps SDK for JavaScript 4.33, OGCFeatureLayer", headers: []string{"Accept", "*/*"},
		features: []string{"landing", "description", "page-size", "conformance", "collections", "features", "paging", "box", "systems", "keys"},
		ask:      askArcGIS,
	}
}

func askArcGIS(s *session) {
	v := &service{}
	var landing *document
	if !s.step("landing", func() (err error) {
		if landing, _, err = read[document](s, with(s.base.String(), "f", "json")); err != nil {
			return err
		}
		data, ok := find(landing.Links, oneOf("application/json", ""), "data")
		if _, declared := find(landing.Links, oneOf("application/json", ""), "conformance"); !ok || !declared {
			return failed("the landing page lacks a link data or conformance of type application/json", "halaman awal tidak memiliki tautan data atau conformance bertipe application/json")
		}
		v.data = data.Href
		return nil
	}) {
		return
	}
	if !s.step("conformance", func() error {
		l, _ := find(landing.Links, oneOf("application/json", ""), "conformance")
		d, _, err := read[document](s, l.Href)
		if err != nil {
			return err
		}
		v.classes = d.ConformsTo
		if v.meets(part1+"geojson") != "" {
			return failed("%sgeojson is not declared: the layer is refused", "%sgeojson tidak dideklarasikan: lapisan ditolak", part1)
		}
		return nil
	}) {
		return
	}
	s.step("description", func() (err error) {
		l, ok := find(landing.Links, oneOf(openAPI), "service-desc")
		if !ok || v.meets(part1+"oas30") != "" {
			return missing("no link service-desc of type %s, or the class oas30 is not declared", "tidak ada tautan service-desc bertipe %s, atau kelas oas30 tidak dideklarasikan", openAPI)
		}
		v.description, _, err = read[description](s, l.Href)
		return err
	})
	s.step("page-size", func() error {
		if v.description != nil {
			for _, name := range []string{"limit", "limitFeatures"} {
				if _, ok := pageSize(v.description.Components.Parameters[name], 1000); ok {
					return nil
				}
			}
		}
		return missing("components.parameters.limit has no maximum", "components.parameters.limit tidak memiliki maximum")
	})
	if !s.step("collections", func() error {
		d, _, err := read[document](s, v.data)
		if err == nil {
			v.collections = d.Collections
		}
		return err
	}) {
		return
	}
	for _, c := range s.chosen(v.collections) {
		s.arcgisLayer(c)
	}
}

func (s *session) arcgisLayer(c collection) {
	l, ok := find(c.Links, oneOf(geoJSON, ""), "items")
	if !s.step("collections", func() error {
		if !ok {
			return failed("collection %s has no link items of type application/geo+json", "koleksi %s tidak memiliki tautan items bertipe application/geo+json", c.ID)
		}
		return nil
	}) {
		return
	}
	var first *page
	if !s.step("features", func() (err error) {
		if first, err = s.page(with(l.Href, "limit", "5")); err == nil {
			err = withIDs(first)
		}
		return err
	}) {
		return
	}
	s.step("paging", func() error { return s.byOffset(l.Href, first) })
	box, spatial := c.extent()
	if spatial {
		s.step("box", func() error { return s.boxed(l.Href, box, first, "datetime", "../..") })
		s.step("systems", func() error {
			const mercator = ogc + "def/crs/EPSG/0/3857"
			if !slices.Contains(c.CRS, mercator) {
				return missing("Web Mercator is not listed: positions are converted in the client", "Web Mercator tidak terdaftar: posisi dikonversi di klien")
			}
			return s.inSystem(l.Href, mercator, "bbox-crs", mercator)
		})
	}
	s.step("keys", func() error {
		_, err := s.page(with(l.Href, "limit", "1", "token", "abc"))
		return err
	})
}

// byOffset pages as ArcGIS does: by the parameter that the next link shows, or by
// startindex. The second page must go on where the first ended.
func (s *session) byOffset(items string, first *page) error {
	const size = 5
	next, ok := find(first.Links, oneOf(geoJSON, ""), "next")
	if !ok || len(first.Features) < size {
		return nil // there is no second page
	}
	name := "startindex"
	if u, err := url.Parse(next.Href); err == nil {
		for _, known := range []string{"offset", "startindex"} {
			if u.Query().Get(known) == strconv.Itoa(size) {
				name = known
			}
		}
	}
	second, err := s.page(with(items, "limit", strconv.Itoa(size), name, strconv.Itoa(size)))
	if err != nil {
		return err
	}
	for _, f := range second.Features {
		if slices.ContainsFunc(first.Features, func(g feature) bool { return g.name() == f.name() }) {
			return failed("%s=%d gives feature %s again: ArcGIS pages by it", "%s=%d memberi fitur %s lagi: ArcGIS memakainya untuk berpindah halaman", name, size, f.name())
		}
	}
	if len(second.Features) == 0 {
		return failed("there is a next page, but %s=%d gives nothing", "ada halaman berikutnya, tetapi %s=%d tidak memberi apa pun", name, size)
	}
	return nil
}
