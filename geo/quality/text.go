package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"kawasan/geo"
)

// texts visits each text of a feature, also those in lists.
func texts(f *geo.Feature, visit func(property string, s string)) {
	for i, p := range f.Collection.Properties {
		if i >= len(f.Values) {
			return
		}
		switch value := f.Values[i].(type) {
		case string:
			visit(p.Name, value)
		case []string:
			for _, s := range value {
				visit(p.Name, s)
			}
		}
	}
}

// text judges the attributes that are text.
func (v *Examination) text() {
	blanks, unnormal := []string(nil), []string(nil)
	texts(v.feature, func(property, s string) {
		if plain(s) {
			return
		}
		if reason, ok := unreadable(s); ok {
			v.add(Issue{Rule: textUnreadable, Property: property, Message: say("%s is %q: %s", "%s berisi %q: %s", property, shown(s, 60), reason)})
			return
		}
		if strings.TrimSpace(s) != s {
			blanks = append(blanks, property)
		}
		if !norm.NFC.IsNormalString(s) {
			unnormal = append(unnormal, property)
		}
	})
	if len(blanks) > 0 {
		list := strings.Join(blanks, ", ")
		v.add(Issue{Rule: textBlanks, Property: blanks[0], Message: say("blanks around %s", "spasi di awal atau akhir %s", list)})
	}
	if len(unnormal) > 0 {
		list := strings.Join(unnormal, ", ")
		v.add(Issue{Rule: textNotNormal, Property: unnormal[0], Message: say("%s is not in normal form C", "%s tidak dalam bentuk normal C", list)})
	}
}

// plain reports whether a text has nothing to be looked at: printable ASCII without blanks
// around it, as most is.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return s == "" || s[0] != ' ' && s[len(s)-1] != ' '
}

// unreadable says why a text can't be what its author wrote.
func unreadable(s string) (geo.Text, bool) {
	if !utf8.ValidString(s) {
		return geo.Text{EN: "its bytes are not UTF-8", ID: "byte-nya bukan UTF-8"}, true
	}
	if strings.ContainsRune(s, utf8.RuneError) {
		return geo.Text{EN: "a character was lost on the way (U+FFFD)", ID: "ada huruf yang hilang di perjalanan (U+FFFD)"}, true
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return say("it has the control character U+%04X", "mengandung karakter kendali U+%04X", r), true
		}
	}
	if better, ok := misread(s); ok {
		return say("UTF-8 was read in another code page; meant was probably %q", "UTF-8 terbaca dengan kode halaman lain; mungkin maksudnya %q", shown(better, 60)), true
	}
	return geo.Text{}, false
}

// misread recognises UTF-8 that was read as Windows-1252 or Latin-1 ("KutaÃ­" for
// "Kutaí"): written back in that code page its bytes are UTF-8 again, and shorter.
func misread(s string) (string, bool) {
	if !strings.ContainsAny(s, "ÃÂâÅÄÆðê") {
		return "", false
	}
	for _, page := range []*charmap.Charmap{charmap.Windows1252, charmap.ISO8859_1} {
		b, err := page.NewEncoder().String(s)
		if err == nil && b != s && utf8.ValidString(b) && utf8.RuneCountInString(b) < utf8.RuneCountInString(s) {
			return b, true
		}
	}
	return "", false
}

// tidy gives the text in normal form C without blanks around it.
func tidy(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }

func fixTexts(f *geo.Feature, changes *[]Change) []any {
	values, copied := f.Values, false
	set := func(i int, value any) {
		if !copied {
			values, copied = append([]any(nil), f.Values...), true
		}
		values[i] = value
	}
	for i, p := range f.Collection.Properties {
		if i >= len(f.Values) {
			break
		}
		switch value := f.Values[i].(type) {
		case string:
			if better, change := fixText(p.Name, value); change != nil {
				set(i, better)
				*changes = append(*changes, change...)
			}
		case []string:
			list := append([]string(nil), value...)
			var all []Change
			for k, s := range value {
				better, change := fixText(p.Name, s)
				list[k] = better
				all = append(all, change...)
			}
			if all != nil {
				set(i, list)
				*changes = append(*changes, all...)
			}
		}
	}
	return values
}

func fixText(property, s string) (string, []Change) {
	if !utf8.ValidString(s) {
		return s, nil
	}
	var changes []Change
	add := func(rule *Rule, m geo.Text) {
		changes = append(changes, Change{Rule: rule, Property: property, Message: m})
	}
	trimmed := strings.TrimSpace(s)
	if trimmed != s {
		add(textBlanks, say("blanks around %s were dropped: %q", "spasi di awal atau akhir %s dihapus: %q", property, shown(trimmed, 60)))
	}
	normal := tidy(s)
	if normal != trimmed {
		add(textNotNormal, say("%s was brought to normal form C: %q", "%s dijadikan bentuk normal C: %q", property, shown(normal, 60)))
	}
	return normal, changes
}
