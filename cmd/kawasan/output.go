package main

import (
	"os"

	"kawasan/geo"
)

// createOutput makes the file that --output names, in place of one that is there.
func createOutput(name string) (*os.File, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, unwritable(name, err)
	}
	return f, nil
}

// unwritable says that the file for an answer can't be made.
func unwritable(name string, err error) error {
	return geo.Errorf(geo.Invalid, "the file %s can't be written", name).Because(err).
		Try("a name in a folder that exists and may be written to")
}
