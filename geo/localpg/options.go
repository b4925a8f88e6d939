package localpg

import (
	"log/slog"
	"os"
	"path/filepath"

	"kawasan/geo"
)

// Options say where the private server keeps its data and who hears of it.
type Options struct {
	// DataDir holds everything; empty means [DefaultDataDir].
	DataDir string
	// Log takes the server's own messages and restarts; nil drops them.
	Log *slog.Logger
	// Progress is told each long step in a few words, on the goroutine of Start;
	// nil is allowed.
	Progress func(step string)
}

func (o Options) withDefaults() (Options, error) {
	if o.DataDir == "" {
		dir, err := DefaultDataDir()
		if err != nil {
			return o, err
		}
		o.DataDir = dir
	}
	dir, err := filepath.Abs(o.DataDir)
	if err != nil {
		return o, geo.Errorf(geo.Unavailable, "the working directory no longer exists").
			Try("start from another directory or name an absolute data directory").Because(err)
	}
	o.DataDir = dir
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	return o, nil
}

// DefaultDataDir is where data live when nobody says otherwise:
// /var/lib/kawasan as root, else kawasan below $XDG_DATA_HOME or
// ~/.local/share. Without either it is an error that asks for a directory.
func DefaultDataDir() (string, error) {
	if os.Geteuid() == 0 {
		return "/var/lib/kawasan", nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "kawasan"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil || !filepath.IsAbs(home) {
		return "", geo.Errorf(geo.Invalid, "this user has no home directory to keep the data in").
			Try("name a data directory with --data-dir or KAWASAN_DATA_DIR").Because(err)
	}
	return filepath.Join(home, ".local", "share", "kawasan"), nil
}
