package cluster

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"kawasan/geo"
)

func TestFaultNamesTheRemedy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  error
		says string
		fix  string
	}{
		{&fs.PathError{Op: "mkdir", Path: "/x", Err: syscall.ENOSPC}, "the disk is full", "free"},
		{syscall.EDQUOT, "the disk is full", "free"},
		{syscall.EROFS, "read-only", "--data-dir"},
		{fmt.Errorf("deep: %w", syscall.EACCES), "permission was denied", "--data-dir"},
		{syscall.ENAMETOOLONG, "too long", "shorter"},
		{fs.ErrNotExist, "does not exist", "path"},
		{errors.New("odd"), "cannot create /x", "log"},
	}
	for _, test := range tests {
		var fault *geo.Error
		if !errors.As(Fault(geo.Phrasef("create /x"), test.err), &fault) {
			t.Fatalf("%v: no geo.Error", test.err)
		}
		if !strings.Contains(fault.Message, test.says) || !strings.Contains(fault.Fix, test.fix) {
			t.Errorf("%v: got %s; %s", test.err, fault.Message, fault.Fix)
		}
		if !errors.Is(fault, test.err) {
			t.Errorf("%v: the cause is lost", test.err)
		}
	}
	if Fault(geo.Phrasef("x"), nil) != nil {
		t.Error("no error became one")
	}
	known := geo.Errorf(geo.Conflict, "known")
	if got := Fault(geo.Phrasef("x"), known); !errors.Is(got, known) {
		t.Errorf("got %v, want the error that was known", got)
	}
}

func TestSaidReadsPostgreSQL(t *testing.T) {
	t.Parallel()
	tests := []struct{ output, says, fix string }{
		{"FATAL:  could not write lock file \"postmaster.pid\": No space left on device", "the disk is full", "free"},
		{"initdb: error: could not look up effective user ID 54321: user does not exist", "no entry in /etc/passwd", "named user"},
		{"FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by PostgreSQL version 14", "another major version", "install that version"},
		{"FATAL:  could not map anonymous shared memory: Cannot allocate memory", "not enough memory", "256 MB"},
		{"FATAL:  lock file \"postmaster.pid\" already exists", "another server", "stop that server"},
		{"LOG:  starting\nFATAL:  something new\nLOG:  bye", "cannot start", "PostgreSQL said: something new"},
		{"", "cannot start", "log"},
	}
	for _, test := range tests {
		var fault *geo.Error
		if !errors.As(Said(geo.Phrasef("start"), test.output, nil), &fault) {
			t.Fatalf("%q: no geo.Error", test.output)
		}
		if !strings.Contains(fault.Message, test.says) || !strings.Contains(fault.Fix, test.fix) {
			t.Errorf("%q: got %s; %s", test.output, fault.Message, fault.Fix)
		}
	}
}
