package quality

import (
	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Issue is one finding.
type Issue struct {
	Rule       *Rule    `json:"rule"`
	Severity   Severity `json:"severity"`
	Collection string   `json:"collection,omitempty"`
	Feature    string   `json:"feature,omitempty"` // id; empty if it has none
	Name       string   `json:"name,omitempty"`    // of the feature
	// Row is the number of the feature in its source, from 1; 0 if unknown.
	Row      int64    `json:"row,omitempty"`
	Line     int      `json:"line,omitempty"` // of a text file, where the row begins
	File     string   `json:"file,omitempty"` // of several
	Place    Place    `json:"place,omitzero"`
	Property string   `json:"property,omitempty"`
	Other    string   `json:"other,omitempty"`   // the other feature concerned, as collection/id
	AreaM2   *float64 `json:"area_m2,omitempty"` // of an overlap, a gap, a sliver
	Message  geo.Text `json:"message"`
	Remedy   geo.Text `json:"remedy"`
}

// Place is where in a geometry something is. Numbers count from 1 in the order of
// the source; 0 where they do not apply.
type Place struct {
	Position *orb.Point `json:"position,omitempty"` // lon, lat; nil when there is none that could be shown
	Part     int        `json:"part,omitempty"`     // member of a Multi geometry or collection
	Ring     int        `json:"ring,omitempty"`     // 1 is the shell, holes follow
	Vertex   int        `json:"vertex,omitempty"`
}

// vertex names the vertex, for one without a position that could be shown.
func (p Place) vertex() geo.Text {
	if p.Ring == 0 {
		return say("vertex %d of part %d", "titik ke-%d dari bagian %d", p.Vertex, p.Part)
	}
	return say("vertex %d of ring %d of part %d", "titik ke-%d dari cincin %d dari bagian %d", p.Vertex, p.Ring, p.Part)
}

// Change is a repair that Fix made.
type Change struct {
	Rule       *Rule    `json:"rule"`
	Collection string   `json:"collection,omitempty"`
	Feature    string   `json:"feature,omitempty"`
	Row        int64    `json:"row,omitempty"`
	Place      Place    `json:"place,omitzero"`
	Property   string   `json:"property,omitempty"`
	Message    geo.Text `json:"message"`
}

// say is geo.Textf.
func say(en, id string, args ...any) geo.Text { return geo.Textf(en, id, args...) }
