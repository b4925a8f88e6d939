// Package archive makes zip files whose bytes depend on their content alone.
package archive

import (
	"archive/zip"
	"io"
	"time"

	"github.com/klauspost/compress/flate"
)

// Writer writes the entries of a zip file one after another.
type Writer struct {
	zip  *zip.Writer
	time time.Time
}

// NewWriter dates all entries at a time, the start of 1980 (the earliest that zip
// knows) if it is before that.
func NewWriter(out io.Writer, at time.Time) *Writer {
	if first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); at.Before(first) {
		at = first
	}
	z := zip.NewWriter(out)
	// Several times as fast as the standard library's, which would take most of the time of an export.
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.DefaultCompression)
	})
	return &Writer{zip: z, time: at.UTC()}
}

// Create begins a compressed entry, and ends the one before.
func (w *Writer) Create(name string) (io.Writer, error) {
	return w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.time})
}

// Close writes the directory at the end; without it the file is not a zip.
func (w *Writer) Close() error { return w.zip.Close() }
