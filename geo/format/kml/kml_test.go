package kml_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/kml"
)

func TestAgainstGDAL(t *testing.T) {
	t.Parallel()
	for _, format := range []export.Format{kml.Format(), kml.Zipped()} {
		layers := sample.Layers(t)
		file := sample.File(t, format, export.Options{}, layers...)
		for _, l := range layers {
			if len(l.Features) == 0 {
				continue
			}
			t.Run(format.Name+" "+l.Collection.ID, func(t *testing.T) {
				t.Parallel()
				got := sample.GDAL(t, file, l.Collection.ID)
				for _, f := range got { // GDAL takes the attribute name for the name of the placemark, which is never empty
					if f.Properties["name"] = f.Properties["Name"]; f.Properties["Name"] == f.Properties["id"] {
						f.Properties["name"] = nil
					}
				}
				sample.Compare(t, l, got, func(p geo.Property, v any) any {
					v = sample.Encoded(p, v)
					if p.Type == geo.Integer && v != nil {
						return fmt.Sprint(v)
					}
					if s, ok := v.(string); ok {
						return strings.Trim(s, " ") // GDAL does
					}
					if b, ok := v.(bool); ok {
						return json.Number(map[bool]string{true: "1", false: "0"}[b])
					}
					return v
				})
			})
		}
	}
}

// The file is well-formed whatever the text.
func FuzzText(f *testing.F) {
	f.Add("a]]>b", "<&\"\x00")
	f.Add("\xff\ufffe", "\r\n")
	f.Fuzz(func(t *testing.T, name, value string) {
		c := (&geo.Collection{ID: name, Title: geo.Text{EN: value}, Properties: []geo.Property{{Name: name, Type: geo.String, Title: geo.Text{EN: value}}}}).Index()
		var out bytes.Buffer
		w, err := kml.Format().New(&out, export.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{w.Open(export.Layer{Collection: c}), w.Write(&geo.Feature{ID: name, Collection: c, Values: []any{value}}), w.Close()} {
			if err != nil {
				t.Fatal(err)
			}
		}
		d := xml.NewDecoder(&out)
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				t.Fatalf("%v in %q", err, out.String())
			}
		}
	})
}

func TestStyleAndBalloon(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[6]
	text := string(sample.Bytes(t, kml.Format(), export.Options{Lang: "id"}, l))
	for _, want := range []string{
		"<BalloonStyle>", "<styleUrl>#style1</styleUrl>", "<tr><td>Lisensi</td><td>CC-BY-4.0</td></tr>", "<tr><td>Nama</td><td>Kariangau, &quot;KIK&quot; 🏭</td></tr>",
		"<tr><td>Uncertainty of the position (m)</td><td>1.5</td></tr>", "<altitudeMode>absolute</altitudeMode>", "<displayName>Nama</displayName>",
		"<outerBoundaryIs><LinearRing><coordinates>115,-1,1 116,-1,1 116,0,1 115,0,1 115,-1,1</coordinates></LinearRing></outerBoundaryIs>" +
			"<innerBoundaryIs><LinearRing><coordinates>115.2,-0.8,1 115.2,-0.2,1 115.8,-0.2,1 115.2,-0.8,1</coordinates></LinearRing></innerBoundaryIs>",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}

func TestOnlyWGS84(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[0]
	l.CRS = sample.Systems(t)[2]
	w, _ := kml.Format().New(io.Discard, export.Options{})
	if err := w.Open(l.Layer); !geo.IsCode(err, geo.Unsupported) {
		t.Errorf("got %v, want Unsupported", err)
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	layers := sample.Layers(t)
	if first, second := sample.Bytes(t, kml.Zipped(), export.Options{}, layers...), sample.Bytes(t, kml.Zipped(), export.Options{}, layers...); !bytes.Equal(first, second) {
		t.Errorf("two files of %d and %d bytes differ", len(first), len(second))
	}
}

// full takes so many bytes, and then no more.
type full struct {
	bytes.Buffer
	left int
}

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.left {
		return 0, errors.New("no space left")
	}
	f.left -= len(p)
	return f.Buffer.Write(p)
}

// A file that can't be written to its end does not look complete.
func TestBrokenOffIsNotComplete(t *testing.T) {
	t.Parallel()
	l := sample.Layers(t)[5]
	whole := sample.Bytes(t, kml.Format(), export.Options{}, l)
	out := full{left: len(whole) - 1}
	w, err := kml.Format().New(&out, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = w.Open(l.Layer)
	for _, f := range l.Features {
		if err == nil {
			err = w.Write(f)
		}
	}
	if ended := w.Close(); ended == nil || strings.Contains(out.String(), "</kml>") {
		t.Errorf("got %v and %v, want an error and no end", err, ended)
	}
}
