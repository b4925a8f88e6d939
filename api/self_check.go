package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kawasan/api/clients"
	"kawasan/geo"
)

const (
	selfCheckPath = "/self-check"
	// selfCheckHost stands for this server in what it asks itself.
	selfCheckHost = "localhost"
)

// selfCheck remembers the last check: one runs at a time, and none again while
// the data are the same.
type selfCheck struct {
	turn   chan struct{} // holds a token while a check runs
	state  string
	report *clients.Report
}

type selfCheckDocument struct {
	Title    string          `json:"title"`
	Links    []link          `json:"links"`
	Works    bool            `json:"works"`
	Complete bool            `json:"complete"`
	Requests int             `json:"requests"`
	Clients  []checkedClient `json:"clients"`
}

type checkedClient struct {
	Name     string           `json:"name"`
	Version  string           `json:"version"`
	Features []checkedFeature `json:"features"`
}

type checkedFeature struct {
	Feature string          `json:"feature"`
	Title   string          `json:"title"`
	Outcome clients.Outcome `json:"outcome"`
	Why     string          `json:"why,omitempty"`
	Request string          `json:"request,omitempty"`
}

// checkSelf answers /self-check: what QGIS, GDAL, ArcGIS and OWSLib get to work here.
func (s *Server) checkSelf(x *exchange) error {
	state := x.stateOf(x.catalogue.Collections...)
	report, err := s.checked(x, fmt.Sprint(state.structure, state.on, x.principal.Name))
	if err != nil {
		return err
	}
	d := selfCheckDocument{
		Title: x.say("self-check"), Links: x.selfLinks(), Requests: report.Requests,
		Works: report.Count(clients.Fails) == 0, Complete: !report.Cut, Clients: []checkedClient{},
	}
	for _, c := range report.Clients {
		one := checkedClient{Name: c.Name, Version: c.Version}
		for _, f := range c.Features {
			one.Features = append(one.Features, checkedFeature{
				Feature: f.Key, Title: f.Title.In(x.lang), Outcome: f.Outcome, Why: f.Why.In(x.lang),
				Request: strings.Replace(f.Request, s.selfBase(), "", 1),
			})
		}
		d.Clients = append(d.Clients, one)
	}
	return x.sendDocument(state, "self-check", d)
}

// selfBase is the address under which the server asks itself.
func (s *Server) selfBase() string {
	if s.config.BaseURL != "" {
		return s.config.BaseURL
	}
	return "http://" + selfCheckHost
}

// checked gives the report for a state of the data. While another check runs it waits.
func (s *Server) checked(x *exchange, state string) (*clients.Report, error) {
	select {
	case s.selfCheck.turn <- struct{}{}:
	case <-x.ctx.Done():
		return nil, geo.Errorf(geo.Unavailable, "another check runs at this moment").Try("ask again in a few seconds")
	}
	defer func() { <-s.selfCheck.turn }()
	if s.selfCheck.report != nil && s.selfCheck.state == state {
		return s.selfCheck.report, nil
	}
	// What is found out by then is told in the time that a request has.
	ctx, cancel := context.WithTimeout(x.ctx, s.config.Limits.Timeout*2/3)
	defer cancel()
	report, err := clients.Check(ctx, s.askSelf(x), s.selfBase(), clients.Options{})
	if err != nil {
		return nil, err
	}
	if !report.Cut {
		s.selfCheck.state, s.selfCheck.report = state, report
	}
	return report, nil
}

// askSelf hands requests to this server inside the process: nothing leaves it,
// and the check does not ask for itself. Keys go along with them.
func (s *Server) askSelf(x *exchange) clients.Sender {
	prefix := ""
	if base, err := url.Parse(s.selfBase()); err == nil {
		prefix = strings.TrimSuffix(base.Path, "/")
	}
	keys := map[string]string{}
	for _, name := range []string{fiber.HeaderAuthorization, "X-API-Key"} {
		if text := x.Get(name); text != "" {
			keys[name] = text
		}
	}
	for _, name := range []string{"api_key", "token"} {
		if text, ok := x.values.get(name); ok && len(keys) == 0 {
			keys["X-API-Key"] = text
		}
	}
	return func(r *http.Request) (*http.Response, error) {
		path := strings.TrimPrefix(r.URL.Path, prefix)
		if path == selfCheckPath {
			return nil, geo.Errorf(geo.Invalid, "a check does not ask for itself")
		}
		r.URL.Path, r.URL.RawPath, r.Host = path, strings.TrimPrefix(r.URL.RawPath, prefix), selfCheckHost
		if r.URL.Path == "" {
			r.URL.Path = "/"
		}
		for name, text := range keys {
			r.Header.Set(name, text)
		}
		left := time.Minute
		if deadline, ok := r.Context().Deadline(); ok {
			left = time.Until(deadline)
		}
		return s.app.Test(r, max(1, int(left.Milliseconds())))
	}
}
