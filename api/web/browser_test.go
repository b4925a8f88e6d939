package web_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

// TestMapInABrowser runs test/*.test.mjs in one Chromium against a server with the shipped data.
func TestMapInABrowser(t *testing.T) {
	t.Parallel()
	install(t)
	chromium := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			chromium = path
			break
		}
	}
	if chromium == "" {
		t.Fatal("there is no chromium; make test installs it")
	}
	arguments := []string{"--test", "--test-reporter=spec", "test/all.mjs"}
	if only := os.Getenv("KAWASAN_MAP_TEST"); only != "" {
		arguments = append([]string{"--test-name-pattern=" + only}, arguments...)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute)
	defer cancel()
	node := exec.CommandContext(ctx, "node", arguments...)
	node.Env = append(os.Environ(), "KAWASAN_URL="+serve(t, geotest.Shipped(t).With(eras(), vague(), ways())), "KAWASAN_IMPORTED_URL="+serve(t, imported(t)), "CHROMIUM="+chromium)
	out, err := node.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if testing.Verbose() {
		t.Logf("%s", out)
	}
}

// serve runs a server on a port of its own until the test ends.
func serve(t *testing.T, reader geo.Reader) (address string) {
	t.Helper()
	s, err := api.New(api.Config{Reader: reader})
	if err != nil {
		t.Fatal(err)
	}
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Listen(l)
	}()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = s.Shutdown(ctx)
		<-done
	})
	return "http://" + l.Addr().String()
}

// vague is a collection of squares whose boundaries are uncertain each in its way.
func vague() *geotest.Layer {
	l := geotest.NewLayer("vague", "Polygon", geotest.Basis()...)
	l.Collection.Title = geo.Text{EN: "Vague", ID: "Samar"}
	for i, kind := range []string{"indicative", "outer_envelope", "legal"} {
		lon := 116 + float64(i)
		l.Add(kind, orb.Polygon{{{lon, 0}, {lon + 0.3, 0}, {lon + 0.3, 0.3}, {lon, 0.3}, {lon, 0}}}, geotest.Values{
			"name": kind, "boundary_kind": kind, "position_uncertainty_m": []float64{3000, 2000, 3000}[i],
		})
	}
	return l
}

// ways are lines that lie in many tiles.
func ways() *geotest.Layer {
	l := geotest.NewLayer("ways", "LineString", geotest.Prop("name", geo.String))
	l.Collection.Title = geo.Text{EN: "Ways", ID: "Jalur"}
	l.Add("across", orb.LineString{{113.5, -1.9}, {119.5, 1.1}}, geotest.Values{"name": "Across"})
	l.Add("along", orb.LineString{{113.5, -1.7}, {116, -1.5}, {119.5, -1.8}}, geotest.Values{"name": "Along"})
	return l
}

// eras is a collection whose features follow each other in law: one place until 2010, another from then on.
func eras() *geotest.Layer {
	l := geotest.NewLayer("eras", "Polygon", append(geotest.Basis(), geotest.Prop("valid_from", geo.DateOnly), geotest.Prop("valid_to", geo.DateOnly))...)
	l.Collection.Title = geo.Text{EN: "Eras", ID: "Zaman"}
	day := func(year int) geo.Date { return geo.NewDate(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)) }
	square := func(lon, lat float64) orb.Polygon {
		return orb.Polygon{{{lon, lat}, {lon + 0.5, lat}, {lon + 0.5, lat + 0.5}, {lon, lat + 0.5}, {lon, lat}}}
	}
	l.Add("old", square(115, 0), geotest.Values{"name": "Old", "boundary_kind": "legal", "valid_from": day(2000), "valid_to": day(2010)})
	l.Add("new", square(116, 0), geotest.Values{"name": "New", "boundary_kind": "legal", "valid_from": day(2010)})
	l.Collection.TimeStart, l.Collection.TimeEnd = "valid_from", "valid_to"
	start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	l.Collection.Interval = geo.Interval{Start: &start}
	return l
}
