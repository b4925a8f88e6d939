package cluster

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"kawasan/geo"
)

// StopLeftover stops a server that still runs on dir because whoever started
// it was killed, and clears a pid file that no server stands behind. The caller
// must hold the lock that keeps every other user of dir away.
func StopLeftover(ctx context.Context, dir string) error {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return Fault(geo.Phrasef("use %s", dir), err)
	}
	pid := postmaster(real)
	if pid > 0 && serves(ctx, pid, real) {
		for _, step := range []struct {
			signal syscall.Signal
			wait   time.Duration
		}{{syscall.SIGINT, 20 * time.Second}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}} {
			if err := syscall.Kill(pid, step.signal); err != nil && err != syscall.ESRCH {
				return Fault(geo.Phrasef("stop the server left running on %s", dir), err)
			}
			if gone, err := waitUntil(ctx, step.wait, func() bool { return !serves(ctx, pid, real) }); err != nil {
				return err
			} else if gone {
				break
			}
		}
		if serves(ctx, pid, real) {
			return geo.Errorf(geo.Conflict, "the server left running on %s (process %d) does not stop", dir, pid).
				Try("end that process and start again")
		}
	}
	return clearOrphans(ctx, real, pid)
}

// clearOrphans waits for the children of a killed server, which end by
// themselves, ends those that do not, and removes a pid file whose number has
// gone to another program; PostgreSQL would take that program for a server.
// Only /proc can tell what works in a directory, so elsewhere PostgreSQL's own
// check decides.
func clearOrphans(ctx context.Context, dir string, pid int) error {
	if runtime.GOOS != "linux" {
		return nil
	}
	gone, err := waitUntil(ctx, 5*time.Second, func() bool { return len(working(dir)) == 0 })
	if err != nil {
		return err
	}
	if !gone {
		for _, orphan := range working(dir) {
			_ = syscall.Kill(orphan, syscall.SIGKILL) // gone already is as good
		}
		if gone, err = waitUntil(ctx, 5*time.Second, func() bool { return len(working(dir)) == 0 }); err != nil {
			return err
		} else if !gone {
			return geo.Errorf(geo.Conflict, "processes %v of an earlier server still work in %s", working(dir), dir).
				Try("end them and start again")
		}
	}
	if pid > 0 && syscall.Kill(pid, 0) != syscall.ESRCH {
		if err := os.Remove(filepath.Join(dir, "postmaster.pid")); err != nil && !os.IsNotExist(err) {
			return Fault(geo.Phrasef("remove the stale pid file in %s", dir), err)
		}
	}
	return nil
}

// postmaster reads the server's process id; 0 if there is no pid file or none in it.
func postmaster(dir string) int {
	text, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid < 2 {
		return 0
	}
	return pid
}

// serves reports whether the process is a PostgreSQL server of dir, so that a
// number that was given to another program since is never signalled.
func serves(ctx context.Context, pid int, dir string) bool {
	if syscall.Kill(pid, 0) == syscall.ESRCH {
		return false
	}
	if runtime.GOOS == "linux" {
		name, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "comm"))
		return err == nil && strings.TrimSpace(string(name)) == "postgres" && worksIn(pid, dir)
	}
	out, err := exec.CommandContext(ctx, "ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	line := string(out)
	return err == nil && strings.Contains(line, "postgres") && strings.Contains(line, dir)
}

func worksIn(pid int, dir string) bool {
	where, err := os.Readlink(filepath.Join("/proc", strconv.Itoa(pid), "cwd"))
	return err == nil && where == dir
}

// working lists the server processes whose working directory is dir. A person's
// shell that stands there is none.
func working(dir string) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || !worksIn(pid, dir) {
			continue
		}
		name, err := os.ReadFile(filepath.Join("/proc", e.Name(), "comm"))
		if err == nil && strings.TrimSpace(string(name)) == "postgres" {
			pids = append(pids, pid)
		}
	}
	return pids
}

// waitUntil polls until the condition holds or the time is over.
func waitUntil(ctx context.Context, limit time.Duration, holds func() bool) (bool, error) {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			return false, context.Cause(ctx)
		case <-deadline.C:
			return holds(), nil
		case <-tick.C:
		}
	}
	return true, nil
}
