package geodata

import "encoding/json"

// Text is wording in the two languages of the data.
type Text struct {
	EN string `json:"en"` // English
	ID string `json:"id"` // Indonesian
}

// Property describes one attribute of a collection or table. Attributes keep the
// order of the header; the id and the geometry are not among them.
type Property struct {
	// Name in snake_case, with the unit at its end where there is one.
	Name string `json:"name"`
	// Type is text, integer, number, boolean, date, timestamp, text[] or json.
	Type        string `json:"type"`
	Title       Text   `json:"title"`
	Description Text   `json:"description"`
	// Unit of the values: m, ha, MW ...; empty if there is none.
	Unit string `json:"unit,omitempty"`
	// Enum lists the only values allowed, of a text; empty if it is open.
	Enum []string `json:"enum,omitempty"`
	// Words say what values mean that are codes, or that are words of one language.
	Words map[string]Text `json:"words,omitempty"`
}

// Dataset is one shipped collection.
type Dataset struct {
	// Collection is the id of the collection: zones, ports ...
	Collection  string
	Title       Text
	Description Text
	Keywords    []string
	Licence     string
	Attribution string
	// GeometryType is the type of every geometry: Point or MultiPolygon.
	GeometryType string
	Properties   []Property
	// Features in order of id (by byte).
	Features []Feature
	// Unlocated are the rows whose position nobody has published. They are
	// named, never placed, and have the attributes of the features.
	Unlocated []Row
	// File is the name of the file, SHA256 its checksum in lower-case hexadecimal.
	File, SHA256 string
}

// Table is one shipped set of rows without geometry.
type Table struct {
	// ID names the table.
	ID          string
	Title       Text
	Description Text
	Keywords    []string
	Licence     string
	Attribution string
	Properties  []Property
	// Rows in order of id (by byte).
	Rows []Row
	// File is the name of the file, SHA256 its checksum in lower-case hexadecimal.
	File, SHA256 string
}

// Row is a set of attributes under an id that is unique in its collection or
// table. Each attribute of the header has a value, null if unknown.
type Row struct {
	ID         string                     `json:"id"`
	Properties map[string]json.RawMessage `json:"properties"`
}

// Feature is a row with a place on earth.
type Feature struct {
	ID string `json:"id"`
	// Geometry is a GeoJSON geometry of the collection's type, verbatim.
	Geometry   json.RawMessage            `json:"geometry"`
	Properties map[string]json.RawMessage `json:"properties"`
}
