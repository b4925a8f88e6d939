package clients

import (
	"context"
	"net/url"

	"kawasan/geo"
)

// Options bound a check.
type Options struct {
	// Only names the one client to replay; empty means all.
	Only string
	// Collections checked in detail, the first that the server lists; default 3.
	Collections int
	// Requests sent at most; default 400.
	Requests int
	// Pages followed at most in one go; default 4.
	Pages int
}

func (o Options) withDefaults() Options {
	if o.Collections == 0 {
		o.Collections = 3
	}
	if o.Requests == 0 {
		o.Requests = 400
	}
	if o.Pages == 0 {
		o.Pages = 4
	}
	return o
}

// program is a client that can be replayed.
type program struct {
	name, version string
	headers       []string
	features      []string // in the order in which they are told
	ask           func(*session)
}

func programs() []program {
	return []program{qgis(), gdal(), arcgis(), owslib()}
}

// Check replays all clients against the server at an address, its landing page.
// It asks that host alone, and ends with ctx. The error is Invalid for an address
// that is none.
func Check(ctx context.Context, send Sender, address string, options Options) (*Report, error) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil, geo.Errorf(geo.Invalid, "the address %q is not that of a server", address).Try("a URL such as http://127.0.0.1:8080")
	}
	base.RawQuery, base.Fragment = "", ""
	options = options.withDefaults()
	report := &Report{}
	left := options.Requests
	for _, p := range programs() {
		if options.Only != "" && options.Only != p.name {
			continue
		}
		c := &Client{Name: p.name, Version: p.version}
		for _, key := range p.features {
			c.feature(key)
		}
		report.Clients = append(report.Clients, c)
		p.ask(&session{ctx: ctx, send: send, base: base, headers: p.headers, left: &left, options: options, client: c})
	}
	report.Requests = options.Requests - left
	report.Cut = left <= 0 || ctx.Err() != nil
	return report, nil
}

// chosen are the collections to check in detail.
func (s *session) chosen(list []collection) []collection {
	return list[:min(len(list), s.options.Collections)]
}
