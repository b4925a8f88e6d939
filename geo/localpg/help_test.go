package localpg_test

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/geo/localpg"
	"kawasan/geo/localpg/internal/cluster"
)

// patience bounds a wait for something that comes at once on an idle machine.
const patience = 60 * time.Second

// newDir makes a directory that another account may enter too.
func newDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "localpg-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Errorf("remove: %v", err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func start(t *testing.T, dir string) *localpg.Server {
	t.Helper()
	s, err := localpg.Start(t.Context(), localpg.Options{DataDir: dir})
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	t.Cleanup(func() { stop(t, s) })
	return s
}

func stop(t *testing.T, s *localpg.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.Close(ctx); err != nil {
		t.Errorf("close: %v", err)
	}
}

// query runs one statement on a connection of its own, again until it works
// if the server is just coming back.
func query(t *testing.T, dsn, sql string) string {
	t.Helper()
	deadline := time.Now().Add(patience)
	for {
		got, err := try(dsn, sql)
		if err == nil {
			return got
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: %v", sql, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func try(dsn, sql string) (got string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	err = conn.QueryRow(ctx, sql).Scan(&got)
	return got, err
}

func change(t *testing.T, dsn, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	_, err = conn.Exec(t.Context(), sql)
	if err := errors.Join(err, conn.Close(t.Context())); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// processes lists the server's processes on a data directory.
func processes(t *testing.T, dir string) []int {
	t.Helper()
	links, err := filepath.Glob("/proc/[0-9]*/cwd")
	if err != nil || len(links) == 0 {
		t.Skip("needs /proc to see processes")
	}
	var pids []int
	for _, link := range links {
		if where, err := os.Readlink(link); err == nil && where == filepath.Join(dir, "postgres") {
			pid, err := strconv.Atoi(strings.Split(link, "/")[2])
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, pid)
		}
	}
	return pids
}

func waitForNone(t *testing.T, dir string) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		left := processes(t, dir)
		if len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("processes %v are left", left)
		}
	}
}

// postmaster reads the server's process id.
func postmaster(t *testing.T, dir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "postgres", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// holder is this test binary in another process, holding a server.
type holder struct {
	command *exec.Cmd
	said    string // its first line
}

// newHolder starts one, as another account if uid is not 0, and waits for its first line.
func newHolder(t *testing.T, dir string, uid int) *holder {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if uid != 0 { // the built binary lies where only its builder may look
		text, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		program = filepath.Join(newDir(t), "holder")
		if err := os.WriteFile(program, text, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	h := &holder{command: exec.Command(program)}
	h.command.Env = append(os.Environ(), holdEnvironment+"="+dir)
	h.command.Dir = "/"
	if uid != 0 {
		h.command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	}
	out, err := h.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := h.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.end(syscall.SIGKILL) })
	h.said, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the other process said %q: %v", h.said, err)
	}
	return h
}

// end signals it and returns its exit code, -1 if a signal ended it.
func (h *holder) end(signal syscall.Signal) int {
	if h.command.ProcessState == nil {
		_ = h.command.Process.Signal(signal) // ended already is as good
		_ = h.command.Wait()                 // the code below tells
	}
	return h.command.ProcessState.ExitCode()
}

// binaries is where the programs of the server lie.
func binaries(t *testing.T) string {
	t.Helper()
	found, err := cluster.Find(t.Context(), cluster.Places(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return found.Bin
}

// ownerOf is the account that a directory belongs to.
func ownerOf(t *testing.T, dir string) *syscall.Credential {
	t.Helper()
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		t.Fatalf("no owner in %T", info.Sys())
	}
	return &syscall.Credential{Uid: stat.Uid, Gid: stat.Gid}
}

func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("needs root to become another user")
	}
}
