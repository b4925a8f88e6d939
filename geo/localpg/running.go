package localpg

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"kawasan/geo/localpg/internal/cluster"
)

// Running gives the address of the database that another process runs on a data
// directory (empty: [DefaultDataDir]); ok is false when none answers there. It
// starts and locks nothing: the database goes away with the process that runs it.
func Running(ctx context.Context, dataDir string) (url string, ok bool) {
	o, err := Options{DataDir: dataDir}.withDefaults()
	if err != nil {
		return "", false
	}
	// Line 5 of the server's pid file names the directory of its socket.
	const socketLine = 4
	raw, err := os.ReadFile(filepath.Join(o.DataDir, "postgres", "postmaster.pid"))
	if err != nil {
		return "", false
	}
	lines := strings.Split(string(raw), "\n")
	if len(lines) <= socketLine || knock(ctx, lines[socketLine]) != nil {
		return "", false
	}
	return cluster.URL(lines[socketLine], database), true
}
