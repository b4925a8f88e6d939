package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// Tests read what commands say in English, whatever language the machine speaks.
func TestMain(m *testing.M) {
	_ = os.Setenv("LC_ALL", "C")
	os.Exit(m.Run())
}

// Who sends a signal to a server wants its end; any other command has not done what it was asked for.
func TestEndBySignal(t *testing.T) {
	t.Parallel()
	stopped, other := fmt.Errorf("read: %w", context.Canceled), errors.New("no room")
	for _, test := range []struct {
		command string
		err     error
		said    string
	}{
		{"serve", stopped, ""},
		{"serve", other, "no room"},
		{"export <collections>", stopped, "interrupted"},
		{"export <collections>", other, "no room"},
		{"load", nil, ""},
	} {
		err := ended(test.command, test.err)
		if (err == nil) != (test.said == "") || err != nil && !strings.Contains(err.Error(), test.said) {
			t.Errorf("%s, %v: got %v, want %q", test.command, test.err, err, test.said)
		}
	}
}
