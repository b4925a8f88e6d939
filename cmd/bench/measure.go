package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// result is what a round of a workload found, or the median of its rounds.
type result struct {
	name, from string
	perSecond  float64
	p50, p99   time.Duration
	bytes      int // of an answer, on average over some paths
	failed     int // answers that were not 2xx
	// ready is how many ready answers of that size were given a second; 0 if not measured.
	ready float64
	// allocations and allocated (bytes) for each request; 0 if not known.
	allocations, allocated float64
	// cpu is the processor time of the server for each request, readyCPU that of the
	// handler of ready answers; 0 if not known.
	cpu, readyCPU time.Duration
}

// measure runs all workloads in alternating rounds.
func (s *stage) measure(ctx context.Context, settings *settings) ([]result, error) {
	list := s.workloads(settings)
	rounds := make([][]result, len(list))
	for round := range settings.Rounds {
		for i, w := range list {
			fmt.Fprintf(os.Stderr, "round %d of %d: %s (%s)\n", round+1, settings.Rounds, w.name, w.from)
			r, err := s.round(ctx, w, settings.Duration)
			if err != nil && w.server == nil && w.geography == "" && ctx.Err() == nil {
				fmt.Fprintln(os.Stderr, "another server fails:", err)
				r, err = result{name: w.name, from: w.from + " (failed)"}, nil
			}
			if err != nil {
				return nil, fmt.Errorf("%s (%s): %w", w.name, w.from, err)
			}
			rounds[i] = append(rounds[i], r)
		}
	}
	medians := make([]result, len(list))
	for i, r := range rounds {
		medians[i] = median(r)
	}
	return medians, nil
}

// median takes each figure's median by itself; the ratio to ready bytes is that of the rounds.
func median(rounds []result) result {
	m := rounds[0]
	of := func(value func(result) float64) float64 {
		var all []float64
		for _, r := range rounds {
			all = append(all, value(r))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	m.perSecond = of(func(r result) float64 { return r.perSecond })
	m.p50 = time.Duration(of(func(r result) float64 { return float64(r.p50) }))
	m.p99 = time.Duration(of(func(r result) float64 { return float64(r.p99) }))
	if m.ready > 0 {
		m.ready = m.perSecond / of(func(r result) float64 { return r.perSecond / r.ready })
	}
	m.cpu = time.Duration(of(func(r result) float64 { return float64(r.cpu) }))
	m.readyCPU = time.Duration(of(func(r result) float64 { return float64(r.readyCPU) }))
	m.allocations, m.allocated = of(func(r result) float64 { return r.allocations }), of(func(r result) float64 { return r.allocated })
	m.failed = 0
	for _, r := range rounds {
		m.failed += r.failed
	}
	return m
}

// round measures a workload once, and ready bytes beside it.
func (s *stage) round(ctx context.Context, w workload, d time.Duration) (result, error) {
	if w.geography != "" {
		return s.geographyRound(ctx, w, d)
	}
	bytes := 0
	for i := range 20 {
		body, err := fetch(w.url + filled(w.paths[i%len(w.paths)], w.n))
		if err != nil {
			return result{}, err
		}
		bytes += len(body)
	}
	bytes /= 20
	var before map[string]float64
	if w.server != nil {
		before, _ = w.server.metrics()
	}
	stop := s.edit(ctx, w)
	r, requests, err := load(ctx, w.url, w.paths, w.n, d)
	stop()
	if err != nil {
		return r, err
	}
	r.name, r.from, r.bytes = w.name, w.from, bytes
	if after, err := w.server.figures(); err == nil && before != nil && requests > 0 {
		r.allocations = (after["go_memstats_mallocs_total"] - before["go_memstats_mallocs_total"]) / requests
		r.allocated = (after["go_memstats_alloc_bytes_total"] - before["go_memstats_alloc_bytes_total"]) / requests
		r.cpu = time.Duration((after["process_cpu_seconds_total"] - before["process_cpu_seconds_total"]) / requests * 1e9)
	}
	if w.control {
		// The same requests, so that making them costs the same.
		ready := each(w.paths, func(path string) string { return "/" + strconv.Itoa(bytes) + path })
		used := processorTime()
		control, requests, err := load(ctx, s.control, ready, w.n, d)
		if err != nil {
			return r, err
		}
		r.ready = control.perSecond
		r.readyCPU = (processorTime() - used) / time.Duration(max(1, requests))
	}
	return r, nil
}

// processorTime is what this process has taken, which serves the ready answers.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// figures are the metrics, for a server that has some.
func (s *server) figures() (map[string]float64, error) {
	if s == nil {
		return nil, http.ErrNotSupported
	}
	return s.metrics()
}

// edit changes ten features a second until stop is called.
func (s *stage) edit(ctx context.Context, w workload) (stop func()) {
	if w.edited == "" {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		every := time.NewTicker(100 * time.Millisecond)
		defer every.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-every.C:
				_ = s.sql.Touch(ctx, w.edited, fmt.Sprintf("p-%06d", 1+rand.IntN(500))) // any will do
			}
		}
	})
	return func() { cancel(); done.Wait() }
}

