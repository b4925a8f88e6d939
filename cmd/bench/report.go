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
	held     []holding
	results  []result
	nearest  []agreement
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
	line := func(format string, values ...any) { fmt.Fprintf(&b, format+"\n", values...) }
	line("# Performance\n\nMade by `make bench` (`%s`). %s; load generator (wrk, 2 threads, %d connections), servers and database on the same cores.", strings.Join(r.settings.Sizes, ", "), r.machine, connections)
	line("Medians of %d alternating rounds of %s. On a shared machine only ratios within one run mean much.\n", r.settings.Rounds, r.settings.Duration)
	line("| | |\n|---|---:|\n| cold start: empty directory to first answer (database made, migrated, loaded) | %.1f s |", r.starts.cold.Seconds())
	line("| warm start to first answer | %.2f s |\n| memory of kawasan with the data of this run | %.0f MB |", r.starts.warm.Seconds(), float64(r.memory)/(1<<20))
	for _, h := range r.held {
		if h.inMemory && h.features > 0 {
			line("| `%s`: %.0f polygons in memory | %.0f MB, %.0f bytes each, %.2f times WKB and GeoJSON |", h.size, h.features, h.bytes/(1<<20), h.bytes/h.features, h.bytes/h.plain)
			line("| `%s`: read into memory in | %.1f s |", h.size, h.seconds)
		} else {
			line("| `%s` | not in memory |", h.size)
		}
	}
	line("\nThe column *ready* is the share of what a Fiber handler reaches that returns a slice of the same size to the same requests, measured in")
	line("the same rounds; *µs* the processor time of the server for each request, in microseconds, and in brackets that of the ready handler;")
	line("*allocs* and *allocated* are allocations and bytes for each request, of the whole process. Random boxes match about 100 features.\n")
	line("| work | answered by | requests/s | ready | µs | p50 | p99 | bytes | allocs | allocated | failed |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	for _, w := range r.results {
		ready, allocations, allocated, cpu := "", "", "", ""
		if w.ready > 0 {
			ready = fmt.Sprintf("%.2f", w.perSecond/w.ready)
		}
		if w.allocations > 0 {
			allocations, allocated = fmt.Sprintf("%.0f", w.allocations), fmt.Sprintf("%.0f", w.allocated)
		}
		if w.cpu > 0 {
			cpu = fmt.Sprintf("%.1f", w.cpu.Seconds()*1e6)
		}
		if w.readyCPU > 0 {
			cpu += fmt.Sprintf(" (%.1f)", w.readyCPU.Seconds()*1e6)
		}
		line("| %s | %s | %s | %s | %s | %s | %s | %d | %s | %s | %d |", w.name, w.from, rate(w.perSecond), ready, cpu, w.p50, w.p99, w.bytes, allocations, allocated, w.failed)
	}
	if len(r.nearest) > 0 {
		line("\nHow many of the answers to %d questions for the 10 nearest were not the exact one:\n\n| work | answered by | another set | the same in another order |\n|---|---|---:|---:|", asked)
		for _, a := range r.nearest {
			line("| %s | %s | %d | %d |", a.name, a.from, a.otherSet, a.otherOrder)
		}
	}
	b.WriteString(reading)
	return b.String()
}

// reading says how the figures are meant.
const reading = `
How to read this:

- No box, point or distance is asked for twice, but for "the same 200 boxes again": those answers are kept finished, as for
  the many visitors of one map. Whole answers are counted, with links, ETag and number matched.
- A page of 10 tests all of the about 100 features that its box meets, for the number matched and the order; a handler that
  returns ready bytes does nothing of the kind, and always sends the same ones, which the processor has at hand. So the first
  stands below the second, and what is kept stands near it.
- "database" is the same program with ` + "`--memory 0`" + `: each answer is one message to PostGIS for version, number and page.
- "PostGIS geography" is ST_DWithin on geography in SQL, with the index, on as many connections.
- Other servers are measured as they come, on the same tables and boxes, when BENCH_PEERS names them (the names may say their versions):
  ` + "`BENCH_PEERS='pg_featureserv 1.3.1=http://127.0.0.1:9000/collections/kawasan.{collection}/items,Tile38=http://127.0.0.1:9851'`" + ` with
  ` + "`--database-url`" + `, so that they read the same database. pg_featureserv needs ` + "`DbPoolMaxConns`" + ` of at least the number of connections: where
  requests wait for a connection and their clients leave, it answers nothing any more (503 after its time limit). The bench gives it a function in the
  schema ` + "`postgisftw`" + ` for the nearest (ORDER BY geom <-> point LIMIT 10, by the index), which orders by degrees. Tile38 is filled by the bench; it
  orders polygons by the distance of their bounding boxes.
- ` + "`go test ./cmd/kawasan -run XXX -bench Answers`" + ` takes the same answers without the network, with their allocations.
`

// rate shows requests a second: slow ones with a digit more.
func rate(v float64) string {
	if v < 20 {
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// write prints the report and stores it.
func (r report) write(path string) error {
	text := r.markdown()
	_, _ = fmt.Fprint(os.Stdout, text)
	if path == "" {
		return nil
	}
	return os.WriteFile(path, []byte(text), 0o644) // a page for everybody
}
