package cluster

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"kawasan/geo"
)

// maxSocketDir keeps the socket's whole path within 103 bytes, the smallest
// sun_path of the systems we know (macOS; Linux has 107) less its final zero.
const maxSocketDir = 103 - len("/.s.PGSQL."+Port)

// SocketDir makes and returns a private directory for the cluster's socket:
// preferred, if its path is short enough for a socket's address and has no comma, which
// would end it in a URL, else one with a name derived from it below a short base.
func SocketDir(who Account, preferred string) (string, error) {
	if len(preferred) <= maxSocketDir && !strings.Contains(preferred, ",") {
		return preferred, private(who, preferred)
	}
	sum := sha256.Sum256([]byte(preferred))
	name := "kawasan-" + strconv.Itoa(who.UID) + "-" + hex.EncodeToString(sum[:6])
	bases := []string{"/tmp"}
	if base := os.Getenv("XDG_RUNTIME_DIR"); base != "" && filepath.IsAbs(base) && !who.Drop {
		bases = []string{base, "/tmp"}
	}
	var last error
	for _, base := range bases {
		dir := filepath.Join(base, name)
		if len(dir) > maxSocketDir {
			continue
		}
		if last = private(who, dir); last == nil {
			return dir, nil
		}
	}
	return "", last
}

// private makes the directory or checks that the one there is the account's
// own: /tmp is open to all, so somebody else may have been first.
func private(who Account, dir string) error {
	err := os.Mkdir(dir, 0o700)
	if err == nil {
		return who.Give(dir)
	}
	if !errors.Is(err, os.ErrExist) {
		return Fault(geo.Phrasef("create %s", dir), err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return Fault(geo.Phrasef("use %s", dir), err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok || int(stat.Uid) != who.UID || info.Mode().Perm()&0o077 != 0 {
		return geo.Errorf(geo.Conflict, "%s is not a directory that belongs to the server's account alone", dir).
			Try("remove it, or name a data directory with a path shorter than %d bytes", maxSocketDir-len("/run"))
	}
	return nil
}
