package proximity

import (
	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/wording"
)

// Phrase writes a distance for a memo: rounded to what its interval allows, with
// the interval (see [wording.Quantity.Rounded]). An unknown uncertainty is said. Of
// 0 it says what that means.
func Phrase(metres float64, iv geodesy.Interval) geo.Text {
	q := wording.Quantity{Value: metres, Least: &iv.MinM, Most: iv.MaxM, Unit: "m"}
	r := q.Rounded()
	value := wording.Metres(r.Value)
	if metres == 0 {
		return meeting(r.Most)
	}
	switch {
	case r.Most == nil && iv.MinM > 0:
		return wording.Say("about %s in a straight line (at least %s; at most: not known)", "sekitar %s garis lurus (paling sedikit %s; paling banyak: tidak diketahui)",
			value, wording.Metres(*r.Least))
	case r.Most == nil:
		return wording.Say("about %s in a straight line (how uncertain the positions are is not known)", "sekitar %s garis lurus (ketidakpastian posisi tidak diketahui)", value)
	case q.Vanishes():
		return wording.Say("between %s and %s in a straight line (about %s as stored)", "antara %s dan %s garis lurus (sekitar %s menurut posisi tersimpan)",
			wording.Metres(*r.Least), wording.Metres(*r.Most), value)
	case max(metres-iv.MinM, *iv.MaxM-metres) < 0.5:
		return wording.Say("%s in a straight line", "%s garis lurus", value)
	}
	return wording.Say("about %s in a straight line (between %s and %s)", "sekitar %s garis lurus (antara %s dan %s)", value, wording.Metres(*r.Least), wording.Metres(*r.Most))
}

// meeting says of two shapes that they meet, and how far apart they may be in truth.
func meeting(most *float64) geo.Text {
	const en, id = "touching or overlapping as stored", "bersentuhan atau tumpang tindih menurut posisi tersimpan"
	switch {
	case most == nil:
		return geo.Text{EN: en + " (how far apart in truth is not known)", ID: id + " (jarak sebenarnya tidak diketahui)"}
	case *most == 0:
		return geo.Text{EN: en, ID: id}
	}
	return wording.Say(en+" (in truth at most %s apart)", id+" (sebenarnya paling jauh terpisah %s)", wording.Metres(*most))
}

// PhraseHectares writes an area for a memo: rounded to what it can be, with that
// range. A range that is unknown is said.
func PhraseHectares(hectares float64, least, most *float64) geo.Text {
	if least == nil && most != nil {
		least = new(float64)
	}
	q := wording.Quantity{Value: hectares, Least: least, Most: most, Unit: "ha"}
	r := q.Rounded()
	value := wording.Hectares(r.Value)
	switch {
	case q.Exact():
		return wording.Say("%s", "%s", value)
	case most == nil && least != nil && *least > 0:
		return wording.Say("about %s (at least %s)", "sekitar %s (paling sedikit %s)", wording.Hectares(wording.Significant(hectares, 2)), wording.Hectares(*r.Least))
	case most == nil:
		return wording.Say("about %s (how uncertain the boundary is is not known)", "sekitar %s (ketidakpastian batas tidak diketahui)", wording.Hectares(wording.Significant(hectares, 2)))
	}
	return wording.Say("about %s (between %s and %s)", "sekitar %s (antara %s dan %s)", value, wording.Number{Value: *r.Least, Decimals: 2}, wording.Hectares(*r.Most))
}
