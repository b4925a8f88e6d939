package sample

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path"
	"testing"
	"time"
	"unicode/utf8"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
)

// FuzzSource hands hostile bytes to a format that reads: what its own writer makes
// of the samples, and what the fuzzer makes of that. Whatever they are, it must not
// panic, blame itself, or give what can't be stored.
func FuzzSource(f *testing.F, format source.Format, name string, writer *export.Format, seeds ...string) {
	if writer != nil {
		for _, l := range Layers(f) {
			f.Add(Bytes(f, *writer, export.Options{WKT: true}, l))
		}
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if _, err := ReadAll(t, format, name, content); err != nil {
			CheckFault(t, err)
		}
	})
}

// FuzzParts is FuzzSource for a format of several files: it changes what is in them,
// where changing the archive around them would only break its checksums.
func FuzzParts(f *testing.F, format source.Format, writer export.Format, first, second string) {
	for _, l := range Layers(f) {
		content := Bytes(f, writer, export.Options{}, l)
		archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			f.Fatal(err)
		}
		if one := part(f, archive, first); one != nil { // not of a layer without geometries
			f.Add(one, part(f, archive, second))
		}
	}
	f.Fuzz(func(t *testing.T, one, two []byte) {
		if _, err := ReadAll(t, format, "parts.zip", Packed(t, map[string][]byte{"a" + first: one, "a" + second: two})); err != nil {
			CheckFault(t, err)
		}
	})
}

// part gives the first file of an archive with that extension; nil if there is none.
func part(t testing.TB, archive *zip.Reader, extension string) []byte {
	t.Helper()
	for _, f := range archive.File {
		if path.Ext(f.Name) == extension {
			return content(t, f)
		}
	}
	return nil
}

// Unpacked gives the files of a zip by name.
func Unpacked(t testing.TB, packed []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range archive.File {
		files[f.Name] = content(t, f)
	}
	return files
}

// content unpacks a file of a zip.
func content(t testing.TB, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Packed makes a zip.
func Packed(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range files {
		out, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = out.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// CheckFault fails the test unless the error is about the file.
func CheckFault(t testing.TB, err error) {
	t.Helper()
	var e *geo.Error
	if !errors.As(err, &e) || e.Code != geo.Invalid && e.Code != geo.TooLarge && e.Code != geo.Unsupported || e.Message == "" || !utf8.ValidString(e.Message) {
		t.Fatalf("got %v, want an error about the file", err)
	}
}

// ReadAll reads all features of all layers under small limits, checks each, and gives
// the number of those without a fault.
func ReadAll(t testing.TB, format source.Format, name string, content []byte) (int, error) {
	t.Helper()
	o := source.Options{TempDir: t.TempDir(), Limits: source.Limits{Bytes: 32 << 20, FeatureBytes: 1 << 20, Features: 10_000, Properties: 200, Members: 100}}
	in, err := source.Open(name, bytes.NewReader(content), int64(len(content)), o)
	if err != nil {
		return 0, err
	}
	defer func() { _ = in.Close() }()
	var found []*source.Member
	for _, m := range in.Members {
		if format.Recognises(m) {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		return 0, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	s, err := format.Open(ctx, in, found, o)
	if err != nil {
		return 0, err
	}
	defer func() { _ = s.Close() }()
	n := 0
	for i, l := range s.Layers() {
		for f, err := range s.Features(ctx, i) {
			if err != nil {
				return n, err
			}
			if checkFeature(t, l, f); len(f.Faults) == 0 {
				n++
			}
		}
	}
	return n, nil
}

func checkFeature(t testing.TB, l source.Layer, f *source.Feature) {
	t.Helper()
	for _, fault := range f.Faults {
		if f.Number < 1 || fault.EN == "" || fault.ID == "" || !utf8.ValidString(fault.EN+fault.ID) {
			t.Fatalf("feature %d: the fault %+v", f.Number, fault)
		}
	}
	if len(f.Values) != len(l.Properties) && (len(f.Faults) == 0 || f.Values != nil) {
		t.Fatalf("feature %d has %d values for %d properties", f.Number, len(f.Values), len(l.Properties))
	}
	for i, v := range f.Values {
		if !fits(v, l.Properties[i].Type) {
			t.Fatalf("feature %d: %#v is no %s", f.Number, v, l.Properties[i].Type)
		}
	}
	if f.WKB == nil {
		return
	}
	g, err := wkb.Normalise(nil, f.WKB)
	if err != nil || !bytes.Equal(g, f.WKB) {
		t.Fatalf("feature %d: the geometry %x is not sound: %v", f.Number, f.WKB, err)
	}
}

// fits reports whether a value has the Go type of its property.
func fits(v any, t geo.PropertyType) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return t == geo.String && utf8.ValidString(v) && !bytes.Contains([]byte(v), []byte{0})
	case int64:
		return t == geo.Integer
	case float64:
		return t == geo.Number && source.Number(v) != nil
	case bool:
		return t == geo.Boolean
	case geo.Date:
		return t == geo.DateOnly
	case time.Time:
		return t == geo.Timestamp && v.Location() == time.UTC
	case []string:
		return t == geo.TextArray
	case []int64:
		return t == geo.IntegerArray
	case []float64:
		return t == geo.NumberArray
	case json.RawMessage:
		return t == geo.JSON && json.Valid(v)
	}
	return false
}
