package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// report is what one run found.
type report struct {
	settings settings
	machine  string
	starts   starts
	memory   int64
	results  []result
}

// describeMachine names processor, cores and system.
func describeMachine() string {
	model := runtime.GOARCH
	if raw, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(raw)) {
			if name, ok := strings.CutPrefix(line, "model name"); ok {
				model = strings.TrimSpace(strings.TrimLeft(name, "\t :"))
				break
			}
		}
	}
	return fmt.Sprintf("%d cores of %s, %s, Go %s", runtime.NumCPU(), model, runtime.GOOS, strings.TrimPrefix(runtime.Version(), "go"))
}

// markdown is the report as a page.
func (r report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Performance\n\nMade by `make bench` (`%s`). %s; load generator (wrk, 2 threads, 16 connections), server and database on the same cores.\n", strings.Join(r.settings.Sizes, ", "), r.machine)
	fmt.Fprintf(&b, "Medians of %d alternating rounds of %s. On a shared machine only ratios within one run mean much.\n\n", r.settings.Rounds, r.settings.Duration)
	fmt.Fprintf(&b, "| | |\n|---|---:|\n| cold start: empty directory to first answer (database made, migrated, loaded) | %.1f s |\n", r.starts.cold.Seconds())
	fmt.Fprintf(&b, "| warm start to first answer | %.2f s |\n| memory of kawasan with the data of this run | %.0f MB |\n\n", r.starts.warm.Seconds(), float64(r.memory)/(1<<20))
	b.WriteString("| work | requests/s | p50 | p99 | bytes | failed |\n|---|---:|---:|---:|---:|---:|\n")
	for _, w := range r.results {
		fmt.Fprintf(&b, "| %s | %.0f | %s | %s | %d | %d |\n", w.name, w.perSecond, w.p50, w.p99, w.bytes, w.failed)
	}
	return b.String()
}

// write prints the report and stores it.
func (r report) write(path string) error {
	text := r.markdown()
	_, _ = fmt.Fprint(os.Stdout, text)
	if path == "" {
		return nil
	}
	return os.WriteFile(path, []byte(text), 0o644) //nolint:gosec // a page for everybody
}
