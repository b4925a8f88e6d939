package main

import (
	"bytes"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

const (
	// leastMemory is what collections may take where the machine does not say how
	// much memory it has, and on the smallest ones.
	leastMemory = 256 << 20
	mostMemory  = 64 << 30
)

// collectionsMemory turns the setting into the bytes that collections may take:
// a quarter of the machine's memory when it is negative. 0 holds nothing.
func collectionsMemory(megabytes int, machine int64) int64 {
	switch {
	case megabytes > 0:
		return int64(megabytes) << 20
	case megabytes == 0:
		return 1 // nothing fits
	}
	return min(max(machine/4, leastMemory), mostMemory)
}

// tileMemory is what collections held projected for tiles may take: half as much
// as collections themselves, which is what they need when all are shown on maps.
func tileMemory(megabytes int, machine int64) int64 {
	return max(collectionsMemory(megabytes, machine)/2, leastMemory)
}

// boundHeap keeps the collector from letting garbage grow to the size of what is
// held: from two thirds of the machine's memory on it collects sooner. GOMEMLIMIT
// and GOGC go before.
func boundHeap(machine int64) {
	if machine <= 0 || os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return
	}
	debug.SetMemoryLimit(machine * 2 / 3)
}

// machineMemory is the memory that this process may use: the machine's, or what
// its control group allows. 0 if the system does not say.
func machineMemory() int64 {
	total := int64(0)
	if raw, err := os.ReadFile("/proc/meminfo"); err == nil {
		for line := range strings.Lines(string(raw)) {
			if rest, ok := strings.CutPrefix(line, "MemTotal:"); ok {
				kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
				total = kilobytes << 10
			}
		}
	}
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		raw, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		limit, err := strconv.ParseInt(string(bytes.TrimSpace(raw)), 10, 64)
		if err == nil && limit > 0 && limit < math.MaxInt64/2 && (total == 0 || limit < total) {
			total = limit
		}
	}
	return total
}
