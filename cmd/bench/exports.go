package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// exportFormats are what exports are compared in, with GDAL's name; "" where the
// GDAL of Debian has no such driver.
var exportFormats = []struct {
	name, driver, extension string
	options                 []string
}{
	{"geojson", "GeoJSON", "geojson", nil},
	{"geojsonseq", "GeoJSONSeq", "geojsonl", nil},
	{"fgb", "FlatGeobuf", "fgb", nil},
	{"gpkg", "GPKG", "gpkg", nil},
	{"parquet", "", "", nil},
	{"csv", "CSV", "csv", []string{"-lco", "GEOMETRY=AS_WKT"}},
	{"shp", "ESRI Shapefile", "shz", nil}, // zipped, as ours
	{"pmtiles", "", "", nil},
}

// cost is what one export took.
type cost struct {
	wall, cpu time.Duration // cpu is 0 where it isn't known
	memory    int64         // bytes: of the process, or of the server above what it had before
	size      int64
}

// better keeps the least of each.
func (c cost) better(o cost) cost {
	if c.wall == 0 {
		return o
	}
	return cost{min(c.wall, o.wall), min(c.cpu, o.cpu), min(c.memory, o.memory), o.size}
}

// runExports measures exports of the largest table that is asked for: over HTTP, by
// the command, and by ogr2ogr from the same database, in turn.
func (s *settings) runExports(ctx context.Context, dir string) error {
	// The table is read from the database each time, as ogr2ogr does.
	data := filepath.Join(dir, "data")
	server, err := startServer(ctx, s.Kawasan, "--data-dir", data, "--memory", "0", "--export-cache", "1")
	if err != nil {
		return err
	}
	defer server.stop()
	database, err := server.private(ctx, data)
	if err != nil {
		return err
	}
	size := s.Sizes[len(s.Sizes)-1]
	table := "plantations_" + size
	if err := makePlantations(ctx, database, table, sizes[size]); err != nil {
		return err
	}
	if err := server.settled(ctx, []string{size}); err != nil {
		return err
	}
	http, command, gdal := make([]cost, len(exportFormats)), make([]cost, len(exportFormats)), make([]cost, len(exportFormats))
	for round := range s.Rounds {
		for i, f := range exportFormats {
			fmt.Fprintf(os.Stderr, "round %d: %s ...\n", round+1, f.name)
			c, err := server.download(ctx, table, f.name)
			if err != nil {
				return err
			}
			http[i] = http[i].better(c)
			out := filepath.Join(dir, "out."+f.name)
			if c, err = spend(ctx, out, s.Kawasan, "export", table, "--database-url", database, "--format", f.name, "--output", out, "--quiet"); err != nil {
				return err
			}
			command[i] = command[i].better(c)
			if f.driver == "" {
				continue
			}
			out = filepath.Join(dir, "out."+f.extension)
			if c, err = spend(ctx, out, "ogr2ogr", append([]string{"-f", f.driver, out, pgOf(database), table}, f.options...)...); err != nil {
				return err
			}
			gdal[i] = gdal[i].better(c)
		}
	}
	printExports(sizes[size], http, command, gdal)
	return nil
}

// pgOf turns the address of the private database into GDAL's form.
func pgOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return fmt.Sprintf("PG:host=%s port=%s dbname=%s user=%s active_schema=kawasan", u.Query().Get("host"), u.Query().Get("port"), strings.TrimPrefix(u.Path, "/"), u.User.Username())
}

// spend runs a program that writes a file, and removes that.
func spend(ctx context.Context, out, program string, arguments ...string) (c cost, err error) {
	defer func() { _ = os.RemoveAll(out) }()
	command := exec.CommandContext(ctx, program, arguments...)
	began := time.Now()
	if said, err := command.CombinedOutput(); err != nil {
		return c, fmt.Errorf("%s %s: %w: %s", program, arguments[0], err, said)
	}
	c.wall, c.cpu = time.Since(began), command.ProcessState.UserTime()+command.ProcessState.SystemTime()
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = usage.Maxrss * 1024
	}
	return c, filepath.Walk(out, func(_ string, about os.FileInfo, err error) error {
		if err == nil && !about.IsDir() {
			c.size += about.Size()
		}
		return err
	})
}

// download asks the server for a file and watches its memory meanwhile.
func (s *server) download(ctx context.Context, table, format string) (c cost, err error) {
	idle, err := s.memory()
	if err != nil {
		return c, err
	}
	done, most := make(chan struct{}), make(chan int64)
	go func() {
		var high int64
		for {
			select {
			case <-done:
				most <- high
				return
			case <-time.After(20 * time.Millisecond):
				if now, err := s.memory(); err == nil {
					high = max(high, now)
				}
			}
		}
	}()
	began := time.Now()
	c.size, err = s.fetch(ctx, "/collections/"+table+"/items?f="+format)
	c.wall = time.Since(began)
	close(done)
	c.memory = <-most - idle
	return c, err
}

func (s *server) fetch(ctx context.Context, path string) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+path, nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Accept-Encoding", "identity")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: %s", path, response.Status)
	}
	return io.Copy(io.Discard, response.Body)
}

func printExports(n int, http, command, gdal []cost) {
	seconds := func(d time.Duration) string {
		if d == 0 {
			return ""
		}
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	megabytes := func(n int64) string { return fmt.Sprintf("%.0f MB", float64(n)/1e6) }
	_, _ = fmt.Fprintf(os.Stdout, "%d polygons, from PostGIS; %s.\n\n", n, describeMachine())
	_, _ = fmt.Fprintln(os.Stdout, "| | size | HTTP | memory above idle | command | CPU | memory | ogr2ogr | CPU | memory | times as fast | by CPU |")
	_, _ = fmt.Fprintln(os.Stdout, "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	for i, f := range exportFormats {
		h, c, g := http[i], command[i], gdal[i]
		theirs, faster, byCPU := "", "", ""
		if g.wall > 0 {
			theirs, faster, byCPU = megabytes(g.memory), fmt.Sprintf("%.1f", g.wall.Seconds()/c.wall.Seconds()), fmt.Sprintf("%.1f", g.cpu.Seconds()/c.cpu.Seconds())
		}
		_, _ = fmt.Fprintf(os.Stdout, "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", f.name, megabytes(c.size), seconds(h.wall), megabytes(h.memory),
			seconds(c.wall), seconds(c.cpu), megabytes(c.memory), seconds(g.wall), seconds(g.cpu), theirs, faster, byCPU)
	}
}
