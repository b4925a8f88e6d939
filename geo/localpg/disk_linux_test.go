package localpg_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"kawasan/geo"
	"kawasan/geo/localpg"
)

// mount puts a small file system of its own on a new directory.
func mount(t *testing.T, flags uintptr, options string) string {
	t.Helper()
	needRoot(t)
	dir := newDir(t)
	if err := syscall.Mount("tmpfs", dir, "tmpfs", flags, options); err != nil {
		t.Skipf("needs the right to mount: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return dir
}

func TestFullDiskIsNamed(t *testing.T) {
	t.Parallel()
	for _, size := range []string{"4k", "8m", "45m"} { // no room for a directory, for initdb, for the database
		t.Run(size, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(mount(t, 0, "mode=755,size="+size), "data")
			_, err := localpg.Start(t.Context(), localpg.Options{DataDir: dir})
			refused(t, err, geo.Unavailable, "the disk is full", "free at least")
			if left := processes(t, dir); len(left) > 0 {
				t.Errorf("processes %v are left", left)
			}
		})
	}
}

func TestReadOnlyDiskIsNamed(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(mount(t, syscall.MS_RDONLY, "mode=755"), "data")
	_, err := localpg.Start(t.Context(), localpg.Options{DataDir: dir})
	refused(t, err, geo.Unavailable, "read-only", "--data-dir")
}

func TestSpaceComesBackAfterFullDisk(t *testing.T) {
	t.Parallel()
	disk := mount(t, 0, "mode=755,size=300m")
	dir := filepath.Join(disk, "data")
	filler := filepath.Join(disk, "filler")
	if err := os.WriteFile(filler, make([]byte, 290<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := localpg.Start(t.Context(), localpg.Options{DataDir: dir}); err == nil {
		t.Fatal("it started without room")
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	// What the failed attempt left must not stand in the way.
	if got := query(t, start(t, dir).URL(), "select 'up'"); got != "up" {
		t.Error(got)
	}
}
