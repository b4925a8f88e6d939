package clients

import (
	"slices"
	"strconv"
	"strings"
)

// gdal is the OAPIF driver.
func gdal() program {
	return program{
		name: "GDAL", version: "3.6-3.9, OAPIF", headers: []string{"Accept", "application/json"},
		features: []string{"landing", "collections", "page-size", "types", "features", "feature", "paging", "count", "box", "systems", "simple"},
		ask:      askGDAL,
	}
}

func askGDAL(s *session) {
	v := &service{size: 1000}
	typed := func(a *answer) error {
		if t := essence(a.header.Get("Content-Type")); t != "application/json" && t != geoJSON {
			return failed("the type is %q: GDAL takes application/json alone", "tipenya %q: GDAL hanya menerima application/json", t)
		}
		return nil
	}
	var landing *document
	if !s.step("landing", func() error {
		var a *answer
		var err error
		if landing, a, err = read[document](s, s.base.String()); err != nil {
			return err
		}
		return typed(a)
	}) || !s.step("collections", func() error {
		d, a, err := read[document](s, s.at("/collections"))
		if err != nil {
			return err
		}
		v.collections = d.Collections
		return typed(a)
	}) {
		return
	}
	s.step("page-size", func() error {
		address := s.at("/api")
		if l, ok := find(landing.Links, oneOf(openAPI), "service-desc"); ok {
			address = l.Href
		}
		d, _, err := read[description](s, address, "Accept", openAPI)
		v.description = d
		return err
	})
	for _, c := range s.chosen(v.collections) {
		s.gdalLayer(v, c)
	}
}

func (s *session) gdalLayer(v *service, c collection) {
	items := s.at("/collections/" + pathOf(c.ID) + "/items")
	if l, ok := find(c.Links, oneOf(geoJSON), "items"); ok {
		items = l.Href
	}
	var parameters []parameter
	if v.description != nil {
		parameters = v.description.parameters(c.ID)
		s.step("page-size", func() error {
			for _, p := range parameters {
				if !strings.Contains(p.Ref, "limit") {
					continue
				}
				if size, ok := pageSize(v.description.resolve(p), 1000); ok {
					v.size = size
					return nil
				}
			}
			return missing("limit is no reference with a maximum: GDAL reads pages of 1000", "limit bukan rujukan dengan maximum: GDAL membaca halaman berisi 1000")
		})
	}
	accept := []string{"Accept", "application/geo+json, application/json"}
	var first *page
	if !s.step("features", func() (err error) {
		if strings.Contains(items, "?") {
			return failed("the link items has a query: the description of its path is not found", "tautan items memiliki kueri: deskripsi jalurnya tidak ditemukan")
		}
		first, err = s.page(with(items, "limit", "20"), accept...)
		return err
	}) {
		return
	}
	s.step("types", func() error { return s.describedBy(c, first) })
	s.step("paging", func() error {
		return s.follow(with(items, "limit", strconv.Itoa(min(v.size, 6))), nextOf(oneOf(geoJSON, "application/json", "")), accept...)
	})
	s.step("count", func() error {
		if first.NumberMatched != nil {
			return nil
		}
		for _, p := range parameters {
			if p = v.description.resolve(p); p.Name == "resultType" && slices.Contains(p.Schema.Enum, any("hits")) {
				hits, err := s.page(with(items, "resultType", "hits"), accept...)
				if err == nil && hits.NumberMatched == nil {
					return failed("resultType=hits gives no numberMatched", "resultType=hits tidak memberi numberMatched")
				}
				return err
			}
		}
		return missing("neither numberMatched nor resultType=hits: GDAL reads everything to count", "tidak ada numberMatched maupun resultType=hits: GDAL membaca semuanya untuk menghitung")
	})
	if len(first.Features) > 0 && first.Features[0].name() != "" {
		s.step("feature", func() error {
			f, _, err := read[feature](s, item(items, first.Features[0]), accept...)
			if err == nil && f.name() != first.Features[0].name() {
				return failed("asked for %s, got %s", "meminta %s, mendapat %s", first.Features[0].name(), f.name())
			}
			return err
		})
	}
	world := [4]float64{-180, -90, 180, 90}
	if _, spatial := c.extent(); spatial {
		s.step("box", func() error { return s.boxed(items, world, first) })
		s.step("systems", func() error {
			if c.StorageCrs == "" {
				return missing("no storageCrs: all comes in longitude and latitude", "tidak ada storageCrs: semua dalam bujur dan lintang")
			}
			return s.inSystem(items, c.StorageCrs)
		})
	}
	s.step("simple", func() error {
		var offered []string
		for _, p := range parameters {
			if p = v.description.resolve(p); p.In == "query" && p.Name != "" {
				offered = append(offered, p.Name)
			}
		}
		value, found := textOf(first, offered)
		if !found {
			return missing("the description has no parameters for attributes: GDAL filters itself", "deskripsi tidak memuat parameter atribut: GDAL menyaring sendiri")
		}
		p, err := s.page(with(items, "limit", "20", value.name, value.value), accept...)
		if err != nil {
			return err
		}
		return value.holds(p)
	})
}

// describedBy reads the schema of a GeoJSON feature, which must name what features have.
func (s *session) describedBy(c collection, first *page) error {
	l, ok := find(c.Links, oneOf("application/schema+json"), "describedBy", "describedby")
	if !ok {
		return missing("no link describedby to a JSON Schema: types are guessed from the first page", "tidak ada tautan describedby ke JSON Schema: tipe ditebak dari halaman pertama")
	}
	type featureSchema struct {
		Properties struct {
			Properties struct {
				Properties map[string]any
			}
		}
	}
	d, _, err := read[featureSchema](s, l.Href)
	if err != nil {
		return err
	}
	for _, f := range first.Features {
		for name := range f.Properties {
			if _, ok := d.Properties.Properties.Properties[name]; !ok {
				return failed("the attribute %s is not in the schema of a feature that describedby links", "atribut %s tidak ada dalam skema fitur yang ditautkan describedby", name)
			}
		}
	}
	return nil
}
