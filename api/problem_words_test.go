package api

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Each format that has Indonesian words is one that the program uses, and both take the
// same values.
func TestProblemWords(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	literal := regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"`)
	for _, root := range []string{".", "../geo"} {
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "problem_words.go") {
				return err
			}
			source, err := os.ReadFile(path)
			for _, quoted := range literal.FindAll(source, -1) {
				if text, err := strconv.Unquote(string(quoted)); err == nil {
					used[text] = true
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	verb := regexp.MustCompile(`%(\[\d\])?[.\d]*[a-z%]`)
	for format, said := range problemWords {
		if !used[format] {
			t.Errorf("nothing says %q", format)
		}
		if want, got := verb.FindAllString(format, -1), verb.FindAllString(said, -1); strings.Join(want, " ") != strings.Join(got, " ") {
			t.Errorf("%q takes %v, in Indonesian %v", format, want, got)
		}
	}
}
