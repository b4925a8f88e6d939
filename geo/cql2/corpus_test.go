package cql2_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kawasan/geo/cql2"
)

// same compares trees without the places they were read from.
var same = cmp.Options{
	cmpopts.IgnoreTypes(cql2.Position{}), cmpopts.EquateEmpty(),
	cmpopts.IgnoreFields(cql2.Call{}, "Function"), cmpopts.IgnoreFields(cql2.Geometry{}, "Value"),
}

type example struct{ name, text, json string }

func examples(t testing.TB) []example {
	t.Helper()
	list, err := os.ReadFile("testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	for _, line := range strings.Split(strings.TrimSpace(string(list)), "\n")[1:] {
		names := strings.Split(line, "\t")
		text, err := os.ReadFile(filepath.Join("testdata", names[0]))
		if err != nil {
			t.Fatal(err)
		}
		document, err := os.ReadFile(filepath.Join("testdata", names[1]))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, example{filepath.Base(names[0]), string(text), string(document)})
	}
	return all
}

func TestPublishedExamplesAgree(t *testing.T) {
	t.Parallel()
	all := examples(t)
	if len(all) != 120 {
		t.Errorf("got %d pairs, want 120", len(all))
	}
	for _, e := range all {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			fromText, err := cql2.ParseText(e.text)
			if err != nil {
				t.Fatalf("text: %v\n%s", err, e.text)
			}
			fromJSON, err := cql2.ParseJSON(e.json)
			if err != nil {
				t.Fatalf("JSON: %v\n%s", err, e.json)
			}
			if d := cmp.Diff(fromText, fromJSON, same); d != "" {
				t.Errorf("text and JSON differ (-text +json):\n%s", d)
			}
			checkPrinters(t, fromText)
		})
	}
}

// checkPrinters checks that both printed forms read back as the same tree.
func checkPrinters(t testing.TB, e cql2.Expr) {
	t.Helper()
	text := cql2.Text(e)
	again, err := cql2.ParseText(text)
	if err != nil {
		t.Fatalf("read %s: %v", text, err)
	}
	if d := cmp.Diff(e, again, same); d != "" {
		t.Fatalf("%s reads back differently (-want +got):\n%s", text, d)
	}
	document := cql2.JSON(e)
	again, err = cql2.ParseJSON(string(document))
	if err != nil {
		t.Fatalf("read %s: %v", document, err)
	}
	if d := cmp.Diff(e, again, same); d != "" {
		t.Fatalf("%s reads back differently (-want +got):\n%s", document, d)
	}
	if second := cql2.Text(again); second != text {
		t.Fatalf("printing is not stable: got %s, want %s", second, text)
	}
}
