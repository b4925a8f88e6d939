package indonesian_test

import (
	"regexp"
	"strings"
	"testing"

	"kawasan/geo/wording/indonesian"
)

var verb = regexp.MustCompile(`%(?:\[\d+\])?[-+# 0]*[\d.]*[a-zA-Z%]`)

// Every message and remedy that the source can show has Indonesian words, and takes as
// many values as it is given.
func TestWhole(t *testing.T) {
	t.Parallel()
	all := spokenIn(t, "../../../geo", "../../../api", "../../../cmd/kawasan")
	if len(all) < 800 {
		t.Fatalf("only %d messages and remedies were found in the source", len(all))
	}
	used := map[string]bool{}
	told := map[string]bool{}
	for _, s := range all {
		used[s.format] = true
		if verbs := strings.Count(verb.ReplaceAllString(strings.ReplaceAll(s.format, "%%", ""), "\x00"), "\x00"); s.values >= 0 && verbs != s.values {
			t.Errorf("%s: %q takes %d values, %d are given", s.at, s.format, verbs, s.values)
		}
		if _, ok := indonesian.Format(s.format); !ok && !s.ours && !told[s.format] {
			told[s.format] = true
			t.Errorf("%s: no Indonesian words for\n\t%q", s.at, s.format)
		}
	}
	for format := range indonesian.Catalogue() {
		if !used[format] {
			t.Errorf("nothing says %q any more", format)
		}
	}
	t.Logf("%d places, %d different texts, %d of them with Indonesian words of their own", len(all), len(used), len(indonesian.Catalogue()))
}

// Both languages take the same values in the same order, or say which one they mean.
func TestValues(t *testing.T) {
	t.Parallel()
	for english, said := range indonesian.Catalogue() {
		want, got := verb.FindAllString(english, -1), verb.FindAllString(said, -1)
		if strings.Contains(said, "%[") {
			continue
		}
		if strings.Join(want, " ") != strings.Join(got, " ") {
			t.Errorf("%q takes %v, in Indonesian %v", english, want, got)
		}
	}
}
