package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// workload is one kind of request. Its paths are asked for in turn.
type workload struct {
	name  string
	paths []string
}

// result is the median of the rounds of one workload.
type result struct {
	name      string
	perSecond float64
	p50, p99  string
	bytes     int64 // of the first path's answer
	failed    int   // answers that were not 2xx
}

// boxes are windows of a size in degrees on a grid over the province.
func boxes(side float64) []string {
	var list []string
	for i := range 40 {
		x, y := 114.2+4.2*float64(i%8)/8, -2+4*float64(i/8)/5
		list = append(list, fmt.Sprintf("%.3f,%.3f,%.3f,%.3f", x, y, x+side, y+side))
	}
	return list
}

func workloads(sizes []string) []workload {
	list := []workload{
		{"a cached answer of no size (healthz)", []string{"/healthz"}},
		{"three zones", []string{"/collections/zones/items"}},
		{"one zone", []string{"/collections/zones/items/kik"}},
		{"3 nearest ports of a zone", []string{"/proximity/nearest?from=zones/kik&to=ports&k=3", "/proximity/nearest?from=zones/kib&to=ports&k=3", "/proximity/nearest?from=zones/kek-mbtk&to=ports&k=3"}},
		{"mills within 50 km of Maloy", []string{"/proximity/within?from=zones/kek-mbtk&to=mills&distance=50km"}},
		{"profile of a zone", []string{"/zones/kik/profile", "/zones/kib/profile", "/zones/kek-mbtk/profile"}},
	}
	for _, size := range sizes {
		base := "/collections/plantations_" + size + "/items"
		var small, large, nearest, filtered []string
		for _, b := range boxes(0.25) {
			small = append(small, base+"?limit=10&bbox="+b)
			large = append(large, base+"?limit=100&bbox="+b)
			filtered = append(filtered, base+"?limit=10&bbox="+b+"&filter=planted_year%3E2010")
			corner := strings.Split(b, ",")
			nearest = append(nearest, fmt.Sprintf("/proximity/nearest?from=%s,%s&to=plantations_%s&k=10", corner[0], corner[1], size))
		}
		list = append(list,
			workload{size + ": bbox page of 10", small}, workload{size + ": bbox page of 100", large},
			workload{size + ": bbox and attribute filter, 10", filtered},
			workload{size + ": one feature", []string{base + "/p-000007", base + "/p-000123", base + "/p-000400"}},
			workload{size + ": 10 nearest of a point", nearest},
			workload{size + ": within 25 km of Kariangau, count and sum", []string{"/proximity/within?from=zones/kik&distance=25km&sum=planted_area_ha&summary=only&to=plantations_" + size}},
		)
	}
	return list
}

// measure runs all workloads in alternating rounds.
func measure(ctx context.Context, s *server, settings *settings) ([]result, error) {
	list := workloads(settings.Sizes)
	rounds := make([][]result, len(list))
	for round := range settings.Rounds {
		for i, w := range list {
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", round+1, settings.Rounds, w.name)
			r, err := run(ctx, s.url, w, settings.Duration)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", w.name, err)
			}
			rounds[i] = append(rounds[i], r)
		}
	}
	medians := make([]result, len(list))
	for i, r := range rounds {
		slices.SortFunc(r, func(a, b result) int { return int(a.perSecond - b.perSecond) })
		medians[i] = r[len(r)/2]
	}
	return medians, nil
}

var (
	perSecondLine = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)
	percentile50  = regexp.MustCompile(`(?m)^\s+50%\s+(\S+)`)
	percentile99  = regexp.MustCompile(`(?m)^\s+99%\s+(\S+)`)
	failedLine    = regexp.MustCompile(`Non-2xx or 3xx responses: (\d+)`)
)

// run puts load on the server with wrk: 2 threads, 16 connections.
func run(ctx context.Context, url string, w workload, d time.Duration) (result, error) {
	r := result{name: w.name}
	response, err := http.Get(url + w.paths[0]) //nolint:noctx // local
	if err != nil {
		return r, err
	}
	r.bytes, err = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
	if err != nil {
		return r, err
	}
	if response.StatusCode != http.StatusOK {
		return r, fmt.Errorf("%s answers %s", w.paths[0], response.Status)
	}
	script := filepath.Join(os.TempDir(), "kawasan-bench-"+strconv.Itoa(os.Getpid())+".lua")
	defer func() { _ = os.Remove(script) }()
	if err := os.WriteFile(script, []byte(luaFor(w.paths)), 0o600); err != nil {
		return r, err
	}
	out, err := exec.CommandContext(ctx, "wrk", "-t2", "-c16", "--latency", "-d", fmt.Sprintf("%ds", max(1, int(d.Seconds()))), "-s", script, url).CombinedOutput() // our own script
	if err != nil {
		return r, fmt.Errorf("wrk (apt-get install wrk): %w: %s", err, out)
	}
	if m := perSecondLine.FindSubmatch(out); m != nil {
		r.perSecond, _ = strconv.ParseFloat(string(m[1]), 64)
	}
	if m := percentile50.FindSubmatch(out); m != nil {
		r.p50 = string(m[1])
	}
	if m := percentile99.FindSubmatch(out); m != nil {
		r.p99 = string(m[1])
	}
	if m := failedLine.FindSubmatch(out); m != nil {
		r.failed, _ = strconv.Atoi(string(m[1]))
	}
	return r, nil
}

// luaFor makes wrk ask for the paths in turn.
func luaFor(paths []string) string {
	var b strings.Builder
	b.WriteString("local paths = {\n")
	for _, p := range paths {
		fmt.Fprintf(&b, "  %q,\n", p)
	}
	b.WriteString("}\nlocal i = 0\nrequest = function()\n  i = i % #paths + 1\n  return wrk.format('GET', paths[i])\nend\n")
	return b.String()
}