// geographyRound counts with PostGIS, on as many connections as requests are made elsewhere.
func (s *stage) geographyRound(ctx context.Context, w workload, d time.Duration) (result, error) {
	r := result{name: w.name, from: w.from}
	var mu sync.Mutex
	var took []time.Duration
	var first error
	began := time.Now()
	var workers sync.WaitGroup
	for range connections {
		workers.Go(func() {
			for time.Since(began) < d {
				at := time.Now()
				_, _, err := s.sql.Within(ctx, w.geography, "planted_area_ha", "zones", "kik", 25_000)
				mu.Lock()
				if took = append(took, time.Since(at)); err != nil && first == nil {
					first = err
				}
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	workers.Wait()
	if first != nil {
		return r, first
	}
	slices.Sort(took)
	r.perSecond = float64(len(took)) / time.Since(began).Seconds()
	r.p50, r.p99 = took[len(took)/2], took[len(took)*99/100]
	return r, nil
}

var (
	perSecondLine = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)
	requestsLine  = regexp.MustCompile(`(\d+) requests in`)
	percentile50  = regexp.MustCompile(`(?m)^\s+50%\s+(\S+)`)
	percentile99  = regexp.MustCompile(`(?m)^\s+99%\s+(\S+)`)
	failedLine    = regexp.MustCompile(`Non-2xx or 3xx responses: (\d+)`)
)

// load puts load on a server with wrk and tells how many requests were answered.
func load(ctx context.Context, url string, paths []string, n int, d time.Duration) (r result, requests float64, err error) {
	script := filepath.Join(os.TempDir(), "kawasan-bench-"+strconv.Itoa(os.Getpid())+".lua")
	defer func() { _ = os.Remove(script) }()
	if err := os.WriteFile(script, []byte(luaFor(paths, n)), 0o600); err != nil {
		return r, 0, err
	}
	out, err := exec.CommandContext(ctx, "wrk", "-t2", "-c"+strconv.Itoa(connections), "--latency", "-d", fmt.Sprintf("%ds", max(1, int(d.Seconds()))), "-s", script, url).CombinedOutput() // our own script
	if err != nil {
		return r, 0, fmt.Errorf("wrk (apt-get install wrk): %w: %s", err, out)
	}
	r.perSecond, requests = number(perSecondLine, out), number(requestsLine, out)
	r.failed = int(number(failedLine, out))
	for line, into := range map[*regexp.Regexp]*time.Duration{percentile50: &r.p50, percentile99: &r.p99} {
		if m := line.FindSubmatch(out); m != nil {
			*into, _ = time.ParseDuration(string(m[1]))
		}
	}
	return r, requests, nil
}

// number is what a line of the output says; 0 if it isn't there.
func number(line *regexp.Regexp, out []byte) float64 {
	m := line.FindSubmatch(out)
	if m == nil {
		return 0
	}
	v, _ := strconv.ParseFloat(string(m[1]), 64)
	return v
}

// filled puts something into the marks of a path.
func filled(path string, n int) string {
	s := side(max(n, 1))
	return filledAt(path, n, west+rand.Float64()*(width-s), south+rand.Float64()*(depth-s))
}

// filledAt is filled with a place.
func filledAt(path string, n int, x, y float64) string {
	s := side(max(n, 1))
	return strings.NewReplacer(
		boxMark, fmt.Sprintf("%.5f,%.5f,%.5f,%.5f", x, y, x+s, y+s), pointMark, fmt.Sprintf("%.5f,%.5f", x, y), latlonMark, fmt.Sprintf("%.5f+%.5f", y, x),
		lonMark, fmt.Sprintf("%.5f", x), latMark, fmt.Sprintf("%.5f", y),
		distanceMark, fmt.Sprintf("%.5f", 25+rand.Float64()), idMark, fmt.Sprintf("p-%06d", 1+rand.IntN(max(n, 1))),
	).Replace(path)
}

// luaFor makes wrk ask for the paths in turn, and fill their marks anew for each request.
func luaFor(paths []string, n int) string {
	var b strings.Builder
	b.WriteString("local paths = {\n")
	for _, p := range paths {
		fmt.Fprintf(&b, "  %q,\n", p)
	}
	fmt.Fprintf(&b, "}\nlocal west, south, width, depth, side, n, seed = %g, %g, %g, %g, %g, %d, %d\n", west, south, width, depth, side(max(n, 1)), n, rand.IntN(1<<30))
	b.WriteString(`local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end
function init()
  math.randomseed(seed + 7919 * number)
end
local marked, made, i = string.find(table.concat(paths), "{", 1, true), {}, 0
function request()
  i = i % #paths + 1
  if not marked then
    made[i] = made[i] or wrk.format("GET", paths[i])
    return made[i]
  end
  local x, y = west + math.random() * (width - side), south + math.random() * (depth - side)
  local fill = {
    box = string.format("%.5f,%.5f,%.5f,%.5f", x, y, x + side, y + side), lonlat = string.format("%.5f,%.5f", x, y),
    latlon = string.format("%.5f+%.5f", y, x), lon = string.format("%.5f", x), lat = string.format("%.5f", y), distance = string.format("%.5f", 25 + math.random()), id = string.format("p-%06d", math.random(1, n)),
  }
  return wrk.format("GET", (string.gsub(paths[i], "{(%w+)}", fill)))
end
`)
	return b.String()
}
