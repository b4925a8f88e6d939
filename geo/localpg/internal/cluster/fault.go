package cluster

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"kawasan/geo"
)

// reason is one way in which the machine refuses, and its remedy.
type reason struct {
	errno   []syscall.Errno
	said    []string // what PostgreSQL's programs print, in English
	code    geo.Code
	message geo.Phrase
	fix     geo.Phrase
}

func reasons() []reason {
	return []reason{
		{
			[]syscall.Errno{syscall.ENOSPC, syscall.EDQUOT},
			[]string{"No space left on device", "Disk quota exceeded"},
			geo.Unavailable,
			geo.Phrasef("the disk is full"),
			geo.Phrasef("free at least 200 MB there or name a data directory on another disk"),
		},
		{
			[]syscall.Errno{syscall.EROFS},
			[]string{"Read-only file system"},
			geo.Unavailable,
			geo.Phrasef("the file system is read-only"),
			geo.Phrasef("name a data directory on a writable one with --data-dir or KAWASAN_DATA_DIR"),
		},
		{
			[]syscall.Errno{syscall.ENAMETOOLONG},
			[]string{"File name too long"},
			geo.Invalid,
			geo.Phrasef("the path is too long"),
			geo.Phrasef("name a shorter data directory with --data-dir or KAWASAN_DATA_DIR"),
		},
		{
			nil,
			[]string{"could not look up effective user ID"},
			geo.Unavailable,
			geo.Phrasef("this user id has no entry in /etc/passwd, and PostgreSQL cannot create a database without one"),
			geo.Phrasef("run kawasan as a named user, or name a database with --database-url or KAWASAN_DATABASE_URL"),
		},
		{
			nil,
			[]string{"has wrong ownership", "has invalid permissions"},
			geo.Conflict,
			geo.Phrasef("the database directory belongs to another user or is open to others"),
			geo.Phrasef("run kawasan as the user who made it, or name another data directory with --data-dir"),
		},
		{
			[]syscall.Errno{syscall.EACCES, syscall.EPERM},
			[]string{"Permission denied", "Operation not permitted"},
			geo.Unavailable,
			geo.Phrasef("permission was denied"),
			geo.Phrasef("name a data directory that this user may write with --data-dir or KAWASAN_DATA_DIR"),
		},
		{
			nil,
			[]string{"database files are incompatible with server"},
			geo.Conflict,
			geo.Phrasef("the data directory was made by another major version of PostgreSQL"),
			geo.Phrasef("install that version, or dump with it and load into a new data directory"),
		},
		{
			nil,
			[]string{"could not map anonymous shared memory", "Cannot allocate memory", "could not create shared memory segment"},
			geo.Unavailable,
			geo.Phrasef("there is not enough memory for PostgreSQL"),
			geo.Phrasef("free about 256 MB"),
		},
		{
			nil,
			[]string{"is still in use", "lock file"},
			geo.Conflict,
			geo.Phrasef("another server still uses the data directory"),
			geo.Phrasef("stop that server or name another data directory"),
		},
	}
}

// Fault turns an error of the operating system into one whose message names
// the remedy. An [geo.Error] passes unchanged; nil stays nil.
func Fault(doing geo.Phrase, err error) error {
	if err == nil {
		return nil
	}
	var known *geo.Error
	if errors.As(err, &known) {
		return err
	}
	for _, r := range reasons() {
		for _, errno := range r.errno {
			if errors.Is(err, errno) {
				return geo.Errorf(r.code, "cannot %s: %s", doing, r.message).Try("%s", r.fix).Because(err)
			}
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return geo.Errorf(geo.Unavailable, "cannot %s: it does not exist", doing).
			Try("check the path").Because(err)
	}
	return geo.Errorf(geo.Internal, "cannot %s", doing).Try("see the log for the cause").Because(err)
}

// Said turns the last words of one of PostgreSQL's programs into an error that
// names the remedy.
func Said(doing geo.Phrase, output string, err error) error {
	cause := errors.New(strings.TrimSpace(output))
	if err != nil {
		cause = errors.Join(err, cause)
	}
	for _, r := range reasons() {
		for _, words := range r.said {
			if strings.Contains(output, words) {
				return geo.Errorf(r.code, "cannot %s: %s", doing, r.message).Try("%s", r.fix).Because(cause)
			}
		}
	}
	message := geo.Errorf(geo.Internal, "cannot %s", doing).Because(cause)
	if line := lastWord(output); line != "" {
		return message.Try("PostgreSQL said: %s", line)
	}
	return message.Try("see the log for the cause")
}

// lastWord is the last line that names a fault, or the last line at all.
func lastWord(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		for _, mark := range []string{"FATAL:", "PANIC:", "error:", "ERROR:"} {
			if _, after, found := strings.Cut(lines[i], mark); found {
				return strings.TrimSpace(after)
			}
		}
	}
	return strings.TrimSpace(lines[len(lines)-1])
}
