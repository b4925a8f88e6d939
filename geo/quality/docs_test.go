package quality_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo/quality"
)

// begin and end bound the part of docs/quality.md that is made from the rules.
const begin, end = "<!-- rules: made by go test ./geo/quality -update -->", "<!-- end of rules -->"

// rulesPage writes the rules as the page has them.
func rulesPage() string {
	var b strings.Builder
	for _, r := range quality.Rules() {
		fixable := ""
		if r.Fixable {
			fixable = ", repaired by `--fix`"
		}
		fmt.Fprintf(&b, "\n### `%s`\n\n**%s** (%s%s). %s %s\n\n*%s.* %s %s\n", r.Name, r.Title.EN, r.Severity, fixable, r.Meaning.EN, r.Remedy.EN, r.Title.ID, r.Meaning.ID, r.Remedy.ID)
	}
	return b.String() + "\n"
}

func TestRulesAreDocumented(t *testing.T) {
	t.Parallel()
	file := filepath.Join("..", "..", "docs", "quality.md")
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	from, to := bytes.Index(page, []byte(begin)), bytes.Index(page, []byte(end))
	if from < 0 || to < from {
		t.Fatalf("%s has no %q ... %q", file, begin, end)
	}
	from += len(begin)
	if want := rulesPage(); string(page[from:to]) != want {
		if !*update {
			t.Fatal("docs/quality.md does not list the rules as they are: go test ./geo/quality -update")
		}
		page = append(append(bytes.Clone(page[:from]), want...), page[to:]...)
		if err := os.WriteFile(file, page, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRulesAreComplete(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range quality.Rules() {
		if seen[r.Name] || quality.RuleNamed(r.Name) != r || strings.Trim(r.Name, "abcdefghijklmnopqrstuvwxyz-") != "" {
			t.Errorf("%q is no name, or twice", r.Name)
		}
		seen[r.Name] = true
		for what, text := range map[string]string{
			"title": r.Title.EN, "judul": r.Title.ID, "meaning": r.Meaning.EN, "arti": r.Meaning.ID, "remedy": r.Remedy.EN, "tindakan": r.Remedy.ID,
		} {
			if text == "" {
				t.Errorf("%s has no %s", r.Name, what)
			}
		}
	}
	if quality.RuleNamed("none") != nil {
		t.Error("a rule that there is not was found")
	}
}
