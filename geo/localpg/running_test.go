package localpg_test

import (
	"path/filepath"
	"testing"

	"kawasan/geo/localpg"
)

func TestRunningFindsWhatAnotherProcessRuns(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), "data")
	if url, ok := localpg.Running(t.Context(), dir); ok {
		t.Errorf("before the start: got %q", url)
	}
	s := start(t, dir)
	if url, ok := localpg.Running(t.Context(), dir); !ok || query(t, url, "select current_database()::text") != "kawasan" {
		t.Errorf("while it runs: got %q, %t", url, ok)
	}
	stop(t, s)
	if url, ok := localpg.Running(t.Context(), dir); ok {
		t.Errorf("after the end: got %q", url)
	}
}
