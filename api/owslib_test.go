package api_test

import (
	"bytes"
	_ "embed"
	"os/exec"
	"testing"
)

//go:embed testdata/owslib.py
var owslibScript string

// TestOWSLibItself asks with OWSLib as a person writes it in Python: landing page,
// conformance, description, collections, queryables, items by page, box, time,
// words and filters (CQL2 text by GET, CQL2 JSON by POST), and single features.
func TestOWSLibItself(t *testing.T) {
	t.Parallel()
	python := pythonWithOWSLib(t)
	base := serve(t, newServer(t))
	c := exec.CommandContext(t.Context(), python, "-c", owslibScript, base)
	out, err := c.CombinedOutput()
	if err != nil || !bytes.HasSuffix(bytes.TrimSpace(out), []byte("all checks passed")) {
		t.Errorf("%v\n%s", err, out)
	}
}

// pythonWithOWSLib finds the Python that has OWSLib: the first on the path, or the system's own.
func pythonWithOWSLib(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import owslib").Run() == nil {
			return python
		}
	}
	t.Fatal("OWSLib is not installed; make test does that")
	return ""
}
