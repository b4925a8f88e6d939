package cluster

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"

	"kawasan/geo"
)

// Account is who runs the server's programs and owns its files.
type Account struct {
	// UID and GID are the numeric ids.
	UID, GID int
	// Drop is true when this process is root and must give the programs another identity.
	Drop bool
}

// ServerAccount is the account this process runs the server as: its own,
// except that root becomes postgres.
func ServerAccount() (Account, error) {
	if os.Geteuid() != 0 {
		return Account{UID: os.Geteuid(), GID: os.Getegid()}, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		return Account{}, geo.Errorf(geo.Unavailable, "PostgreSQL does not run as root and there is no account postgres to run it as").
			Try("make one with useradd --system --home-dir /var/lib/postgresql --shell /bin/sh postgres, or run kawasan as an ordinary user").
			Because(err)
	}
	uid, err := strconv.Atoi(who.Uid)
	if err != nil {
		return Account{}, geo.Errorf(geo.Internal, "the account postgres has no numeric user id").Because(err)
	}
	gid, err := strconv.Atoi(who.Gid)
	if err != nil {
		return Account{}, geo.Errorf(geo.Internal, "the account postgres has no numeric group id").Because(err)
	}
	return Account{UID: uid, GID: gid, Drop: true}, nil
}

// Attributes are the process attributes that make a program run as the account.
func (a Account) Attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{}
	if a.Drop {
		attr.Credential = &syscall.Credential{Uid: uint32(a.UID), Gid: uint32(a.GID)}
	}
	return attr
}

// MakePrivate creates the directory, and its parents, for the account alone.
// A directory that exists keeps its mode and owner.
func (a Account) MakePrivate(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return Fault(geo.Phrasef("create %s", filepath.Dir(dir)), err)
	}
	err := os.Mkdir(dir, 0o700)
	switch {
	case errors.Is(err, os.ErrExist):
		info, err := os.Stat(dir)
		if err != nil {
			return Fault(geo.Phrasef("use %s", dir), err)
		}
		if !info.IsDir() {
			return geo.Errorf(geo.Conflict, "%s is a file where a directory is needed", dir).
				Try("move it away or name another data directory")
		}
		return nil
	case err != nil:
		return Fault(geo.Phrasef("create %s", dir), err)
	}
	return a.Give(dir)
}

// Give makes the account the owner of what was just created at path.
func (a Account) Give(path string) error {
	if !a.Drop {
		return nil
	}
	if err := os.Lchown(path, a.UID, a.GID); err != nil {
		return Fault(geo.Phrasef("give %s to the account postgres", path), err)
	}
	return nil
}

// Blocked names the first directory on the way to path that the account may
// not pass, judged by mode bits alone; empty if there is none.
func (a Account) Blocked(path string) string {
	if parent := filepath.Dir(path); parent != path {
		if dir := a.Blocked(parent); dir != "" {
			return dir
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	bit := os.FileMode(0o001)
	switch {
	case int(stat.Uid) == a.UID:
		bit = 0o100
	case int(stat.Gid) == a.GID:
		bit = 0o010
	}
	if info.Mode()&bit == 0 {
		return path
	}
	return ""
}
