// Command bench measures Kawasan: it makes data, starts the server on a
// database of its own, puts load on it with wrk, and writes the figures to
// docs/performance.md. On a shared machine only ratios within one run mean much.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/alecthomas/kong"
)

// settings are the flags.
type settings struct {
	Kawasan     string            `help:"The binary to measure." default:"bin/kawasan"`
	Out         string            `help:"Where the report goes; empty prints it only." default:"docs/performance.md"`
	Rounds      int               `help:"Alternating rounds of each workload; the median counts." default:"3"`
	Duration    time.Duration     `help:"Length of one round of one workload." default:"4s"`
	Sizes       []string          `help:"Plantation tables to make and measure: s (500), m (20,000), l (200,000)." default:"s,m"`
	Only        string            `help:"Measure only workloads whose name contains this."`
	DatabaseURL string            `help:"Measure on this database, which others may read too, instead of one of its own; the data are made there if missing."`
	Database    bool              `help:"Also measure without memory, each answer from the database." default:"true" negatable:""`
	Edits       bool              `help:"Also measure while ten features a second are changed." default:"true" negatable:""`
	Exports     bool              `help:"Measure exports of the last of the sizes against ogr2ogr instead, and print the figures."`
	Peers       map[string]string `help:"Other servers on the same data, as NAME=ADDRESS, where {collection} stands for zones and plantations_s, _m or _l: an address with /items, tiles with {z}/{x}/{y}, or that of Tile38, which is filled. Needs --database-url or data of their own." env:"BENCH_PEERS" mapsep:","`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var s settings
	kong.Parse(&s, kong.Description("Measure Kawasan and write the figures to a report."))
	if err := s.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run makes the data, measures and reports.
func (s *settings) run(ctx context.Context) error {
	for _, size := range s.Sizes {
		if _, ok := sizes[size]; !ok {
			return fmt.Errorf("size %q is none of s, m, l", size)
		}
	}
	dir, err := os.MkdirTemp("", "kwbench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	// as root the private database runs as another user, who must reach its folder
	if err := os.Chmod(dir, 0o755); err != nil { // holds nothing but the benchmark's data
		return err
	}
	if s.Exports {
		return s.runExports(ctx, dir)
	}
	r := report{settings: *s, machine: describeMachine()}
	fmt.Fprintln(os.Stderr, "cold and warm start ...")
	if r.starts, err = measureStarts(ctx, s.Kawasan, dir); err != nil {
		return err
	}
	stage, err := s.stage(ctx, dir)
	if err != nil {
		return err
	}
	defer stage.close()
	if r.memory, err = stage.memory.memory(); err != nil {
		return err
	}
	if r.held, err = stage.held(s.Sizes); err != nil {
		return err
	}
	if r.results, err = stage.measure(ctx, s); err != nil {
		return err
	}
	r.nearest = stage.compareNearest(s)
	return r.write(s.Out)
}
