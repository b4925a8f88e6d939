package main

import (
	"os"
	"testing"
)

// Tests read what commands say in English, whatever language the machine speaks.
func TestMain(m *testing.M) {
	_ = os.Setenv("LC_ALL", "C")
	os.Exit(m.Run())
}
