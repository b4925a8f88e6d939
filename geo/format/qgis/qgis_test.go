package qgis_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/qgis"

	"github.com/google/go-cmp/cmp"
)

// project is what a test looks for in the document.
type project struct {
	Tree []struct {
		ID string `xml:"id,attr"`
	} `xml:"layer-tree-group>layer-tree-layer"`
	CRS    string `xml:"projectCrs>spatialrefsys>authid"`
	Layers []struct {
		Geometry string `xml:"geometry,attr"`
		ID       string `xml:"id"`
		Source   string `xml:"datasource"`
		Name     string `xml:"layername"`
		CRS      string `xml:"srs>spatialrefsys>authid"`
		Licence  string `xml:"resourceMetadata>license"`
		Renderer struct {
			Type       string `xml:"type,attr"`
			Categories []struct {
				Value  string `xml:"value,attr"`
				Symbol string `xml:"symbol,attr"`
			} `xml:"categories>category"`
			Symbols []struct {
				Name    string `xml:"name,attr"`
				Options []struct {
					Name  string `xml:"name,attr"`
					Value string `xml:"value,attr"`
				} `xml:"layer>Option>Option"`
			} `xml:"symbols>symbol"`
		} `xml:"renderer-v2"`
		Aliases []struct {
			Field string `xml:"field,attr"`
			Name  string `xml:"name,attr"`
		} `xml:"aliases>alias"`
	} `xml:"projectlayers>maplayer"`
}

// unpack gives the project, and the path of the data that lie beside it.
func unpack(t *testing.T, b []byte) (p project, data string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	content := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if content[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	d := xml.NewDecoder(bytes.NewReader(content["kawasan.qgs"]))
	if err := d.Decode(&p); err != nil {
		t.Fatal(err)
	}
	data = filepath.Join(t.TempDir(), "kawasan.gpkg")
	if err := os.WriteFile(data, content["kawasan.gpkg"], 0o600); err != nil {
		t.Fatal(err)
	}
	return p, data
}

// Each layer of the project is one that GDAL finds in the data beside it.
func TestLayersAreThere(t *testing.T) {
	t.Parallel()
	layers := sample.Layers(t)
	systems := sample.Systems(t)
	for i := range layers {
		layers[i].CRS = systems[2]
	}
	p, data := unpack(t, sample.Bytes(t, qgis.Format(), export.Options{Lang: "id"}, layers...))
	if p.CRS != "EPSG:32750" || len(p.Tree) != len(p.Layers) {
		t.Errorf("the project is in %s with %d of %d layers in its tree", p.CRS, len(p.Tree), len(p.Layers))
	}
	var names, tree []string
	for _, branch := range p.Tree {
		tree = append(tree, branch.ID)
	}
	for _, l := range p.Layers {
		table, isGPKG := strings.CutPrefix(l.Source, "./kawasan.gpkg|layername=")
		if !isGPKG || l.CRS != "EPSG:32750" || l.Licence != "CC-BY-4.0" {
			t.Errorf("got %+v", l)
		}
		table, _, _ = strings.Cut(table, "|")
		sample.Run(t, "ogrinfo", "-ro", "-so", data, table)
		if len(l.ID) <= 10 || !slices.Contains(tree, l.ID) {
			t.Errorf("%s: QGIS does not find the layer %q in its tree", l.Name, l.ID)
		}
		names = append(names, l.Geometry+" "+l.Name)
	}
	want := []string{
		"Point Para points", "Point Para heights", "Point Para multipoints", "Point Para mixed (titik)", "Line Para lines", "Line Para multilines",
		"Line Para mixed (garis)", "Polygon Para zones", "Polygon Para polygons", "Polygon Para mixed (area)", "Polygon Para nothing", "No geometry Para table",
	}
	if d := cmp.Diff(want, names); d != "" {
		t.Errorf("layers (-want +got):\n%s", d)
	}
}

// What is legal has a solid outline, what is indicative a dashed one.
func TestKindsOfBoundaries(t *testing.T) {
	t.Parallel()
	l := sample.New(t, "zones", "Polygon", false, "POLYGON ((116 -1, 117 -1, 117 0, 116 -1))")
	c := *l.Collection
	c.Properties = []geo.Property{{Name: "name", Type: geo.String, Title: geo.Text{EN: `A <"name">`}}, {Name: "boundary_kind", Type: geo.String}, {Name: "fid", Type: geo.Integer, Title: geo.Text{EN: "Number"}}}
	l.Collection = c.Index()
	f := *l.Features[0]
	f.Collection, f.Values = l.Collection, []any{"x", "legal", nil}
	l.Features[0] = &f
	p, _ := unpack(t, sample.Bytes(t, qgis.Format(), export.Options{}, l))
	r := p.Layers[0].Renderer
	if r.Type != "categorizedSymbol" {
		t.Fatalf("the renderer is %s", r.Type)
	}
	outline := map[string]string{}
	for _, category := range r.Categories {
		for _, s := range r.Symbols {
			for _, o := range s.Options {
				if s.Name == category.Symbol && o.Name == "outline_style" {
					outline[category.Value] = o.Value
				}
			}
		}
	}
	for kind, want := range map[string]string{"legal": "solid", "official_extract": "solid", "indicative": "dash", "estimated": "dash", "": "dash"} {
		if outline[kind] != want {
			t.Errorf("%s is drawn %s, want %s", kind, outline[kind], want)
		}
	}
	if a := p.Layers[0].Aliases; len(a) != 2 || a[0].Name != `A <"name">` || a[1].Field != "fid_2" || a[1].Name != "Number" {
		t.Errorf("the aliases are %+v", a)
	}
}
