package localpg

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestOutputIsBoundedAndSortedByLevel(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	o := &output{log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	said := "LOG:  ready\nPANIC:  lost\nWAR" // a write may end within a line
	for _, part := range []string{said, "NING:  odd\n", strings.Repeat("x", 1<<20), "\n"} {
		if n, err := o.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("wrote %d, %v", n, err)
		}
	}
	for _, want := range []string{
		"level=DEBUG msg=\"LOG:  ready\"", "level=ERROR msg=\"PANIC:  lost\"", "level=WARN msg=\"WARNING:  odd\"",
	} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("want %s in\n%.300s", want, log.String())
		}
	}
	for i := range 1000 {
		if _, err := fmt.Fprintf(o, "LOG:  line %d\n", i); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Count(o.tail(), "\n") + 1; got != keptLines {
		t.Errorf("got %d lines, want the last %d", got, keptLines)
	}
	if !strings.HasSuffix(o.tail(), "line 999") {
		t.Errorf("the end is %.40q", o.tail()[len(o.tail())-40:])
	}
}
