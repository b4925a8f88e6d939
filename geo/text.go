package geo

import (
	"fmt"
	"slices"
)

// Text is wording in the languages that Kawasan speaks.
type Text struct {
	EN string `json:"en"`           // English; the default
	ID string `json:"id,omitempty"` // Indonesian; empty falls back to English
}

// In gives the wording in a language ("id" or anything else for English).
func (t Text) In(lang string) string {
	if lang == "id" && t.ID != "" {
		return t.ID
	}
	if t.EN == "" {
		return t.ID
	}
	return t.EN
}

// Textf words a text in both languages from the same values; of a Text each takes its
// own. The Indonesian format may take them in another order (%[2]s).
func Textf(en, id string, args ...any) Text {
	if len(args) == 0 {
		return Text{EN: en, ID: id}
	}
	own := slices.Clone(args)
	for i, a := range args {
		if t, ok := a.(Text); ok {
			args[i], own[i] = t.EN, t.In("id")
		}
	}
	return Text{EN: fmt.Sprintf(en, args...), ID: fmt.Sprintf(id, own...)}
}
