package clients

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"kawasan/geo"
)

// Sender sends one request. It must not follow redirects to other hosts.
type Sender func(*http.Request) (*http.Response, error)

// maxAnswer bounds what is read of one answer, in bytes.
const maxAnswer = 64 << 20

// errSpent says that the requests or the time allowed are used up.
var errSpent = errors.New("the check has used up what it may cost")

// session is one client at work on one server.
type session struct {
	ctx     context.Context //nolint:containedctx // one check, begun and ended together
	send    Sender
	base    *url.URL
	headers []string // of every request: name, value, name, value ...
	left    *int     // requests that may still be sent
	options Options
	client  *Client
	last    string // the last request, as method and address
}

// answer is a complete answer.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// step runs one feature's check and records its outcome. Asked again for the same
// feature (of another collection), the first thing that went wrong stays.
func (s *session) step(key string, check func() error) bool {
	f := s.client.feature(key)
	err := check()
	var known *fault
	switch {
	case err == nil:
		if f.Outcome == Unchecked {
			f.Outcome = Works
		}
		return true
	case errors.Is(err, errSpent):
		return false
	case !errors.As(err, &known):
		known = failed("%v", "%v", err) //nolint:forcetypeassert // made here
	}
	if f.Outcome == Unchecked || f.Outcome == Works || (f.Outcome == Missing && known.outcome == Fails) {
		f.Outcome, f.Why, f.Request = known.outcome, known.text, ""
		if f.Outcome == Fails {
			f.Request = s.last
		}
	}
	return false
}

func (c *Client) feature(key string) *Feature {
	for _, f := range c.Features {
		if f.Key == key {
			return f
		}
	}
	f := &Feature{Key: key, Title: titles()[key], Outcome: Unchecked}
	c.Features = append(c.Features, f)
	return f
}

// failed makes the reason why something does not work, in both languages.
func failed(en, id string, args ...any) *fault {
	return &fault{geo.Text{EN: fmt.Sprintf(en, args...), ID: fmt.Sprintf(id, args...)}, Fails}
}

// missing makes the reason why a client has to do without something.
func missing(en, id string, args ...any) *fault {
	f := failed(en, id, args...)
	f.outcome = Missing
	return f
}

// at makes an address below the base of the server.
func (s *session) at(path string) string { return strings.TrimRight(s.base.String(), "/") + path }

// get asks for an address as a link or a rule of the client gives it.
func (s *session) get(href string, headers ...string) (*answer, error) {
	return s.do(http.MethodGet, href, "", headers...)
}

// do sends a request to the server that is checked, and to no other.
func (s *session) do(method, href, body string, headers ...string) (*answer, error) {
	target, err := url.Parse(href)
	if err != nil {
		return nil, failed("the link %q is not an address", "tautan %q bukan alamat", href)
	}
	s.last = method + " " + href
	if !target.IsAbs() {
		return nil, failed("the link %q is relative, which this client can't follow", "tautan %q relatif, yang tidak dapat diikuti klien ini", href)
	}
	if !strings.EqualFold(target.Host, s.base.Host) {
		return nil, failed("the link leads to another host, %s, which is not asked", "tautan menuju host lain, %s, yang tidak ditanyai", target.Host)
	}
	if *s.left <= 0 || s.ctx.Err() != nil {
		return nil, errSpent
	}
	*s.left--
	r, err := http.NewRequestWithContext(s.ctx, method, href, strings.NewReader(body))
	if err != nil {
		return nil, failed("the link %q is not an address", "tautan %q bukan alamat", href)
	}
	for _, list := range [][]string{s.headers, headers} {
		for i := 0; i+1 < len(list); i += 2 {
			r.Header.Set(list[i], list[i+1])
		}
	}
	response, err := s.send(r)
	if err != nil {
		if s.ctx.Err() != nil {
			return nil, errSpent
		}
		return nil, failed("no answer: %v", "tidak ada jawaban: %v", err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, failed("the answer was cut short", "jawaban terputus")
	}
	return &answer{response.StatusCode, response.Header, content}, nil
}

// refusal says that an answer is not the one expected.
func refusal(a *answer) *fault {
	var p struct{ Detail, Title string }
	_ = json.Unmarshal(a.body, &p) // the reason is a courtesy
	reason := p.Detail
	if reason == "" {
		reason = p.Title
	}
	if len(reason) > 300 {
		reason = reason[:300] + "…"
	}
	if reason == "" {
		return failed("the answer is %d %s", "jawabannya %d %s", a.status, http.StatusText(a.status))
	}
	return failed("the answer is %d: %s", "jawabannya %d: %s", a.status, reason)
}

// read asks for a JSON document.
func read[T any](s *session, href string, headers ...string) (*T, *answer, error) {
	a, err := s.get(href, headers...)
	if err != nil {
		return nil, nil, err
	}
	if a.status != http.StatusOK {
		return nil, a, refusal(a)
	}
	var v T
	if err := json.Unmarshal(a.body, &v); err != nil {
		return nil, a, failed("the answer is no JSON of the expected form: %v", "jawaban bukan JSON dalam bentuk yang diharapkan: %v", err)
	}
	return &v, a, nil
}
