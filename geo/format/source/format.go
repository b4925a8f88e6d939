package source

import (
	"context"
	"iter"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// Format is a kind of file that can be read.
type Format struct {
	// Name is its code: gpkg, geojson ...; that of the export format, where there is one.
	Name string
	// Extensions are those in use, in lower case with the dot. They only help to
	// name the format; what a file is decides its content.
	Extensions []string
	// Title is for people.
	Title geo.Text
	// Recognises reports whether this member of the input is one to open, by its
	// content (Member.Head) and, where content can't tell, its name.
	Recognises func(*Member) bool
	// Open opens the members that were recognised, in order of their names; there
	// is at least one. The source reads from the input, which stays the caller's.
	Open func(context.Context, *Input, []*Member, Options) (Source, error)
}

// Source is an open file. It is for one goroutine.
type Source interface {
	// Layers describes what is in it; at least one.
	Layers() []Layer
	// Features streams those of a layer, by its place in Layers, in the order of the
	// file. It may be called again and then starts anew. It ends after the first
	// error; what is wrong with one feature alone is none, but stands in its Faults. A
	// feature is the receiver's to keep.
	Features(ctx context.Context, layer int) iter.Seq2[*Feature, error]
	// Close releases what the source holds.
	Close() error
}

// Layer is one table of features in a file.
type Layer struct {
	Name               string // as in the file; may be empty or unfit for an id
	Title, Description string // "" if the file has none
	// Properties are the attributes with their types, in the order of the file,
	// without geometry. Names are as in the file: a name may be empty or occur twice.
	Properties []geo.Property
	// GeometryType is the type of every geometry as GeoJSON names it, "Geometry"
	// where types are mixed or not known beforehand, "" for a table without any.
	GeometryType string
	HasZ, HasM   bool
	// CRS is the system of the coordinates; nil when the file doesn't say or its
	// system isn't known here. Coordinates have longitude or easting first.
	CRS *crs.CRS
	// CRSText is the system as the file has it (WKT, a code, PROJJSON); "" when it
	// says nothing.
	CRSText string
	// CRSFault says why CRSText gives no CRS; nil otherwise.
	CRSFault error
	// Count is the number of features, -1 when it isn't known beforehand. It is what
	// the file says: for progress, not for allocation.
	Count int64
	// HasIDs says that features have an ID; IDName is what the file calls it, "" if it has no name.
	HasIDs bool
	IDName string
	// Notes tell people what the reader had to decide or leave out.
	Notes []geo.Text
}

// Note tells people something in both languages; see geo.Textf.
func (l *Layer) Note(en, id string, args ...any) {
	l.Notes = append(l.Notes, geo.Textf(en, id, args...))
}

// Feature is one row of a file.
type Feature struct {
	Number int64 // 1 for the first of its layer; rows that were deleted count
	Line   int   // 1-based line where it begins, 0 where a file has no lines
	// ID is the identity that the format gives beside the attributes (GeoJSON id,
	// GeoPackage key); "" if none.
	ID string
	// Values are the attributes, one for each of Layer.Properties in that order; see
	// geo.PropertyType for the Go types.
	Values []any
	// WKB is the geometry as little-endian ISO WKB in the layer's system, easting or
	// longitude first, Z and M as in the file. Nil when there is none. Its structure is
	// sound (counts, nesting); whether its rings are is not judged here.
	WKB []byte
	// Curved says that the file has arcs where WKB has straight edges; see Layer.Geometry.
	Curved bool
	// Faults say what of the row can't be read, where a slip spoils one row alone: what
	// stands there is null then, Values may be missing altogether, and the row can't be
	// taken as it is.
	Faults []geo.Text
}
