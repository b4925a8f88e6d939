package main

import (
	"io"
	"os"
	"strconv"

	"kawasan/geo"
)

// target is the file being written: under another name until it is complete.
type target struct {
	io.Writer
	name, part string
	file       *os.File
	bytes      int64
}

func openTarget(name string, out io.Writer) (*target, error) {
	if name == "-" {
		return &target{Writer: out}, nil
	}
	part := name + ".part-" + strconv.Itoa(os.Getpid())
	file, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666) //nolint:gosec // as any file that the user makes
	if err != nil {
		return nil, unwritable(name, err)
	}
	return &target{Writer: file, name: name, part: part, file: file}, nil
}

// Write counts what it writes.
func (t *target) Write(b []byte) (int, error) {
	n, err := t.Writer.Write(b)
	t.bytes += int64(n)
	if err != nil {
		return n, geo.Errorf(geo.Unavailable, "the file can't be written to its end: %v", rootCause(err)).Because(err)
	}
	return n, nil
}

// complete gives the file its name.
func (t *target) complete() error {
	if t.file == nil {
		return nil
	}
	err := t.file.Sync()
	if e := t.file.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(t.part, t.name)
	}
	if err != nil {
		return geo.Errorf(geo.Unavailable, "the file %s can't be completed: %v", t.name, rootCause(err)).Because(err)
	}
	t.file = nil
	return nil
}

// discard removes what is not complete.
func (t *target) discard() {
	if t.file != nil {
		_ = t.file.Close()
		_ = os.Remove(t.part)
		t.file = nil
	}
}
