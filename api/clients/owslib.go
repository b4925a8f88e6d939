package clients

import (
	"net/http"
	"net/url"
)

// owslib is ogcapi.features.Features, which says nothing of what it accepts.
func owslib() program {
	return program{
		name: "OWSLib", version: "0.27-0.34, ogcapi", headers: []string{"User-Agent", "OWSLib 0.34 (https://geopython.github.io/OWSLib)"},
		features: []string{"landing", "description", "conformance", "collections", "queryables", "features", "feature", "paging", "box", "filter", "filter-json", "words"},
		ask:      askOWSLib,
	}
}

func askOWSLib(s *session) {
	v := &service{}
	var landing *document
	if !s.step("landing", func() (err error) {
		if landing, _, err = read[document](s, s.at("/")); err != nil {
			return err
		}
		for _, l := range landing.Links {
			if l.Rel == "service-desc" && l.Type == "" {
				return failed("the link service-desc has no type: OWSLib stops with a KeyError", "tautan service-desc tidak bertipe: OWSLib berhenti dengan KeyError")
			}
		}
		return nil
	}) {
		return
	}
	s.step("description", func() error {
		l, ok := find(landing.Links, oneOf(openAPI, "application/vnd.oai.openapi;version=3.0"), "service-desc")
		if !ok {
			return failed("no link service-desc of type %s", "tidak ada tautan service-desc bertipe %s", openAPI)
		}
		_, _, err := read[description](s, l.Href)
		return err
	})
	s.step("conformance", func() error {
		d, _, err := read[document](s, s.at("/conformance"))
		if err == nil {
			v.classes = d.ConformsTo
		}
		return err
	})
	if !s.step("collections", func() error {
		d, _, err := read[document](s, s.at("/collections"))
		if err != nil {
			return err
		}
		for _, c := range d.Collections {
			if c.ItemType == "feature" {
				v.collections = append(v.collections, c)
			}
		}
		if len(v.collections) == 0 && len(d.Collections) > 0 {
			return failed("no collection says itemType: feature", "tidak ada koleksi dengan itemType: feature")
		}
		return nil
	}) {
		return
	}
	for _, c := range s.chosen(v.collections) {
		s.owslibLayer(v, c)
	}
}

func (s *session) owslibLayer(v *service, c collection) {
	here := s.at("/collections/" + pathOf(c.ID))
	items := here + "/items"
	if !s.step("collections", func() error {
		_, _, err := read[collection](s, here)
		return err
	}) {
		return
	}
	var names *schema
	s.step("queryables", func() (err error) {
		names, _, err = read[schema](s, here+"/queryables")
		return err
	})
	var first *page
	if !s.step("features", func() (err error) {
		first, err = s.page(with(items, "limit", "10"))
		return err
	}) {
		return
	}
	if len(first.Features) > 0 && first.Features[0].name() != "" {
		s.step("feature", func() error {
			_, _, err := read[feature](s, item(items, first.Features[0]))
			return err
		})
	}
	s.step("paging", func() error {
		p, err := s.page(with(items, "limit", "1", "offset", "1"))
		if err == nil && len(first.Features) > 1 && (len(p.Features) != 1 || p.Features[0].name() != first.Features[1].name()) {
			return failed("offset=1 does not give the second feature", "offset=1 tidak memberi fitur kedua")
		}
		return err
	})
	if box, spatial := c.extent(); spatial {
		s.step("box", func() error { return s.boxed(items, box, first) })
	}
	s.step("words", func() error {
		a, err := s.get(with(items, "limit", "1", "q", "a"))
		if err == nil && a.status != http.StatusOK {
			return missing("the parameter q is not taken", "parameter q tidak diterima")
		}
		return err
	})
	if names == nil {
		return
	}
	value, found := textOf(first, names.textNames())
	declared := v.meets(part3+"filter", part3+"features-filter", cql2+"cql2-text") == ""
	s.step("filter", func() error {
		switch {
		case !declared:
			return missing("filters are not declared", "penyaring tidak dideklarasikan")
		case !found:
			return nil
		}
		p, err := s.page(with(items, "limit", "10", "filter", quoted(value.name)+" = "+literal(value.value)))
		if err != nil {
			return err
		}
		return value.holds(p)
	})
	if found {
		s.step("filter-json", func() error { return s.filterByPost(items, value) })
	}
}

// filterByPost sends CQL2 JSON as the body, with the type that OWSLib gives a text.
func (s *session) filterByPost(items string, value sample) error {
	a, err := s.do(http.MethodPost, with(items, "limit", "10"), value.cqlJSON(), "Content-Type", "text/xml", "Accept", "text/xml,application/xml")
	if err != nil {
		return err
	}
	if a.status == http.StatusMethodNotAllowed || a.status == http.StatusNotFound || a.status == http.StatusUnsupportedMediaType {
		return missing("no filters by POST (status %d)", "tidak ada penyaring lewat POST (status %d)", a.status)
	}
	if a.status != http.StatusOK {
		return refusal(a)
	}
	p, err := decodePage(a)
	if err != nil {
		return err
	}
	return value.holds(p)
}

// pathOf writes an id as one segment of an address.
func pathOf(id string) string { return url.PathEscape(id) }
