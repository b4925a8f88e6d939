package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"kawasan/api/clients"
	"kawasan/geo"
)

// checkCommand is 'kawasan check'.
type checkCommand struct {
	URL         string        `arg:"" help:"The landing page of any OGC API server, such as http://127.0.0.1:8080."`
	Collections int           `help:"How many collections to look at, the first that the server lists." default:"3"`
	Requests    int           `help:"Send no more requests than this." default:"400"`
	Timeout     time.Duration `help:"Take no longer than this." default:"2m"`
	Key         string        `help:"Key for the server, if it wants one." env:"KAWASAN_KEY" placeholder:"KEY"`
	Format      string        `help:"Form of the report: table or json." enum:"table,json" default:"table" short:"f"`
	Lang        string        `help:"Language of the report: en or id." enum:"en,id" default:"${lang}" env:"KAWASAN_LANG"`
	All         bool          `help:"Also list what works." short:"a"`
}

// Help says what to expect.
func (checkCommand) Help() string {
	return `Asks the server as QGIS, GDAL, ArcGIS and OWSLib do, and says client by client what works, what does
not, and why. It only reads, and asks no other host. The exit code is 1 if anything fails; what a server
does not offer, and the client does without, is no failure.

  kawasan check http://127.0.0.1:8080
  kawasan check https://demo.example.org/ogc --collections 10 --all`
}

// Run checks and reports.
func (c *checkCommand) Run(ctx context.Context, std streams) error {
	if c.Collections < 1 || c.Requests < 1 {
		return geo.Errorf(geo.Invalid, "--collections or --requests is below 1").Try("1 or more")
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	report, err := clients.Check(ctx, c.sender(), c.URL, clients.Options{Collections: c.Collections, Requests: c.Requests})
	if err != nil {
		return err
	}
	if c.Format == "json" {
		e := json.NewEncoder(std.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(report); err != nil {
			return geo.Errorf(geo.Internal, "the report can't be written").Because(err)
		}
	} else {
		c.print(std.out, report)
	}
	if n := report.Count(clients.Fails); n > 0 {
		return geo.Errorf(geo.Conflict, "%d features do not work for a client", n).Try("what the report says under each")
	}
	return nil
}

// sender asks over HTTP and follows redirects within the host alone.
func (c *checkCommand) sender() clients.Sender {
	client := &http.Client{
		Timeout: 30 * time.Second,
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) >= 5 || r.URL.Host != via[0].URL.Host {
				return http.ErrUseLastResponse
			}
			return nil
		},
	}
	return func(r *http.Request) (*http.Response, error) {
		if c.Key != "" {
			r.Header.Set("Authorization", "Bearer "+c.Key)
		}
		return client.Do(r)
	}
}

// mark stands before each feature.
func (c *checkCommand) mark(o clients.Outcome) string {
	words := map[clients.Outcome]geo.Text{
		clients.Works:     {EN: "works", ID: "berhasil"},
		clients.Fails:     {EN: "FAILS", ID: "GAGAL"},
		clients.Missing:   {EN: "not offered", ID: "tidak tersedia"},
		clients.Unchecked: {EN: "not checked", ID: "tidak diperiksa"},
	}
	return words[o].In(c.Lang)
}

func (c *checkCommand) print(w io.Writer, report *clients.Report) {
	for _, one := range report.Clients {
		works := 0
		for _, f := range one.Features {
			if f.Outcome == clients.Works {
				works++
			}
		}
		_, _ = fmt.Fprintf(w, "%s (%s): %d/%d\n", one.Name, one.Version, works, len(one.Features))
		for _, f := range one.Features {
			if f.Outcome == clients.Works && !c.All {
				continue
			}
			_, _ = fmt.Fprintf(w, "  %-15s %s\n", c.mark(f.Outcome), f.Title.In(c.Lang))
			if why := f.Why.In(c.Lang); why != "" {
				_, _ = fmt.Fprintf(w, "  %-15s %s\n", "", why)
			}
			if f.Request != "" {
				_, _ = fmt.Fprintf(w, "  %-15s %s\n", "", f.Request)
			}
		}
	}
	cut := geo.Text{}
	if report.Cut {
		cut = geo.Text{EN: "; stopped before all was checked", ID: "; dihentikan sebelum semuanya diperiksa"}
	}
	_, _ = fmt.Fprintf(w, geo.Text{EN: "%d requests%s\n", ID: "%d permintaan%s\n"}.In(c.Lang), report.Requests, cut.In(c.Lang))
}
