package intake

import (
	"time"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/source"
)

// Mode says what an import does with what is there.
type Mode string

// The modes.
const (
	New     Mode = "new"     // makes the collection, which must not exist
	Append  Mode = "append"  // adds features; an id that is taken is an error
	Upsert  Mode = "upsert"  // adds features, and changes those with the same id
	Replace Mode = "replace" // as upsert, and removes the features that the file doesn't have
)

// Options say how files are taken in.
type Options struct {
	// Collection is the id of the collection. Required.
	Collection string
	// Mode: "" means New, and is a Conflict if the collection exists.
	Mode Mode
	// Layer is the layer to read; needed where a file has several.
	Layer string
	// CRS is the system of the coordinates, whatever the file says; nil lets the file say.
	CRS *crs.CRS
	// ID is the column whose values become the ids; RowNumber numbers the rows. ""
	// looks for a column named id, then for the ids of the format, then numbers.
	ID string
	// Map gives the property for a column of the file, by its name; "" leaves the
	// column out.
	Map map[string]string
	// Usual maps columns with the usual names of Indonesian agencies too: NAMOBJ to
	// name, LUASHA to stated_area_ha ... Without it a note offers that.
	Usual bool
	// Keep is how many findings of each rule the report holds; all are counted. Default 100.
	Keep int
	// Fix repairs what needs no judgement.
	Fix bool
	// DryRun judges and stores nothing.
	DryRun bool

	// What describes a new collection; empty keeps what is known.
	Title, Description   geo.Text
	Licence, Attribution string
	// Given are values for properties of every feature that the file gives none:
	// name, source, source_date, licence, boundary_kind, position_uncertainty_m.
	Given map[string]any
	// NameAsSource gives features for which nothing says a source the name of their file. It
	// alone makes no feature differ from one that is stored.
	NameAsSource bool

	// Principal is who imports; Reason stands in the change log behind the file's name.
	Principal, Reason string
	// Program is what does it, for the record.
	Program string
	// Read are the limits and the encoding for the formats.
	Read source.Options
	// Progress hears how far it is, often. May be nil.
	Progress func(Progress)
}

// RowNumber as Options.ID makes ids of the numbers of the rows.
const RowNumber = ":row"

// Step is what an import is doing.
type Step string

// The steps.
const (
	Opening Step = "opening"
	Reading Step = "reading"
	Judging Step = "judging neighbours"
	Storing Step = "storing"
)

// Progress is how far an import is.
type Progress struct {
	Step Step
	// Done and Total count features; Total is -1 while it isn't known.
	Done, Total int64
	Began       time.Time
}
