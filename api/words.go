package api

import (
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/tile"
)

// boundaryWords say what a kind of boundary means to someone who has to rely on it.
var boundaryWords = map[geodesy.BoundaryKind]geo.Text{
	geodesy.Legal:           {EN: "legal boundary", ID: "batas hukum"},
	geodesy.OfficialExtract: {EN: "official extract, not the legal text", ID: "kutipan resmi, bukan naskah hukumnya"},
	geodesy.Surveyed:        {EN: "surveyed", ID: "hasil pengukuran lapangan"},
	geodesy.PublishedPoint:  {EN: "published position", ID: "posisi terpublikasi"},
	geodesy.Generalised:     {EN: "generalised from a better line", ID: "digeneralisasi dari garis yang lebih teliti"},
	geodesy.OuterEnvelope:   {EN: "outer envelope: the true shape lies somewhere inside", ID: "selubung luar: bentuk sebenarnya ada di dalamnya"},
	geodesy.LegalBBox:       {EN: "box named by law: the true shape lies somewhere inside", ID: "kotak menurut hukum: bentuk sebenarnya ada di dalamnya"},
	geodesy.Indicative:      {EN: "indicative, not an official boundary", ID: "indikatif, bukan batas resmi"},
	geodesy.Estimated:       {EN: "placed by estimate, not published", ID: "perkiraan, bukan posisi terpublikasi"},
}

// geometryWords name what features are, for people.
var geometryWords = map[string]geo.Text{
	"":                {EN: "table without geometry", ID: "tabel tanpa geometri"},
	"Point":           {EN: "points", ID: "titik"},
	"MultiPoint":      {EN: "points", ID: "titik"},
	"LineString":      {EN: "lines", ID: "garis"},
	"MultiLineString": {EN: "lines", ID: "garis"},
	"Polygon":         {EN: "areas", ID: "area"},
	"MultiPolygon":    {EN: "areas", ID: "area"},
}

// geometryWord names what the features of a collection are.
func (x *exchange) geometryWord(c *geo.Collection) string {
	if t, ok := geometryWords[c.GeometryType]; ok {
		return t.In(x.lang)
	}
	return geo.Text{EN: "points, lines and areas", ID: "titik, garis, dan area"}.In(x.lang)
}

// basis is what a feature's position rests on, in words.
type basis struct {
	Kind   string // in words; "" when the feature does not say
	Sketch bool   // nothing certain can rest on it
	Known  string // how far the position is known
}

// basisOf says what the position of a feature rests on; nil where its collection
// has no such columns.
func (x *exchange) basisOf(f *geo.Feature) *basis {
	if _, ok := f.Collection.PropertyIndex("boundary_kind"); !ok {
		return nil
	}
	kind := geodesy.BoundaryKind(f.Text("boundary_kind"))
	b := &basis{Kind: boundaryWords[kind].In(x.lang), Sketch: tile.IsSketch(string(kind))}
	if b.Kind == "" {
		b.Kind = string(kind)
	}
	if u, ok := f.Number("position_uncertainty_m"); ok {
		b.Known = x.say("known to") + " " + x.lengthWord(u)
	} else {
		b.Known = x.say("not known how far")
	}
	return b
}

// lengthWord writes a length for people: 350 m, 1.5 km.
func (x *exchange) lengthWord(v float64) string {
	if v < 1000 {
		return x.number(v, 0) + " m"
	}
	return x.number(v/1000, 1) + " km"
}

// number writes a number with at most that many decimals and the decimal sign of
// the language of the answer; thousands are set apart.
func (x *exchange) number(v float64, decimals int) string {
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if rounded, err := strconv.ParseFloat(text, 64); err == nil {
		text = strconv.FormatFloat(rounded, 'f', -1, 64)
	}
	text = grouped(text)
	if x.lang == "id" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
