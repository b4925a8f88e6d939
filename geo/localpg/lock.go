package localpg

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"kawasan/geo"
	"kawasan/geo/localpg/internal/cluster"
)

// lockDir takes the data directory for this process alone until the file is
// closed or the process ends, in whatever way. It does not wait.
func lockDir(dir string) (io.Closer, error) {
	path := filepath.Join(dir, "kawasan.lock")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, cluster.Fault(geo.Phrasef("write to %s", dir), err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		held := errors.Is(err, syscall.EWOULDBLOCK)
		holder := make([]byte, 20)
		n, _ := file.ReadAt(holder, 0) // only to name the holder
		err = errors.Join(err, file.Close())
		if !held {
			return nil, cluster.Fault(geo.Phrasef("lock %s", path), err)
		}
		who := geo.Phrasef("another kawasan")
		if pid, parse := strconv.Atoi(strings.TrimSpace(string(holder[:n]))); parse == nil {
			who = geo.Phrasef("another kawasan (process %d)", pid)
		}
		return nil, geo.Errorf(geo.Conflict, "%s already uses the data directory %s", who, dir).
			Try("stop it, or name another data directory with --data-dir").Because(err)
	}
	err = file.Truncate(0)
	if err == nil {
		_, err = file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	if err != nil {
		return nil, cluster.Fault(geo.Phrasef("write to %s", dir), errors.Join(err, file.Close()))
	}
	return file, nil
}
