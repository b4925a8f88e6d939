package sample

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"kawasan/geo/format/export"
)

// Bytes gives the layers as a file.
func Bytes(t testing.TB, format export.Format, o export.Options, layers ...Layer) []byte {
	t.Helper()
	if o.TempDir == "" {
		o.TempDir = t.TempDir()
	}
	var b bytes.Buffer
	w, err := format.New(&b, o)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	for _, l := range layers {
		if err := w.Open(l.Layer); err != nil {
			t.Fatalf("open %s: %v", l.Collection.ID, err)
		}
		for _, f := range l.Features {
			if err := w.Write(f); err != nil {
				t.Fatalf("write %s: %v", f.Ref(), err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	if left, err := os.ReadDir(o.TempDir); err != nil || len(left) > 0 {
		t.Errorf("%d temporary files are left over (%v)", len(left), err)
	}
	return b.Bytes()
}

// File writes the layers to a file in a folder of the test, and gives its path.
func File(t testing.TB, format export.Format, o export.Options, layers ...Layer) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample"+format.Extension)
	if err := os.WriteFile(path, Bytes(t, format, o, layers...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
