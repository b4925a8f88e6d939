package postgis

import (
	"strings"

	"kawasan/geo"
)

// readComment reads the comment of a table, view or column, which is how whoever
// owns it names it in both languages:
//
//	Estates
//
//	Oil palm estates with a licence
//	[id] Kebun
//
//	Kebun kelapa sawit berizin
//
// What follows [id] is Indonesian, what follows [en], or stands before any mark,
// English. A first line with a blank line behind it is the title; without one, all
// is the description. Lines at the end of a column's that read "value = words" are
// words for its values, see [wordsOf].
func readComment(comment string) (title, description geo.Text) {
	en, id := split(comment)
	title.EN, description.EN = titled(en)
	title.ID, description.ID = titled(id)
	return title, description
}

// split divides a comment by language. A mark counts at the start of a line.
func split(comment string) (en, id string) {
	parts := map[string][]string{}
	language := "[en]"
	for line := range strings.Lines(strings.ReplaceAll(comment, "\r\n", "\n")) {
		line = strings.TrimRight(line, "\n")
		for _, mark := range []string{"[en]", "[id]"} {
			if rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), mark); ok {
				language, line = mark, strings.TrimLeft(rest, " \t")
				break
			}
		}
		parts[language] = append(parts[language], line)
	}
	text := func(mark string) string { return strings.TrimSpace(strings.Join(parts[mark], "\n")) }
	return text("[en]"), text("[id]")
}

// titled takes a title off a text, if it has one.
func titled(text string) (title, rest string) {
	first, rest, found := strings.Cut(text, "\n")
	below, _, _ := strings.Cut(rest, "\n")
	if !found || strings.TrimSpace(below) != "" {
		return "", text
	}
	return strings.TrimSpace(first), strings.TrimSpace(rest)
}
