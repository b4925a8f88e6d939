package jsonfile_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/jsonfile"
)

func formats() []export.Format {
	return []export.Format{jsonfile.Collection(), jsonfile.Sequence(), jsonfile.Lines()}
}

func TestAgainstGDAL(t *testing.T) {
	t.Parallel()
	for _, format := range formats() {
		t.Run(format.Name, func(t *testing.T) {
			t.Parallel()
			sample.EachLayer(t, func(t *testing.T, l sample.Layer) {
				if len(l.Features) == 0 && format.Name != "geojson" {
					t.Skip("GDAL knows no sequence without features")
				}
				file := sample.File(t, format, export.Options{}, l)
				var options []string
				if format.Name != "geojson" && !l.IsWGS84() {
					options = append(options, "-s_srs", l.CRS.Code) // not read from sequences
				}
				got := sample.GDAL(t, file, "", options...)
				for i := range got {
					if got[i].Properties["id"] == nil { // that of the feature
						got[i].Properties["id"] = got[i].ID
					}
				}
				sample.Compare(t, l, got, nil)
			})
		})
	}
}

func TestCollectionTellsItsOrigin(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[0]
	b := sample.Bytes(t, jsonfile.Collection(), export.Options{Generator: "Kawasan 1"}, l)
	var file struct {
		Type, Name string
		Provenance map[string]string
		Features   []json.RawMessage
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	if file.Type != "FeatureCollection" || file.Name != "points" || len(file.Features) != len(l.Features) {
		t.Errorf("got %s %s with %d features", file.Type, file.Name, len(file.Features))
	}
	for name, want := range map[string]string{"licence": "CC-BY-4.0", "version": "7", "modified": "2026-03-04T05:06:07Z", "query": l.Query, "generator": "Kawasan 1"} {
		if got := file.Provenance[name]; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestSequences(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[0]
	for _, format := range formats()[1:] {
		lines := bytes.Split(sample.Bytes(t, format, export.Options{}, l), []byte("\n"))
		if len(lines) != len(l.Features)+1 || len(lines[len(lines)-1]) > 0 {
			t.Fatalf("%s: got %d lines, want %d, each ended", format.Name, len(lines)-1, len(l.Features))
		}
		for _, line := range lines[:len(l.Features)] {
			text, separated := strings.CutPrefix(string(line), "\x1e")
			if separated != (format.Name == "geojsonseq") || !json.Valid([]byte(text)) {
				t.Errorf("%s: got line %.60q", format.Name, line)
			}
		}
	}
}

// A collection that broke off is no JSON.
func TestBrokenOffIsNotComplete(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[0]
	var out bytes.Buffer
	w, err := jsonfile.Collection().New(&out, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Open(l.Layer); err != nil {
		t.Fatal(err)
	}
	broken := *l.Features[0]
	broken.WKB = broken.WKB[:7]
	if err := w.Write(&broken); err == nil {
		t.Error("a broken geometry is written")
	}
	if err := w.Write(l.Features[0]); err == nil {
		t.Error("the error is forgotten")
	}
	if err := w.Close(); err == nil || json.Valid(out.Bytes()) {
		t.Errorf("got %v and %s, want an error and no JSON", err, out.String())
	}
}
