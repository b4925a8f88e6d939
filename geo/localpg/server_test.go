package localpg_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"kawasan/geo"
	"kawasan/geo/localpg"
)

func TestStartServesPostGISAndCloseLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), "data")
	s := start(t, dir)
	for sql, want := range map[string]string{
		"select extname::text from pg_extension where extname = 'postgis'":                         "postgis",
		"select current_database()::text":                                                          "kawasan",
		"select setting from pg_settings where name = 'listen_addresses'":                          "",
		"select setting from pg_settings where name = 'fsync'":                                     "on",
		"select setting from pg_settings where name = 'jit'":                                       "off",
		"select datcollate::text || ' ' || pg_encoding_to_char(encoding) from pg_database limit 1": "C UTF8",
		"select string_agg(w, ' ' order by w) from unnest(array['é','b','B']) w":                   "B b é",
		"select lower('É')": "é",
	} {
		if got := query(t, s.URL(), sql); got != want {
			t.Errorf("%s: got %q, want %q", sql, got, want)
		}
	}
	if len(processes(t, dir)) == 0 {
		t.Error("no process while it runs: the check below could not fail")
	}
	stop(t, s)
	if left := processes(t, dir); len(left) > 0 {
		t.Errorf("processes %v are left after Close", left)
	}
}

func TestDataOutliveRestart(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), "data, of 2026 + more") // and a directory that root made is not postgres's own
	s := start(t, dir)
	change(t, s.URL(), "create table kept as select 'Maloy'::text as name")
	stop(t, s)
	again := start(t, dir)
	if got := query(t, again.URL(), "select name from kept"); got != "Maloy" {
		t.Errorf("got %q", got)
	}
}

func TestKilledServerComesBack(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), "data")
	s := start(t, dir)
	change(t, s.URL(), "create table kept as select 'Buluminung'::text as name")
	before := postmaster(t, dir)
	if err := syscall.Kill(before, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if got := query(t, s.URL(), "select name from kept"); got != "Buluminung" {
		t.Errorf("got %q", got)
	}
}

func TestKilledOwnerLeavesNoServerAndNoDamage(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), "data")
	h := newHolder(t, dir, 0)
	url, ready := strings.CutPrefix(strings.TrimSpace(h.said), "ready ")
	if !ready {
		t.Fatal(h.said)
	}
	if got := query(t, url, "select 'up'"); got != "up" {
		t.Fatal(got)
	}
	h.end(syscall.SIGKILL)
	waitForNone(t, dir)
	if got := query(t, start(t, dir).URL(), "select 'up again'"); got != "up again" {
		t.Error(got)
	}
}

func TestOwnerToldToEndStopsServer(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), "data")
	h := newHolder(t, dir, 0)
	if code := h.end(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code %d after %q", code, h.said)
	}
	if left := processes(t, dir); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
}

func TestSecondOwnerIsRefused(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), "data")
	start(t, dir)
	h := newHolder(t, dir, 0)
	if want := "another kawasan (process " + strconv.Itoa(os.Getpid()) + ") already uses the data directory"; !strings.Contains(h.said, want) {
		t.Errorf("got %q, want %q in it", h.said, want)
	}
	if code := h.end(0); code != 3 {
		t.Errorf("exit code %d", code)
	}
}

func TestOrdinaryUserWithoutPermission(t *testing.T) {
	t.Parallel()
	needRoot(t)
	const nobody = 65534
	h := newHolder(t, filepath.Join(newDir(t), "data"), nobody)
	if want := "permission was denied; name a data directory that this user may write"; !strings.Contains(h.said, want) {
		t.Errorf("got %q, want %q in it", h.said, want)
	}
}

func TestServerLeftRunningIsReplaced(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), "data")
	stop(t, start(t, dir))
	// Started by nobody who would end it, as after a kill where the system has no parent-death signal.
	data := filepath.Join(dir, "postgres")
	bin := binaries(t)
	control := exec.Command(filepath.Join(bin, "pg_ctl"), "-D", data, "-w", "-l", filepath.Join(data, "log"),
		"-o", "-c listen_addresses= -c unix_socket_directories="+data, "start")
	if os.Geteuid() == 0 {
		control.SysProcAttr = &syscall.SysProcAttr{Credential: ownerOf(t, data)}
	}
	control.Dir = data
	if out, err := control.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before := postmaster(t, dir)
	if got := query(t, start(t, dir).URL(), "select 'up'"); got != "up" {
		t.Error(got)
	}
	if after := postmaster(t, dir); after == before {
		t.Error("the server left running was not replaced")
	}
}

