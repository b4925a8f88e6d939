package api

import (
	"math"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format"
)

// exportEndpoints are the resources that give several collections in one file.
func (s *Server) exportEndpoints() []*endpoint {
	var forms []*representation
	for _, f := range format.All() {
		b := format.Bundle(f)
		forms = append(forms, &representation{name: f.Name, mediaType: b.MediaType, title: f.Title, file: true})
	}
	parameters := append(commonParameters(forms),
		&parameter{
			name: "collections", description: "The collections wanted, separated by commas; all without it", emptyIsNone: true,
			schema: object{"type": "array", "items": text()}, list: true,
		})
	for _, name := range []string{"crs", "bbox", "bbox-crs", "datetime", "q"} {
		parameters = append(parameters, declared(itemsParameters(forms), name))
	}
	several := &endpoint{
		id: "getExport", path: "/export", tag: "data", summary: geo.Words("Several collections in one file: as layers, or where the format holds one layer, as a zip of files"),
		parameters: parameters, formats: forms, answers: "object", exports: true, needsData: true, handle: s.exportSeveral,
	}
	return []*endpoint{several, s.waitingFor(several, "/download")}
}

// exportSeveral answers /export.
func (s *Server) exportSeveral(x *exchange) error {
	f, err := format.Find(x.format.name)
	if err != nil {
		return err
	}
	chosen, err := x.exported()
	if err != nil {
		return err
	}
	d := &download{format: format.Bundle(f), name: "kawasan"}
	for _, c := range chosen {
		r, err := x.wholeOf(c)
		if err != nil {
			return err
		}
		d.parts = append(d.parts, r)
	}
	if err := f.Takes(d.parts[0].output.system.CRS); err != nil {
		return err
	}
	if len(chosen) < len(x.catalogue.Collections) {
		if d.name = chosen[0].ID; len(chosen) > 1 {
			d.name = "kawasan-selection"
		}
	}
	x.describeFile(d)
	return x.sendBuilt(d, x.stateOf(chosen...))
}

// everything are links to files of all collections together.
func (x *exchange) everything() []link {
	var links []link
	for _, name := range []string{"gpkg", "xlsx", "qgis"} {
		if f, ok := format.ByName(name); ok {
			links = append(links, link{Href: x.base + "/export?f=" + name, Rel: "enclosure", Type: f.MediaType, Title: x.say("all collections as") + " " + f.Title.In(x.lang)})
		}
	}
	return links
}

// exported gives the collections that the parameter names, in the catalogue's order.
func (x *exchange) exported() ([]*geo.Collection, error) {
	text := x.values.text("collections")
	if text == "" || text == "all" {
		if len(x.catalogue.Collections) == 0 {
			return nil, geo.Errorf(geo.NotFound, "there are no collections")
		}
		return x.catalogue.Collections, nil
	}
	wanted := strings.Split(text, ",")
	for i, id := range wanted {
		wanted[i] = strings.TrimSpace(id)
		if _, err := x.catalogue.Collection(wanted[i]); err != nil {
			return nil, geo.AsError(err).In("collections")
		}
	}
	var list []*geo.Collection
	for _, c := range x.catalogue.Collections {
		if slices.Contains(wanted, c.ID) {
			list = append(list, c)
		}
	}
	return list, nil
}

// wholeOf asks for all of a collection that the parameters select.
func (x *exchange) wholeOf(c *geo.Collection) (*itemsRequest, error) {
	r := &itemsRequest{query: geo.Query{Collection: c.ID, Bulk: true}, limit: math.MaxInt32, whole: true}
	of := *x
	of.collection = c
	for _, step := range []func(*itemsRequest) error{of.parseOutput, of.parseBounds, of.parseTime, of.parseFilters} {
		if err := step(r); err != nil {
			return nil, err
		}
	}
	return r, nil
}
