package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"kawasan/geo"
)

// Names of scratch folders and of the file in each that a living process holds locked.
const (
	scratchPrefix = "kawasan-scratch-"
	scratchLock   = "lock"
)

// scratch is the folder below parent ("" for the system's) in which this process keeps
// its temporary files. What processes that were killed left there is removed first.
// remove takes the folder away.
func scratch(parent string, log *slog.Logger) (folder string, remove func(), err error) {
	if parent == "" {
		parent = os.TempDir()
	}
	clearScratch(parent, log)
	folder, lock, err := makeScratch(parent)
	if err != nil {
		return "", nil, geo.Errorf(geo.Unavailable, "there is no place for temporary files in %s", parent).Because(err).
			Try("a folder that may be written, with room, as TMPDIR or --export-dir")
	}
	return folder, func() {
		_ = os.RemoveAll(folder) // what stays is removed by the next process
		_ = lock.Close()
	}, nil
}

// makeScratch makes the folder. It gets its name once its lock is held, so that none
// who clears takes it for one that was left.
func makeScratch(parent string) (string, *os.File, error) {
	hidden, err := os.MkdirTemp(parent, "."+scratchPrefix)
	if err != nil {
		return "", nil, err
	}
	lock, err := os.OpenFile(filepath.Join(hidden, scratchLock), os.O_CREATE|os.O_RDWR|os.O_EXCL, 0o600)
	if err == nil {
		err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	}
	folder := filepath.Join(parent, strings.TrimPrefix(filepath.Base(hidden), "."))
	if err == nil {
		err = os.Rename(hidden, folder)
	}
	if err != nil {
		_ = lock.Close() // also if it is nil
		return "", nil, errors.Join(err, os.RemoveAll(hidden))
	}
	return folder, lock, nil
}

// clearScratch removes the folders of this user's processes that are gone: those whose lock nobody holds.
func clearScratch(parent string, log *slog.Logger) {
	left, _ := os.ReadDir(parent) // what is wrong with it shows when a folder is made there
	for _, e := range left {
		folder := filepath.Join(parent, e.Name())
		lock, ok := abandoned(folder)
		if !ok {
			continue
		}
		if err := os.RemoveAll(folder); err != nil {
			log.Warn("temporary files of a process that is gone can't be removed", "folder", folder, "error", err)
		} else {
			log.Info("temporary files of a process that is gone were removed", "folder", folder)
		}
		_ = lock.Close() // also if it is nil
	}
}

// abandoned takes the lock of a folder of this user if nobody holds it.
func abandoned(folder string) (*os.File, bool) {
	info, err := os.Lstat(folder)
	if err != nil || !info.IsDir() || !strings.HasPrefix(filepath.Base(folder), scratchPrefix) {
		return nil, false
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); !ok || int(owner.Uid) != os.Getuid() {
		return nil, false
	}
	lock, err := os.OpenFile(filepath.Join(folder, scratchLock), os.O_RDWR|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, errors.Is(err, os.ErrNotExist) // one that was being removed
	}
	if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		_ = lock.Close()
		return nil, false
	}
	return lock, true
}
