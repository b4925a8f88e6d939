package indonesian

import (
	"regexp"
	"strings"
	"unicode"
)

// verb is a place in a format of fmt where a value stands.
var verb = regexp.MustCompile(`%(?:\[\d+\])?[-+# 0]*[\d.]*[a-zA-Z%]`)

// areas are all that is known, by what it is about.
var areas = []map[string]string{
	collections, command, cql2, database, distance, files, intake, maps, operations, parameters, questions, requests, systems, zones,
}

// catalogue is all areas in one.
var catalogue = func() map[string]string {
	all := map[string]string{}
	for _, area := range areas {
		for english, said := range area {
			all[english] = said
		}
	}
	return all
}()

// Format gives the Indonesian format for an English one; ok is false where there is none.
// One without a word of its own, such as "%s: %s", is the same in all languages.
func Format(english string) (format string, ok bool) {
	if format, ok = catalogue[english]; ok {
		return format, true
	}
	return english, !strings.ContainsFunc(verb.ReplaceAllString(english, ""), unicode.IsLetter)
}
