package kml

import (
	"bytes"
	"context"
	"iter"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
)

// Source describes files as they are read: KML, and KMZ, which is a zip with one
// in it.
func Source() source.Format {
	return source.Format{
		Name: "kml", Extensions: []string{".kml", ".kmz"}, Title: geo.Text{EN: "KML"},
		Recognises: recognise, Open: openSource,
	}
}

func recognise(m *source.Member) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(m.Head(), []byte("\ufeff")), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) {
		return false
	}
	return m.Extension() == ".kml" || bytes.Contains(head, []byte("<kml")) || bytes.Contains(head, []byte(":kml"))
}

type reader struct {
	member *source.Member
	limits source.Limits
	layer  source.Layer
	names  map[string]int
	hasZ   bool // some position has a height other than 0
}

func openSource(ctx context.Context, in *source.Input, members []*source.Member, o source.Options) (source.Source, error) {
	main := members[0]
	for _, m := range members { // a KMZ opens with doc.kml, else with the first at its top
		if strings.EqualFold(m.Name, "doc.kml") {
			main = m
		}
	}
	if len(members) > 1 && !strings.EqualFold(main.Name, "doc.kml") {
		return nil, source.Place{File: in.Name}.Errorf(geo.Unsupported, "there are %d KML files in it", len(members)).Try("one at a time")
	}
	r := &reader{member: main, limits: o.WithDefaults(), names: map[string]int{}}
	if err := r.survey(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// Layers gives one layer for all folders; their names are in the property folder.
func (r *reader) Layers() []source.Layer { return []source.Layer{r.layer} }

// Close does nothing: the file is the input's.
func (r *reader) Close() error { return nil }

// survey reads the file once: names and types of the data, kind of geometry, heights.
func (r *reader) survey(ctx context.Context) error {
	r.layer = source.Layer{Name: r.member.Base(), IDName: "id"}
	var types []source.Widening
	see := func(name, value string) error {
		i, ok := r.names[name]
		if !ok {
			if len(r.names) == r.limits.Properties {
				return source.Place{File: r.member.Name}.Errorf(geo.TooLarge, "there are more than %d different data", r.limits.Properties).Try("a file with fewer columns")
			}
			i = len(r.names)
			r.names[name] = i
			r.layer.Properties = append(r.layer.Properties, geo.Property{Name: name})
			types = append(types, source.Widening{})
		}
		types[i].SeeText(value)
		return nil
	}
	kinds := map[wkb.Type]bool{}
	folders := map[string]bool{}
	w := &walker{r: r, ctx: ctx}
	var leftOut int64
	err := w.walk(func(p *placemark) error {
		r.layer.Count++
		r.layer.HasIDs = (r.layer.Count == 1 || r.layer.HasIDs) && p.id != ""
		if len(folders) < 2 {
			folders[p.folder] = true
		}
		leftOut += p.leftOut
		for _, d := range p.data {
			if err := see(d.name, d.value); err != nil {
				return err
			}
		}
		r.hasZ = r.hasZ || p.height
		g := p.geometry(true)
		if g == nil || len(p.faults) > 0 {
			return nil
		}
		reader := wkb.NewReader(g)
		h, err := reader.Header()
		kinds[h.Type] = true
		return err
	})
	if err != nil {
		return err
	}
	for i := range types {
		p := &r.layer.Properties[i]
		if p.Type = types[i].Type(); p.Name == "name" || p.Name == "description" || p.Name == "folder" {
			p.Type = geo.String
		}
	}
	if len(folders) < 2 { // all in one: nothing to tell apart
		r.forget("folder")
	}
	r.layer.Title = w.title
	r.layer.HasZ = r.hasZ
	r.layer.GeometryType = source.CommonType(kinds)
	r.layer.SetCRS("OGC:CRS84")
	r.layer.CRSText = "" // the format knows no other
	if w.links > 0 {
		if r.layer.Count == 0 {
			return source.Place{File: r.member.Name}.Errorf(geo.Unsupported, "the file has nothing but links to others on the network, which are not fetched").Try("the file that it refers to")
		}
		r.layer.Note("%d links to other files on the network were not followed", "%d tautan ke berkas lain di jaringan tidak diikuti", w.links)
	}
	if leftOut > 0 {
		r.layer.Note("tracks, models and images are left out", "jejak, model, dan gambar ditinggalkan")
	}
	return nil
}

// forget takes a property out again.
func (r *reader) forget(name string) {
	gone, ok := r.names[name]
	if !ok {
		return
	}
	delete(r.names, name)
	r.layer.Properties = append(r.layer.Properties[:gone], r.layer.Properties[gone+1:]...)
	for n, i := range r.names {
		if i > gone {
			r.names[n] = i - 1
		}
	}
}

// Features reads the placemarks in the order of the file.
func (r *reader) Features(ctx context.Context, _ int) iter.Seq2[*source.Feature, error] {
	return source.Sequence(func(give func(*source.Feature, error) error) error {
		w := &walker{r: r, ctx: ctx}
		var number int64
		return w.walk(func(p *placemark) error {
			number++
			return give(r.feature(p, number))
		})
	})
}

// feature reads a placemark with the types that the survey found.
func (r *reader) feature(p *placemark, number int64) (*source.Feature, error) {
	f := &source.Feature{Number: number, Line: p.line, ID: p.id, Values: make([]any, len(r.layer.Properties)), Faults: p.faults}
	if len(p.faults) == 0 {
		f.WKB = p.geometry(r.hasZ)
	}
	for _, d := range p.data {
		i, ok := r.names[d.name]
		if !ok || d.value == "" {
			continue
		}
		v, fits := source.Convert(d.value, r.layer.Properties[i].Type)
		if !fits {
			return nil, source.Place{File: r.member.Name, Line: p.line, Feature: number}.Errorf(geo.Invalid, "the file has changed while it was read").Try("the same import once nobody writes to the file")
		}
		f.Values[i] = v
	}
	return f, nil
}
