package format_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
)

func TestTable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, f := range format.All() {
		if !regexp.MustCompile(`^[a-z]+$`).MatchString(f.Name) || !strings.HasPrefix(f.Extension, ".") || !strings.Contains(f.MediaType, "/") || f.Title.EN == "" || f.Use.EN == "" || f.Use.ID == "" || f.New == nil || f.Size == nil {
			t.Errorf("the entry %+v is not complete", f)
		}
		if seen[f.Name] {
			t.Errorf("%s is there twice", f.Name)
		}
		seen[f.Name] = true
		if got, ok := format.ByName(f.Name); !ok || got.MediaType != f.MediaType {
			t.Errorf("ByName(%s): got %v, %v", f.Name, got.MediaType, ok)
		}
	}
	for _, name := range []string{"gpkg", "fgb", "shp", "kml", "kmz", "geojson", "geojsonseq", "csv", "xlsx"} {
		if !seen[name] {
			t.Errorf("%s is missing", name)
		}
	}
	if f, err := format.Find("GPKG"); err != nil || f.Name != "gpkg" {
		t.Errorf("Find(GPKG): got %v, %v", f.Name, err)
	}
	_, err := format.Find(strings.Repeat("x", 1000))
	if e := geo.AsError(err); e == nil || e.Code != geo.Invalid || len(e.Message) > 100 || !strings.Contains(e.Fix, "gpkg, fgb") {
		t.Errorf("got %v, want Invalid with the codes", err)
	}
}

// limited takes so many bytes and then fails, as the connection of a client that
// has gone away does.
type limited struct{ left int }

var errGone = errors.New("gone")

func (w *limited) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, errGone
	}
	return len(b), nil
}

// What holds for every format: the contract of export.Writer.
func TestEveryFormat(t *testing.T) {
	t.Parallel()
	for _, f := range format.All() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			layers := sample.Layers(t)
			if !f.MultiLayer {
				layers = layers[:1]
			}
			complete := sample.Bytes(t, f, format.Options{MaxZoom: 3}, layers...)
			if again := sample.Bytes(t, f, format.Options{MaxZoom: 3}, layers...); !bytes.Equal(complete, again) {
				t.Error("the same layers give other bytes")
			}
			for _, left := range []int{0, 10, len(complete) / 2, len(complete) - 1} {
				dir := t.TempDir()
				if err := write(f, &limited{left}, dir, layers); !errors.Is(err, errGone) {
					t.Errorf("a client that leaves after %d of %d bytes: got %v", left, len(complete), err)
				}
				if files, _ := os.ReadDir(dir); len(files) > 0 {
					t.Errorf("a client that leaves after %d bytes leaves %d files", left, len(files))
				}
			}
			if err := write(f, &bytes.Buffer{}, t.TempDir(), nil); !geo.IsCode(err, geo.Invalid) {
				t.Errorf("a file without a layer: got %v, want Invalid", err)
			}
			if f.MultiLayer {
				return
			}
			if err := write(f, &bytes.Buffer{}, t.TempDir(), append(layers, layers...)); !geo.IsCode(err, geo.Unsupported) {
				t.Errorf("two layers: got %v, want Unsupported", err)
			}
		})
	}
}

// Whoever no longer waits for a file ends its writing too, when all features have
// come and the file is put together.
func TestNobodyWaitsForTheEnd(t *testing.T) {
	t.Parallel()
	for _, f := range format.All() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			w, err := f.New(export.Until(ctx, io.Discard), format.Options{Context: ctx, TempDir: dir, MaxZoom: 2})
			if err != nil {
				t.Fatal(err)
			}
			defer w.Discard()
			c := (&geo.Collection{ID: "many", GeometryType: "Point", Properties: []geo.Property{{Name: "name", Type: geo.String}}}).Index()
			if err := w.Open(format.Layer{Collection: c}); err != nil {
				t.Fatal(err)
			}
			point := []byte{1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x5d, 0x40, 0, 0, 0, 0, 0, 0, 0, 0}
			for range 100 {
				if err := w.Write(&geo.Feature{ID: "a", Collection: c, Values: []any{"a"}, WKB: point}); err != nil {
					t.Fatal(err)
				}
			}
			leave()
			if err := w.Close(); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("%v are left over", left)
			}
		})
	}
}

// Whatever the bytes of a geometry, a format refuses them or writes a file, and
// leaves nothing behind.
func FuzzGeometry(f *testing.F) {
	for _, l := range sample.Layers(f) {
		for _, feature := range l.Features {
			f.Add(feature.WKB, l.Collection.GeometryType)
		}
	}
	f.Add([]byte{1, 2, 0, 0, 0, 255, 255, 255, 127}, "LineString")
	f.Fuzz(func(t *testing.T, bin []byte, geometryType string) {
		l := sample.New(t, "fuzz", geometryType, len(bin)%2 == 0, "")
		l.Features[0].WKB = bin
		for _, format := range format.All() {
			if format.Name == "gpkg" {
				continue // a database for each input is too slow; it stores the bytes that fgb reads
			}
			dir := t.TempDir()
			var out bytes.Buffer
			if err := write(format, &out, dir, []sample.Layer{l}); err == nil && out.Len() == 0 {
				t.Errorf("%s: neither an error nor a file", format.Name)
			}
			if files, _ := os.ReadDir(dir); len(files) > 0 {
				t.Errorf("%s leaves %d files", format.Name, len(files))
			}
		}
	})
}

func write(f format.Format, out interface{ Write([]byte) (int, error) }, dir string, layers []sample.Layer) error {
	w, err := f.New(out, format.Options{TempDir: dir, MaxZoom: 3})
	if err != nil {
		return fmt.Errorf("new: %w", err)
	}
	defer w.Discard()
	for _, l := range layers {
		if err := w.Open(l.Layer); err != nil {
			return err
		}
		for _, feature := range l.Features {
			if err := w.Write(feature); err != nil {
				return err
			}
		}
	}
	return w.Close()
}
