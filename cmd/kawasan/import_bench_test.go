package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/gpkg"
	"kawasan/geo/format/wkb"
	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/postgis"
)

// BenchmarkImport takes 200,000 polygons from a GeoPackage into PostGIS, by this
// program (which judges each of them) and by ogr2ogr (which doesn't), one after
// the other into the same database:
//
//	go test ./cmd/kawasan -run xxx -bench Import -benchtime 1x -timeout 20m
//
// Wall time, of each process the processor time and the largest resident memory, and the
// processor time that PostgreSQL takes besides.
func BenchmarkImport(b *testing.B) {
	n := 200_000
	if testing.Short() {
		n = 2_000
	}
	folder := b.TempDir()
	file := filepath.Join(folder, "estates.gpkg")
	writeEstates(b, file, n)
	program := filepath.Join(folder, "kawasan")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	dsn := pgtest.Template(b, "shipped", func(dsn string) error {
		options := postgis.Options{URL: dsn}
		if err := postgis.Migrate(context.Background(), options, nil); err != nil {
			return err
		}
		_, err := postgis.Load(context.Background(), options, false, nil)
		return err
	})
	commands := []struct {
		name string
		args func(run int) []string
	}{
		{"kawasan", func(run int) []string {
			return []string{program, "import", fmt.Sprintf("estates_%d", run), file, "--database-url", dsn, "--report", "json", "-o", filepath.Join(folder, "report.json")}
		}},
		{"ogr2ogr", func(run int) []string {
			return []string{"ogr2ogr", "-f", "PostgreSQL", "PG:postgresql" + strings.TrimPrefix(dsn, "postgres"), file, "-nln", fmt.Sprintf("ogr_%d", run), "-lco", "GEOMETRY_NAME=geom", "-lco", "SCHEMA=public", "-nlt", "PROMOTE_TO_MULTI", "estates"}
		}},
	}
	for _, c := range commands {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				args := c.args(int(time.Now().UnixNano() % 1e9))
				before := serverTime(b, dsn)
				command := exec.Command(args[0], args[1:]...)
				var out bytes.Buffer
				command.Stdout, command.Stderr = &out, &out
				if err := command.Run(); err != nil {
					b.Fatalf("%v\n%s", err, out.String())
				}
				if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
					b.ReportMetric(float64(usage.Maxrss)/1024, "MB")
				}
				b.ReportMetric((serverTime(b, dsn) - before).Seconds(), "server-cpu-s")
				b.ReportMetric((command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds(), "cpu-s")
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "features/s")
		})
	}
}

// serverTime is the processor time of the backends of a server on this machine that have
// ended, as their parent counts it.
func serverTime(b *testing.B, dsn string) time.Duration {
	b.Helper()
	time.Sleep(100 * time.Millisecond) // for the last one to end
	conn, err := pgx.Connect(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	parent := strings.Fields(proc(b, int(conn.PgConn().PID())))[1]
	pid, err := strconv.Atoi(parent)
	if err != nil {
		b.Fatal(err)
	}
	times := strings.Fields(proc(b, pid))
	var ticks int64
	for _, k := range []int{13, 14} { // user and system time of children that were waited for
		n, err := strconv.ParseInt(times[k], 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// proc gives what the system tells of a process, behind its name.
func proc(b *testing.B, pid int) string {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	return string(stat[bytes.LastIndexByte(stat, ')')+1:])
}

// writeEstates makes a GeoPackage of areas with some 90 positions and eight attributes.
func writeEstates(b *testing.B, file string, n int) {
	b.Helper()
	c := (&geo.Collection{ID: "estates", GeometryType: "MultiPolygon", Title: geo.Text{EN: "Estates"}, Properties: []geo.Property{
		{Name: "name", Type: geo.String},
		{Name: "owner", Type: geo.String},
		{Name: "boundary_kind", Type: geo.String},
		{Name: "position_uncertainty_m", Type: geo.Number},
		{Name: "licence", Type: geo.String},
		{Name: "planted_year", Type: geo.Integer},
		{Name: "certified", Type: geo.Boolean},
		{Name: "surveyed", Type: geo.DateOnly},
	}}).Index()
	out, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	w, err := gpkg.New(out, export.Options{TempDir: b.TempDir()})
	if err == nil {
		err = w.Open(export.Layer{Collection: c})
	}
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(6, 200))
	columns := int(math.Sqrt(float64(n)))
	for i := range n {
		// One to a cell of a grid, so that none overlap.
		cell := 4.6 / float64(columns+1)
		x, y := 114.2+float64(i%columns)*cell, -2.2+float64(i/columns)*cell
		f := &geo.Feature{ID: fmt.Sprintf("e-%06d", i), Collection: c, WKB: estate(random, x, y, cell*0.48), Values: []any{
			fmt.Sprintf("Kebun %d", i), fmt.Sprintf("Perusahaan %d", random.IntN(400)), "surveyed", 5.0, "CC-BY-4.0",
			int64(1990 + random.IntN(30)), random.IntN(2) == 0, geo.Date(17000 + random.IntN(2000)),
		}}
		if err := w.Write(f); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
}

func estate(random *rand.Rand, x, y, radius float64) []byte {
	n := 60 + random.IntN(60)
	g := wkb.AppendCount(wkb.AppendHeader(nil, wkb.MultiPolygon, false, false), 1)
	g = wkb.AppendCount(wkb.AppendCount(wkb.AppendHeader(g, wkb.Polygon, false, false), 1), n+1)
	start := len(g)
	for i := range n {
		angle := 2 * math.Pi * float64(i) / float64(n)
		r := radius * (0.8 + 0.2*math.Sin(3*angle+x))
		g = wkb.AppendFloats(g, x+r*math.Cos(angle), y+r*math.Sin(angle))
	}
	return append(g, g[start:start+16]...)
}
