package cluster

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

func me() Account { return Account{UID: os.Geteuid(), GID: os.Getegid()} }

func TestSocketDirIsPrivateAndShort(t *testing.T) {
	t.Parallel()
	root := filepath.Join(t.TempDir(), "a b+c%20d")
	if err := os.Mkdir(root, 0o700); err != nil {
		t.Fatal(err)
	}
	long := filepath.Join(root, strings.Repeat("x", 120))
	for _, preferred := range []string{filepath.Join(root, "run"), filepath.Join(root, "a, b"), long} {
		dir, err := SocketDir(me(), preferred)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Remove(dir) })
		info, err := os.Lstat(dir)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o700 {
			t.Errorf("%s: got mode %v, want 0700", dir, info.Mode().Perm())
		}
		if config, err := pgx.ParseConfig(URL(dir, "kawasan")); err != nil || config.Host != dir {
			t.Errorf("%s: its URL names the host %q, %v", dir, config.Host, err)
		}
		if path := dir + "/.s.PGSQL." + Port; len(path) > 103 {
			t.Errorf("%s has %d bytes", path, len(path))
		}
		if again, err := SocketDir(me(), preferred); err != nil || again != dir {
			t.Errorf("the second time: got %s, %v; want %s", again, err, dir)
		}
	}
}

func TestSocketDirRefusesWhatOthersMayEnter(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	open := filepath.Join(root, "open")
	if err := os.Mkdir(open, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o777); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(root, "link")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{open, link} {
		if _, err := SocketDir(me(), dir); !geo.IsCode(err, geo.Conflict) {
			t.Errorf("%s: got %v, want a conflict", dir, err)
		}
	}
	stranger := Account{UID: os.Geteuid() + 1, GID: os.Getegid()}
	if _, err := SocketDir(stranger, root); !geo.IsCode(err, geo.Conflict) {
		t.Errorf("another's directory: got %v, want a conflict", err)
	}
}

func TestBlockedNamesTheClosedDoor(t *testing.T) {
	t.Parallel()
	root, err := os.MkdirTemp("/tmp", "blocked-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(root) })
	closed := filepath.Join(root, "closed")
	inner := filepath.Join(closed, "inner")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{root, closed, inner} { // whatever the umask
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	stranger := Account{UID: os.Geteuid() + 1, GID: os.Getegid() + 1}
	if got := stranger.Blocked(inner); got != "" {
		t.Errorf("open way: got %s", got)
	}
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := stranger.Blocked(inner); got != closed {
		t.Errorf("got %q, want %s", got, closed)
	}
	if got := me().Blocked(inner); got != "" {
		t.Errorf("its owner: got %s", got)
	}
}

func TestURLKeepsOddPaths(t *testing.T) {
	t.Parallel()
	if got, want := URL("/a b/c&d+e", "kawasan"), "postgres://kawasan@/kawasan?host=%2Fa%20b%2Fc%26d%2Be&port=5432&sslmode=disable"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
