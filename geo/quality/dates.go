package quality

import (
	"regexp"
	"strings"
	"time"

	"kawasan/geo"
)

// Years outside of which no date of ours can lie.
const firstYear, lastYear = 1800, 2200

// dateText is a text that means to be a date from its beginning on.
var dateText = regexp.MustCompile(`^(\d{4})-(\d{2})(?:-(\d{2}))?\b`)

// dates judges what is, or reads like, a date.
func (v *Examination) dates() {
	traits := v.traits()
	for i, p := range v.feature.Collection.Properties {
		if i >= len(v.feature.Values) {
			return
		}
		switch value := v.feature.Values[i].(type) {
		case geo.Date:
			v.date(p, value)
		case time.Time:
			v.date(p, geo.NewDate(value))
		case string:
			if traits[i].date {
				v.dateText(p, value)
			}
		}
	}
	from, okFrom := dateOf(v.feature.Value("valid_from"))
	to, okTo := dateOf(v.feature.Value("valid_to"))
	if okFrom && okTo && to < from {
		v.add(Issue{Rule: dateImpossible, Property: "valid_to", Message: say("it ends on %s, before it begins on %s", "berakhir pada %s, sebelum bermula pada %s", to, from)})
	}
}

func dateOf(value any) (geo.Date, bool) {
	switch value := value.(type) {
	case geo.Date:
		return value, true
	case time.Time:
		return geo.NewDate(value), true
	}
	return 0, false
}

func (v *Examination) date(p geo.Property, d geo.Date) {
	switch year := d.Time().Year(); {
	case year < firstYear || year > lastYear:
		v.add(Issue{Rule: dateImpossible, Property: p.Name, Message: say("%s is %s", "%s bernilai %s", p.Name, d)})
	case d > v.judge.o.Today && !mayComeLater(p.Name):
		v.add(Issue{Rule: dateFuture, Property: p.Name, Message: say("%s is %s", "%s bernilai %s", p.Name, d)})
	}
}

func (v *Examination) dateText(p geo.Property, s string) {
	m := dateText.FindStringSubmatch(s)
	if m == nil {
		return
	}
	day := m[3]
	if day == "" {
		day = "01"
	}
	d, err := geo.ParseDate(m[1] + "-" + m[2] + "-" + day)
	if err != nil {
		v.add(Issue{Rule: dateImpossible, Property: p.Name, Message: say("%s is %q, which is no day of the calendar", "%s berisi %q, yang tidak ada di kalender", p.Name, shown(s, 30))})
		return
	}
	v.date(p, d)
}

// mayComeLater tells attributes whose date may well lie in the future.
func mayComeLater(name string) bool {
	name = strings.ToLower(name)
	for _, part := range []string{"valid", "end", "until", "expir", "plan", "target", "expect", "berlaku", "akhir", "rencana"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
