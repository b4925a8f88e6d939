package pgtest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/localpg/internal/cluster"
)

//go:embed guard.sh
var guard string

// ensureCluster returns the DSN of the running cluster, started if need be.
func ensureCluster(ctx context.Context) (dsn string, err error) {
	who, err := cluster.ServerAccount()
	if err != nil {
		return "", err
	}
	dir := home(who)
	if err := who.MakePrivate(dir); err != nil {
		return "", err
	}
	if err := owned(dir, who); err != nil {
		return "", err
	}
	release, err := lock(ctx, filepath.Join(dir, "lock"))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, release()) }()

	socket := filepath.Join(dir, "run")
	dsn = cluster.URL(socket, "postgres")
	if guarded(dir) && answers(ctx, dsn) == nil {
		return dsn, nil
	}
	return dsn, start(ctx, who, dir, socket, dsn)
}

// start makes the cluster anew: what an earlier one left is worth nothing.
func start(ctx context.Context, who cluster.Account, dir, socket, dsn string) error {
	data := filepath.Join(dir, "data")
	if _, err := os.Stat(data); err == nil {
		if err := cluster.StopLeftover(ctx, data); err != nil {
			return err
		}
	}
	for _, old := range []string{data, socket, filepath.Join(dir, "guard.pid"), filepath.Join(dir, "log")} {
		if err := os.RemoveAll(old); err != nil {
			return err
		}
	}
	found, err := cluster.Find(ctx, cluster.Places(), 0)
	if err != nil {
		return err
	}
	if err := cluster.Init(ctx, found, who, data, false); err != nil {
		return err
	}
	if _, err := cluster.SocketDir(who, socket); err != nil {
		return err
	}
	if err := launch(ctx, who, found, dir, data, socket); err != nil {
		return err
	}
	for {
		err := answers(ctx, dsn)
		if err == nil {
			return nil
		}
		if !guarded(dir) || ctx.Err() != nil {
			said, _ := os.ReadFile(filepath.Join(dir, "log")) // the error below stands without it
			return cluster.Said(geo.Phrasef("start the test cluster in %s", dir), string(said), err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// launch starts the guard, which starts the server, as a session of its own
// with none of this process's files, so that `go test` does not wait for it.
func launch(ctx context.Context, who cluster.Account, found cluster.Installation, dir, data, socket string) error {
	log, err := os.OpenFile(filepath.Join(dir, "log"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }() // the guard has its own handle
	args := []string{"-c", guard, "kawasan-pgtest-guard", found.Bin, dir, socket, strconv.Itoa(gate)}
	args = append(args, cluster.Arguments(data, socket, false)...)
	command := exec.CommandContext(context.WithoutCancel(ctx), "/bin/sh", args...) // it outlives every caller
	command.SysProcAttr = who.Attributes()
	command.SysProcAttr.Setsid = true
	command.Env = cluster.Environment()
	command.Dir = dir
	command.Stdout, command.Stderr = log, log
	if err := command.Start(); err != nil {
		return cluster.Fault(geo.Phrasef("start the test cluster's guard"), err)
	}
	pid := []byte(strconv.Itoa(command.Process.Pid) + " " + startTime(command.Process.Pid))
	if err := os.WriteFile(filepath.Join(dir, "guard.pid"), pid, 0o600); err != nil {
		return err
	}
	go func() { _ = command.Wait() }() // it outlives us, or its end shows in guarded
	return nil
}

// guarded reports whether the guard lives.
func guarded(dir string) bool {
	text, err := os.ReadFile(filepath.Join(dir, "guard.pid"))
	if err != nil {
		return false
	}
	var pid, start string
	if _, err := fmt.Sscan(string(text), &pid, &start); err != nil {
		return false
	}
	return alive(pid, start)
}

func answers(ctx context.Context, dsn string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	return errors.Join(conn.Ping(ctx), conn.Close(ctx))
}

// home is where the cluster lives: one a user, in a place with a short path
// that the server's account can reach.
func home(who cluster.Account) string {
	name := "kawasan-pgtest-" + strconv.Itoa(who.UID)
	dir := filepath.Join(os.TempDir(), name)
	if len(dir) > 70 || who.Blocked(os.TempDir()) != "" {
		return filepath.Join("/tmp", name)
	}
	return dir
}

// owned refuses a directory that somebody else put in our place.
func owned(dir string, who cluster.Account) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok || int(stat.Uid) != who.UID || info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%s is not a directory of the server's account alone; remove it", dir)
	}
	return nil
}

// lock waits for the file's lock, which the system frees when a process dies.
func lock(ctx context.Context, path string) (release func() error, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return file.Close, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return nil, errors.Join(err, file.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(fmt.Errorf("another test process is still starting the cluster: %w", context.Cause(ctx)), file.Close())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
