package geo

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
