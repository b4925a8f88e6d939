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
	Kawasan  string        `help:"The binary to measure." default:"bin/kawasan"`
	Out      string        `help:"Where the report goes; empty prints it only." default:"docs/performance.md"`
	Rounds   int           `help:"Alternating rounds of each workload; the median counts." default:"3"`
	Duration time.Duration `help:"Length of one round of one workload." default:"4s"`
	Sizes    []string      `help:"Plantation tables to make and measure: s (500), m (20,000), l (200,000)." default:"s,m"`
	Peers    []string      `help:"Other servers on the same data, as NAME=URL of a collection's items." env:"BENCH_PEERS"`
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
	dir, err := os.MkdirTemp("", "kwbench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	// as root the private database runs as another user, who must reach its folder
	if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // holds nothing but the benchmark's data
		return err
	}
	r := report{settings: *s, machine: describeMachine()}
	fmt.Fprintln(os.Stderr, "cold and warm start ...")
	if r.starts, err = measureStarts(ctx, s.Kawasan, dir); err != nil {
		return err
	}
	server, err := startServer(ctx, s.Kawasan, dir)
	if err != nil {
		return err
	}
	defer server.stop()
	for _, size := range s.Sizes {
		n, ok := sizes[size]
		if !ok {
			return fmt.Errorf("size %q is none of s, m, l", size)
		}
		fmt.Fprintf(os.Stderr, "making %d plantation polygons ...\n", n)
		if err := makePlantations(ctx, server, "plantations_"+size, n); err != nil {
			return err
		}
	}
	if err := server.settled(ctx, s.Sizes); err != nil {
		return err
	}
	if r.memory, err = server.memory(); err != nil {
		return err
	}
	if r.results, err = measure(ctx, server, s); err != nil {
		return err
	}
	return r.write(s.Out)
}
