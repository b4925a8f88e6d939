package wording

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"kawasan/geo"
)

// Spoken is what can be said in a language: "id", or anything else for English.
type Spoken interface{ In(lang string) string }

// Say fills two formats of fmt with the same arguments; those that are [Spoken]
// are said in the language of the format.
func Say(en, id string, args ...any) geo.Text {
	return geo.Text{EN: said("en", en, args), ID: said("id", id, args)}
}

func said(lang, format string, args []any) string {
	all := make([]any, len(args))
	for i, a := range args {
		if s, ok := a.(Spoken); ok {
			a = s.In(lang)
		}
		all[i] = a
	}
	return fmt.Sprintf(format, all...)
}

// Inside writes a title as it stands inside a sentence: it begins with a small
// letter, unless it is an abbreviation.
func Inside(t geo.Text) geo.Text { return geo.Text{EN: small(t.In("en")), ID: small(t.In("id"))} }

func small(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if size == 0 || unicode.IsUpper(second) || unicode.IsDigit(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// Join puts texts behind each other in both languages, with a separator between.
func Join(separator string, texts ...geo.Text) geo.Text {
	var all geo.Text
	for i, t := range texts {
		if i > 0 {
			all.EN += separator
			all.ID += separator
		}
		all.EN += t.In("en")
		all.ID += t.In("id")
	}
	return all
}
