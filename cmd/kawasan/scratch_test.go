package main

import (
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// A process that is killed leaves its folder to the next one, which removes it; those
// of living processes and what others keep there stay.
func TestScratch(t *testing.T) {
	if parent := os.Getenv("KAWASAN_TEST_SCRATCH"); parent != "" { // the process that is to be killed
		folder, _, err := scratch(parent, slog.Default())
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, "half a file"), []byte("x"), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		_, _ = os.Stdout.WriteString(folder + "\n")
		time.Sleep(time.Minute)
		return
	}
	t.Parallel()
	parent := t.TempDir()
	log := slog.New(slog.DiscardHandler)
	start := func() (string, func()) {
		command := exec.Command(os.Args[0], "-test.run=^TestScratch$")
		command.Env = append(os.Environ(), "KAWASAN_TEST_SCRATCH="+parent)
		out, err := command.StdoutPipe()
		if err == nil {
			err = command.Start()
		}
		line := make([]byte, 4096)
		n := 0
		if err == nil {
			n, err = out.Read(line)
		}
		if err != nil {
			t.Fatal(err)
		}
		return string(line[:n-1]), func() { _ = command.Process.Kill(); _ = command.Wait() }
	}
	living, endLiving := start()
	defer endLiving()
	dead, kill := start()
	kill()
	others := []string{filepath.Join(parent, "kawasan-export"), filepath.Join(parent, "export-12")}
	halfGone := filepath.Join(parent, scratchPrefix+"1")
	for _, folder := range append(others, halfGone) {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(parent, scratchPrefix+"link")
	if err := os.Symlink(others[0], link); err != nil {
		t.Fatal(err)
	}
	own, remove, err := scratch(parent, log)
	if err != nil {
		t.Fatal(err)
	}
	there := func(path string) bool { _, err := os.Lstat(path); return err == nil }
	for path, want := range map[string]bool{living: true, own: true, others[0]: true, others[1]: true, link: true, dead: false, halfGone: false} {
		if there(path) != want {
			t.Errorf("%s is there: %v, want %v", filepath.Base(path), !want, want)
		}
	}
	remove()
	if there(own) || !there(living) {
		t.Errorf("after its end: own folder %v, another's %v", there(own), there(living))
	}
	if _, _, err := scratch(filepath.Join(parent, "none"), log); err == nil {
		t.Error("a folder that is not there: no error")
	}
}
