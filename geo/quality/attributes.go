package quality

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawasan/geo"
)

// attributes judges id and values.
func (v *Examination) attributes() {
	v.id()
	v.text()
	v.values()
	v.dates()
	v.codes()
	v.silent()
}

// maxID is the longest id in characters.
const maxID = 200

func (v *Examination) id() {
	id := v.feature.ID
	switch {
	case id == "":
		v.add(Issue{Rule: idMissing, Message: say("there is no id", "tidak ada id")})
	case utf8.RuneCountInString(id) > maxID:
		v.add(Issue{Rule: idUnusable, Message: say("the id %q has more than %d characters", "id %q lebih dari %d karakter", shown(id, 60), maxID)})
	case strings.ContainsAny(id, "./") || strings.ContainsFunc(id, unicode.IsControl) || !utf8.ValidString(id):
		v.add(Issue{Rule: idUnusable, Message: say("the id %q has a dot, a slash or a control character", "id %q mengandung titik, garis miring, atau karakter kendali", shown(id, 60))})
	}
}

func (v *Examination) values() {
	for i, p := range v.feature.Collection.Properties {
		var value any
		if i < len(v.feature.Values) {
			value = v.feature.Values[i]
		}
		switch value := value.(type) {
		case nil:
			if p.Required && !p.ReadOnly {
				v.add(Issue{Rule: valueMissing, Property: p.Name, Message: say("%s has no value", "%s tidak bernilai", p.Name)})
			}
		case float64:
			v.number(p, value)
		case []float64:
			for _, x := range value {
				v.number(p, x)
			}
		case int64:
			v.number(p, float64(value))
		case string:
			v.listed(p, value)
		case []string:
			for _, s := range value {
				v.listed(p, s)
			}
		}
	}
}

func (v *Examination) number(p geo.Property, x float64) {
	switch {
	case !finite(x):
		v.add(Issue{Rule: numberNotFinite, Property: p.Name, Message: say("%s is %v", "%s bernilai %v", p.Name, x)})
	case p.Name == "position_uncertainty_m" && x <= 0:
		v.add(Issue{Rule: uncertaintyUnusable, Property: p.Name, Message: say("%s is %v", "%s bernilai %v", p.Name, x)})
	}
}

// listed holds a value against the list of its attribute.
func (v *Examination) listed(p geo.Property, value string) {
	if len(p.Enum) == 0 {
		return
	}
	for _, allowed := range p.Enum {
		if value == allowed {
			return
		}
	}
	i := Issue{Rule: valueUnknown, Property: p.Name, Message: say("%s is %q", "%s berisi %q", p.Name, shown(value, 60))}
	list := shown(strings.Join(p.Enum, ", "), 400)
	i.Remedy = say("one of %s", "salah satu dari %s", list)
	v.add(i)
}

// uncertaintyOf gives the uncertainty of a position in metres, NaN if unknown.
func uncertaintyOf(f *geo.Feature) float64 {
	if u, ok := f.Number("position_uncertainty_m"); ok && u > 0 && finite(u) {
		return u
	}
	return math.NaN()
}