func TestStalePidFileOfAnotherProgram(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), "data")
	stop(t, start(t, dir))
	// This process is no server, but it runs: PostgreSQL alone would take it for one.
	file := filepath.Join(dir, "postgres", "postmaster.pid")
	text := strconv.Itoa(os.Getpid()) + "\n" + filepath.Join(dir, "postgres") + "\n1\n5432\n\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := query(t, start(t, dir).URL(), "select 'up'"); got != "up" {
		t.Error(got)
	}
}

func TestLongPath(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), strings.Repeat("long-", 30), strings.Repeat("longer-", 20))
	s := start(t, dir)
	if got := query(t, s.URL(), "select 'up'"); got != "up" {
		t.Error(got)
	}
	if strings.Contains(s.URL(), "longer-") {
		t.Errorf("the socket is below the long path: %s", s.URL())
	}
}

func TestRootGivesTheDataToPostgres(t *testing.T) {
	t.Parallel()
	needRoot(t)
	dir := filepath.Join(newDir(t), "data")
	start(t, dir)
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		t.Fatalf("no owner in %T", info.Sys())
	}
	if stat.Uid == 0 || info.Mode().Perm() != 0o700 {
		t.Errorf("got uid %d, mode %v; want postgres's and private", stat.Uid, info.Mode())
	}
}

func TestOrdinaryUser(t *testing.T) {
	t.Parallel()
	needRoot(t)
	const nobody = 65534
	dir := newDir(t)
	if err := os.Chown(dir, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	h := newHolder(t, filepath.Join(dir, "data"), nobody)
	if !strings.HasPrefix(h.said, "ready ") {
		t.Fatal(h.said)
	}
	if code := h.end(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestUserWithoutNameIsTold(t *testing.T) {
	t.Parallel()
	needRoot(t)
	const nameless = 54321
	dir := newDir(t)
	if err := os.Chown(dir, nameless, nameless); err != nil {
		t.Fatal(err)
	}
	h := newHolder(t, filepath.Join(dir, "data"), nameless)
	if want := "no entry in /etc/passwd"; !strings.Contains(h.said, want) {
		t.Errorf("got %q, want %q in it", h.said, want)
	}
}

func TestStartRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		prepare func(t *testing.T, dir string)
		code    geo.Code
		message string
		fix     string
	}{
		{
			name: "another major version",
			prepare: func(t *testing.T, dir string) {
				t.Helper()
				write(t, filepath.Join(dir, "postgres", "PG_VERSION"), "9\n")
			},
			code: geo.Conflict, message: "made by PostgreSQL 9", fix: "install PostgreSQL 9",
		},
		{
			name: "not a cluster",
			prepare: func(t *testing.T, dir string) {
				t.Helper()
				write(t, filepath.Join(dir, "postgres", "notes.txt"), "hello")
			},
			code: geo.Conflict, message: "holds no database", fix: "move it away",
		},
		{
			name: "unreadable version",
			prepare: func(t *testing.T, dir string) {
				t.Helper()
				write(t, filepath.Join(dir, "postgres", "PG_VERSION"), "fifteen")
			},
			code: geo.Conflict, message: "no readable PG_VERSION", fix: "restore it",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := newDir(t)
			test.prepare(t, dir)
			_, err := localpg.Start(t.Context(), localpg.Options{DataDir: dir})
			refused(t, err, test.code, test.message, test.fix)
		})
	}
}

func TestDataDirIsAFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(newDir(t), "data")
	write(t, file, "x")
	_, err := localpg.Start(t.Context(), localpg.Options{DataDir: file})
	refused(t, err, geo.Conflict, "is a file", "another data directory")
}

func TestRootCannotUsePrivateHome(t *testing.T) {
	t.Parallel()
	needRoot(t)
	home := filepath.Join(newDir(t), "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := localpg.Start(t.Context(), localpg.Options{DataDir: filepath.Join(home, "data")})
	refused(t, err, geo.Unavailable, "may not enter "+home, "/var/lib/kawasan")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, code geo.Code, message, fix string) {
	t.Helper()
	var fault *geo.Error
	if !errors.As(err, &fault) {
		t.Fatalf("got %v, want a geo.Error", err)
	}
	if fault.Code != code || !strings.Contains(fault.Message, message) || !strings.Contains(fault.Fix, fix) {
		t.Errorf("got %s: %s; %s\nwant %s: …%s…; …%s…", fault.Code, fault.Message, fault.Fix, code, message, fix)
	}
}
