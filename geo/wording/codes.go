package wording

import (
	"regexp"
	"strings"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// kinds say what a kind of boundary means to someone who has to rely on it.
var kinds = map[string]geo.Text{
	string(geodesy.Legal):           {EN: "boundary from a legal text", ID: "batas dari naskah hukum"},
	string(geodesy.OfficialExtract): {EN: "boundary published by the authority, not the legal text", ID: "batas yang dipublikasikan pihak berwenang, bukan naskah hukumnya"},
	string(geodesy.Surveyed):        {EN: "surveyed boundary", ID: "batas hasil survei"},
	string(geodesy.PublishedPoint):  {EN: "published position", ID: "posisi terpublikasi"},
	string(geodesy.Generalised):     {EN: "boundary generalised from a better line", ID: "batas yang disederhanakan dari garis yang lebih teliti"},
	string(geodesy.OuterEnvelope):   {EN: "outer envelope: the true shape lies somewhere inside", ID: "selubung luar: bentuk sebenarnya ada di dalamnya"},
	string(geodesy.LegalBBox):       {EN: "box named in law: the true shape lies somewhere inside", ID: "kotak menurut hukum: bentuk sebenarnya ada di dalamnya"},
	string(geodesy.Indicative):      {EN: "indicative, not an official boundary", ID: "indikatif, bukan batas resmi"},
	string(geodesy.Estimated):       {EN: "placed by estimate, not published", ID: "perkiraan, bukan posisi terpublikasi"},
}

// grades say how far a value or an answer can be trusted.
var grades = map[string]geo.Text{
	"none":                            {EN: "none", ID: "tidak ada"},
	"low":                             {EN: "low", ID: "rendah"},
	"medium":                          {EN: "medium", ID: "sedang"},
	"high":                            {EN: "high", ID: "tinggi"},
	"estimated":                       {EN: "estimated", ID: "perkiraan"},
	string(geodesy.Certain):           {EN: "certain", ID: "pasti"},
	string(geodesy.Likely):            {EN: "likely", ID: "mungkin sekali"},
	string(geodesy.DependsOnBoundary): {EN: "depends on the boundary", ID: "tergantung batas"},
}

// common are the codes of the attributes that any collection may have.
var common = map[string]map[string]geo.Text{"boundary_kind": kinds, "confidence": grades, "certainty": grades}

// Kind words a kind of boundary; one that isn't known stays as it is.
func Kind(kind string) geo.Text { return known(kinds, kind) }

// Grade words a confidence or a verdict.
func Grade(code string) geo.Text { return known(grades, code) }

// Common are the words of the codes of an attribute that any collection may have;
// nil for others.
func Common(name string) map[string]geo.Text { return common[name] }

func known(words map[string]geo.Text, code string) geo.Text {
	if t, ok := words[code]; ok {
		return t
	}
	return Readable(code)
}

// Value words a text value of an attribute: in the attribute's own words, else in
// those that all collections share, else as it is. A code with underscores
// that nobody has words for is at least written with spaces.
func Value(p geo.Property, value string) geo.Text {
	if t, ok := p.Words[value]; ok {
		return t
	}
	return known(common[strings.TrimPrefix(p.Name, "target_")], value)
}

// Of words a text of a feature: a value of its attribute in the words that it has there.
func Of(f *geo.Feature, name string) geo.Text {
	p, _ := f.Collection.Property(name)
	return Value(p, f.Text(name))
}

// Licence is the licence of a collection, in the words that its attribute licence has for it.
func Licence(c *geo.Collection) geo.Text {
	p, _ := c.Property("licence")
	return Value(p, c.Licence)
}

// Attribution says whose data a collection has, in the words that its attribute source has for it.
func Attribution(c *geo.Collection) geo.Text {
	p, _ := c.Property("source")
	return Value(p, c.Attribution)
}

// Name is what a feature is called: its name, in the words of the attribute name where it has some, or its id.
func Name(f *geo.Feature) geo.Text {
	name := f.Name()
	if p, ok := f.Collection.Property("name"); ok {
		if t, ok := p.Words[name]; ok {
			return t
		}
	}
	return geo.Text{EN: name, ID: name}
}

// code is what a value looks like that is no word of a language.
var code = regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)+$`)

// Readable writes a code with spaces, and leaves all else.
func Readable(value string) geo.Text {
	if code.MatchString(value) {
		value = strings.ReplaceAll(value, "_", " ")
	}
	return geo.Text{EN: value, ID: value}
}

// Title is what an attribute is called: its title, else its name with spaces.
func Title(p geo.Property) geo.Text {
	if t, ok := titles[p.Name]; ok && (p.Title.EN == "" || p.Title.EN == p.Name) {
		return t
	}
	if t := p.Title; t.EN != "" || t.ID != "" {
		if t.EN != p.Name {
			return t
		}
		return geo.Text{EN: Readable(p.Name).EN, ID: Readable(t.In("id")).ID}
	}
	return Readable(p.Name)
}

// titles are those of attributes that the store keeps itself, and nobody describes.
var titles = map[string]geo.Text{"revision": {EN: "Revision", ID: "Revisi"}}
