package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/zone"
)

// askFlags are shared by the commands that ask a question. A question is a
// request to the API: of a server, or of one inside this process that lives as
// long as the question.
type askFlags struct {
	databaseFlags
	Server string `help:"Ask this server instead of a database, such as http://127.0.0.1:8080." env:"KAWASAN_SERVER" placeholder:"URL"`
	Key    string `help:"Key for the server, if it wants one." env:"KAWASAN_KEY" placeholder:"KEY"`
	Format string `help:"Form of the answer: table, csv, json or geojson." enum:"table,csv,json,geojson" default:"table" short:"f"`
	Output string `help:"File for the answer. Default: standard output." short:"o" placeholder:"FILE"`
	Lang   string `help:"Language of the answer: en or id." enum:"en,id" default:"${lang}" env:"KAWASAN_LANG"`
}

// formats are the codes of f= by the format asked for; a table is made from JSON.
var formats = map[string]string{"table": "json", "csv": "csv", "json": "json", "geojson": "json"}

// ask sends the question and gives the answer's body.
func (a *askFlags) ask(ctx context.Context, log *slog.Logger, path string, query url.Values) ([]byte, error) {
	query.Set("f", formats[a.Format])
	query.Set("lang", a.Lang)
	send, done, err := a.connect(ctx, log) //nolint:bodyclose // it is closed below
	if err != nil {
		return nil, err
	}
	defer done()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, path+"?"+query.Encode(), nil)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "the question can't be sent").Because(err)
	}
	if a.Key != "" {
		request.Header.Set("Authorization", "Bearer "+a.Key)
	}
	response, err := send(request)
	if err != nil {
		return nil, geo.Errorf(geo.Unavailable, "no server answers at %s", a.Server).Because(err).Try("the address of a running kawasan, or no --server")
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, geo.Errorf(geo.Unavailable, "the answer was cut short").Try("the same again in a moment").Because(err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, refusal(body, response.Status)
	}
	return body, nil
}

// connect gives a way to send requests, and what to do afterwards.
func (a *askFlags) connect(ctx context.Context, log *slog.Logger) (send func(*http.Request) (*http.Response, error), done func(), err error) {
	if a.Server != "" {
		base, err := url.Parse(strings.TrimRight(a.Server, "/"))
		if err != nil || base.Host == "" {
			return nil, nil, geo.Errorf(geo.Invalid, "the address %q is not that of a server", a.Server).Try("a URL such as http://127.0.0.1:8080")
		}
		client := &http.Client{Timeout: 2 * time.Minute}
		return func(r *http.Request) (*http.Response, error) {
			r.URL.Scheme, r.URL.Host, r.URL.Path, r.Host = base.Scheme, base.Host, base.Path+r.URL.Path, base.Host
			return client.Do(r)
		}, func() {}, nil
	}
	store, stop, err := a.openStore(ctx, log, true)
	if err != nil {
		return nil, nil, err
	}
	server, err := api.New(api.Config{Reader: zone.Connectivity(store, inMemory), Version: version})
	if err != nil {
		stop()
		return nil, nil, geo.Errorf(geo.Internal, "the question can't be set up").Because(err)
	}
	return func(r *http.Request) (*http.Response, error) {
		r.Host = "localhost"
		return server.App().Test(r, -1)
	}, stop, nil
}

// refusal turns a problem document into an error.
func refusal(body []byte, status string) error {
	var problem struct{ Detail, Title, Fix, Parameter string }
	if err := unmarshal(body, &problem); err != nil || problem.Detail+problem.Title == "" {
		return geo.Errorf(geo.Unavailable, "the server answers %s", status).Try("the address of a running kawasan, or no --server")
	}
	message := problem.Detail
	if message == "" {
		message = problem.Title
	}
	e := geo.Errorf(geo.Invalid, "%s", message)
	if problem.Fix != "" && !strings.Contains(message, problem.Fix) {
		e = e.Try("%s", problem.Fix)
	}
	return e
}

// answer writes what was asked for: the body as it came, or a table made of it.
func (a *askFlags) answer(std streams, body []byte, table func(io.Writer, tongue, []byte) error) (err error) {
	out := std.out
	if a.Output != "" {
		f, err := createOutput(a.Output)
		if err != nil {
			return err
		}
		defer func() {
			if e := f.Close(); e != nil && err == nil {
				err = e
			}
		}()
		out = f
	}
	if a.Format == "table" {
		return table(out, tongue(a.Lang), body)
	}
	_, err = out.Write(body)
	return err
}

// writeTexts prints the sentences for the memo, then what the answer rests on and does not say.
func writeTexts(w io.Writer, sentences, notes []string) {
	for _, texts := range [][]string{sentences, notes} {
		for _, text := range texts {
			_, _ = fmt.Fprintf(w, "\n%s\n", text)
		}
	}
}
