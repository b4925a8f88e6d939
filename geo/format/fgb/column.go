package fgb

import (
	"encoding/json"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// columnFacts are what the format has no field for; they stand in the metadata of a
// column, where only Kawasan looks.
type columnFacts struct {
	Unit string `json:"unit,omitempty"`
	// Type is the type of which the format has none: dates, which are instants at
	// midnight there, and lists, which are JSON.
	Type geo.PropertyType `json:"type,omitempty"`
}

// factsOf gives the metadata of a column; "" where there is nothing to say.
func factsOf(p geo.Property) string {
	f := columnFacts{Unit: p.Unit}
	if p.Type == geo.DateOnly || p.Type.IsArray() {
		f.Type = p.Type
	}
	if f == (columnFacts{}) {
		return ""
	}
	b, _ := json.Marshal(f) // two texts: it can't fail
	return string(b)
}

// applyFacts takes the metadata of a column into account, where they are ours and
// agree with the type that the file gives the column.
func applyFacts(metadata string, p *geo.Property) {
	var f columnFacts
	if json.Unmarshal([]byte(metadata), &f) != nil {
		return
	}
	p.Unit = source.Text(f.Unit)
	if p.Type == geo.Timestamp && f.Type == geo.DateOnly || p.Type == geo.JSON && f.Type.IsArray() {
		p.Type = f.Type
	}
}
