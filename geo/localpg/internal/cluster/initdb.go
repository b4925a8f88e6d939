package cluster

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"kawasan/geo"
)

// MajorOf reads which major version made a cluster; 0 if there is none.
func MajorOf(dir string) (int, error) {
	text, err := os.ReadFile(filepath.Join(dir, "PG_VERSION"))
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, Fault(geo.Phrasef("read %s", dir), err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || major < 1 {
		return 0, geo.Errorf(geo.Conflict, "%s holds no readable PG_VERSION", dir).
			Try("restore it from a backup or name another data directory").Because(err)
	}
	return major, nil
}

// Init makes a cluster at dir, which must not exist: UTF-8, text ordered by
// code point (collation C), letters known (a UTF-8 ctype). It is built beside
// dir and renamed, so that one cut short is never taken for whole. Durable
// says whether it is flushed to disk.
func Init(ctx context.Context, i Installation, who Account, dir string, durable bool) error {
	making := dir + ".new"
	if err := os.RemoveAll(making); err != nil {
		return Fault(geo.Phrasef("remove %s", making), err)
	}
	if err := os.Mkdir(making, 0o700); err != nil {
		return Fault(geo.Phrasef("create %s", making), err)
	}
	if err := who.Give(making); err != nil {
		return err
	}
	ctypes := []string{"C.UTF-8", "C.utf8", "en_US.UTF-8"}
	if runtime.GOOS == "darwin" {
		ctypes = []string{"UTF-8", "en_US.UTF-8"}
	}
	for n, ctype := range ctypes {
		said, err := initdb(ctx, i, who, making, ctype, durable)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if n == len(ctypes)-1 || !strings.Contains(said, "invalid locale name") {
			return Said(geo.Phrasef("create the database in %s", dir), said, err)
		}
	}
	if err := os.Rename(making, dir); err != nil {
		return Fault(geo.Phrasef("create %s", dir), err)
	}
	return nil
}

func initdb(ctx context.Context, i Installation, who Account, dir, ctype string, durable bool) (said string, err error) {
	args := []string{
		"--pgdata", dir, "--username", Superuser, "--auth", "trust", "--encoding", "UTF8",
		"--lc-collate", "C", "--lc-ctype", ctype, "--lc-messages", "C", "--lc-monetary", "C",
		"--lc-numeric", "C", "--lc-time", "C", "--text-search-config", "simple",
	}
	if !durable {
		args = append(args, "--no-sync")
	}
	command := exec.CommandContext(ctx, i.Program("initdb"), args...)
	command.SysProcAttr = who.Attributes()
	command.Env = Environment()
	command.Dir = dir
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err = command.Run()
	if err != nil && output.Len() == 0 {
		return err.Error(), err
	}
	return output.String(), err
}

// Environment is what the server's programs see: nothing of PG* that could
// lead them elsewhere, English messages, no time zone of the caller.
func Environment() []string {
	kept := []string{"LC_ALL=C", "TZ=UTC", "LANG=C"}
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		switch name {
		case "PATH", "HOME", "TMPDIR", "LD_PRELOAD", "LD_LIBRARY_PATH", "NSS_WRAPPER_PASSWD", "NSS_WRAPPER_GROUP",
			"PROJ_DATA", "PROJ_LIB":
			kept = append(kept, pair)
		}
	}
	return kept
}
