package export

import (
	"io"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// Format is a kind of file.
type Format struct {
	// Name is the code by which clients ask for it: f=gpkg.
	Name string
	// MediaType and Extension (with its dot) are what the file is called on the wire and on disk.
	MediaType, Extension string
	// AlsoCalled are other extensions that people give such files.
	AlsoCalled []string
	// Title is for people.
	Title geo.Text
	// Use says in some words what the file is good for.
	Use geo.Text
	// Size estimates the bytes of a file of one layer in longitude and latitude, within a
	// quarter in most cases; for the cost of some multiplications.
	Size func(Figures) float64
	// Streaming says that bytes leave while features come. Otherwise the file is
	// built below Options.TempDir and leaves on Close, all at once.
	Streaming bool
	// MultiLayer says that Open may be called more than once.
	MultiLayer bool
	// Binary says that the file is no text, so that compressing or showing it is of little use.
	Binary bool
	// NeedsGeometry says that there is nothing to write of a collection without.
	NeedsGeometry bool
	// WGS84Only says that coordinates are always longitude, latitude; Open fails
	// with Unsupported for another system.
	WGS84Only bool
	// System gives the system in which the coordinates of a layer are written, where
	// that is not always the layer's own; nil where it is.
	System func(Layer) *crs.CRS
	// New starts a file.
	New func(io.Writer, Options) (Writer, error)
}

// Takes is Unsupported for a system in which the format can't have coordinates.
func (f Format) Takes(c *crs.CRS) error {
	if f.WGS84Only && c.EPSG != crs.CRS84().EPSG {
		return geo.Errorf(geo.Unsupported, "a %s file holds longitude and latitude only, not %s", f.Title, c.Code).In("crs").Try("CRS84, or a format such as gpkg or fgb")
	}
	return nil
}

// Writer writes one file. It is used by one goroutine. The first error stays:
// whatever is called later returns it too, and what was written is no complete
// file of its format unless the format has no end to miss (CSV, sequences); the
// caller breaks the transfer off.
type Writer interface {
	// Open begins a layer and ends the one before. It fails with Unsupported when
	// the format can't hold the layer.
	Open(Layer) error
	// Write adds a feature of the layer opened last. The feature is not kept.
	Write(*geo.Feature) error
	// Close finishes the file and releases what the writer holds. The io.Writer
	// below stays open. A file without a layer is Invalid.
	Close() error
	// Discard gives up: it releases what the writer holds (files below
	// Options.TempDir) and leaves the output unfinished. After Close it does
	// nothing, so it can be deferred.
	Discard()
}
