package geo

import (
	"fmt"
	"slices"
)

// Phrase is a text as it was made, from a format and its values, so that it can be said
// in another language too: by the format of that language, with the same values. Values
// that are words themselves are phrases or a [Text], and are said in that language.
// The zero value is the empty text.
type Phrase struct {
	format string
	args   []any
}

// Phrasef makes a Phrase of an English format of fmt, which is its key in other languages.
func Phrasef(format string, args ...any) Phrase {
	if false {
		_ = fmt.Sprintf(format, args...) // go vet checks the values against the format
	}
	return Phrase{format, args}
}

// Words is the Phrase of a text of the source without values, and so without percent signs.
func Words(text string) Phrase { return Phrase{format: text} }

// Phrases puts phrases behind each other, with a separator between.
func Phrases(separator string, all ...Phrase) Phrase {
	p := Phrase{args: make([]any, len(all))}
	for i, one := range all {
		if i > 0 {
			p.format += separator
		}
		p.format += "%s"
		p.args[i] = one
	}
	return p
}

// IsZero reports whether nothing is said.
func (p Phrase) IsZero() bool { return p.format == "" }

// Equal reports whether two phrases say the same.
func (p Phrase) Equal(other Phrase) bool { return p.String() == other.String() }

// String is the phrase in English.
func (p Phrase) String() string {
	text, _ := p.In("en", func(format string) (string, bool) { return format, true })
	return text
}

// In says the phrase in a language, by the format that the dictionary has for each English
// one. Whole is false when it lacks one, so that a part stays English.
func (p Phrase) In(lang string, dictionary func(format string) (string, bool)) (text string, whole bool) {
	if p.format == "" {
		return "", true
	}
	format, whole := dictionary(p.format)
	if !whole {
		format = p.format
	}
	args := p.args
	for i, a := range p.args {
		var said string
		switch a := a.(type) {
		case Text:
			said = a.In(lang)
		case Phrase:
			var all bool
			said, all = a.In(lang, dictionary)
			whole = whole && all
		default:
			continue
		}
		if &args[0] == &p.args[0] {
			args = slices.Clone(args)
		}
		args[i] = said
	}
	return fmt.Sprintf(format, args...), whole
}
