package quality

import (
	"encoding/json"
	"io"
	"math"

	"kawasan/geo"
)

// Form is how a report is written.
type Form string

// The forms, which [Forms] lists.
const (
	Text    Form = "text"    // for a terminal
	JSON    Form = "json"    // the Report as it is, both languages
	HTML    Form = "html"    // a page to read or print
	GeoJSON Form = "geojson" // the offending places, to be laid over a map
)

// Forms lists them.
func Forms() []Form { return []Form{Text, JSON, HTML, GeoJSON} }

// Write writes a report. The language, "en" or "id", holds for text and HTML; the
// other forms have both. The same report gives the same bytes.
func Write(w io.Writer, r *Report, form Form, language string) error {
	switch form {
	case Text:
		return writeText(w, r, language)
	case JSON:
		return writeIndented(w, r)
	case HTML:
		return writeHTML(w, r, language)
	case GeoJSON:
		return writeIndented(w, places(r))
	}
	return geo.Invalidf("report", "there is no form %q of a report", string(form)).Try("one of %v", Forms())
}

func writeIndented(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// placeCollection is the findings as GeoJSON.
type placeCollection struct {
	Type     string         `json:"type"`
	Remarks  []geo.Text     `json:"remarks,omitempty"`
	Features []placeFeature `json:"features"`
}

type placeFeature struct {
	Type       string          `json:"type"`
	Geometry   *placeGeometry  `json:"geometry"` // null where there is no place
	Properties placeProperties `json:"properties"`
}

type placeGeometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"`
}

type placeProperties struct {
	Rule       string   `json:"rule"`
	Severity   Severity `json:"severity"`
	Title      string   `json:"title"`
	Collection string   `json:"collection"`
	Feature    string   `json:"feature,omitempty"`
	Name       string   `json:"name,omitempty"`
	Row        int64    `json:"row,omitempty"`
	Part       int      `json:"part,omitempty"`
	Ring       int      `json:"ring,omitempty"`
	Vertex     int      `json:"vertex,omitempty"`
	Property   string   `json:"property,omitempty"`
	Other      string   `json:"other,omitempty"`
	AreaM2     *float64 `json:"area_m2,omitempty"`
	MessageEN  string   `json:"message"`
	MessageID  string   `json:"message_id"`
	RemedyEN   string   `json:"remedy"`
	RemedyID   string   `json:"remedy_id"`
}

// places makes a point of each finding that is held.
func places(r *Report) placeCollection {
	c := placeCollection{Type: "FeatureCollection", Remarks: r.Remarks, Features: []placeFeature{}}
	for _, g := range r.Groups {
		for _, i := range g.Issues {
			f := placeFeature{Type: "Feature", Properties: placeProperties{
				Rule: i.Rule.Name, Severity: i.Severity, Title: i.Rule.Title.EN, Collection: i.Collection, Feature: i.Feature, Name: i.Name, Row: i.Row,
				Part: i.Place.Part, Ring: i.Place.Ring, Vertex: i.Place.Vertex, Property: i.Property, Other: i.Other, AreaM2: i.AreaM2,
				MessageEN: i.Message.EN, MessageID: i.Message.ID, RemedyEN: i.Remedy.EN, RemedyID: i.Remedy.ID,
			}}
			if p := i.Place.Position; p != nil && !math.IsNaN(p[0]+p[1]) {
				f.Geometry = &placeGeometry{Type: "Point", Coordinates: *p}
			}
			c.Features = append(c.Features, f)
		}
	}
	return c
}
