package pgtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// runName names what belongs to one `go test` run: the go command that started
// this process, or this process itself when something else did.
var runName = sync.OnceValue(func() string {
	pid := os.Getpid()
	parent := os.Getppid()
	if name, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(parent), "comm")); err == nil && strings.TrimSpace(string(name)) == "go" {
		pid = parent
	}
	return fmt.Sprintf("template_%d_%s", pid, startTime(pid))
})

// startTime tells two processes apart that had the same number: clock ticks
// since boot, or 0 where the system has no /proc.
func startTime(pid int) string {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return "0"
	}
	// The name in parentheses may hold blanks; 20 fields follow it up to starttime.
	_, after, _ := strings.Cut(string(text[strings.LastIndexByte(string(text), ')'):]), ") ")
	fields := strings.Fields(after)
	const start = 22 - 3
	if len(fields) <= start {
		return "0"
	}
	return fields[start]
}

// alive reports whether the process that a database's name carries still runs.
func alive(pidText, start string) bool {
	pid, err := strconv.Atoi(pidText)
	if err != nil || pid < 1 {
		return false
	}
	return syscall.Kill(pid, 0) != syscall.ESRCH && startTime(pid) == start
}
