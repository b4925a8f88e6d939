package api_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"kawasan/api"
)

// serve listens on a real socket until the test ends.
func serve(t *testing.T, s *api.Server) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Listen(l) }()
	t.Cleanup(func() {
		if err := s.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		<-done
	})
	return "http://" + l.Addr().String()
}

// dial serves on a real socket and sends raw bytes to it. The response is nil
// when the connection ends before its headers.
func dial(t *testing.T, s *api.Server, request string) (*http.Response, []byte, error) {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(serve(t, s), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	go func() { _, _ = io.WriteString(c, request) }()
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return nil, nil, err
	}
	body, err := io.ReadAll(r.Body)
	return r, body, err
}

func TestRequestsThatHTTPRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, request string
		want          int
	}{
		{"a query of 1 MB", "GET /collections?x=" + strings.Repeat("a", 1<<20) + " HTTP/1.1\r\nHost: h\r\n\r\n", 431},
		{"an unknown method", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 405},
		{"no host", "GET / HTTP/1.1\r\n\r\n", 400},
		{"a host that is markup", "GET / HTTP/1.1\r\nHost: <b>\r\n\r\n", 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, body, err := dial(t, newServer(t), c.request)
			if r == nil {
				t.Fatal(err)
			}
			if r.StatusCode != c.want || r.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("got %d %s %s, want %d", r.StatusCode, r.Header.Get("Content-Type"), body, c.want)
			}
		})
	}
}

// Proxies ask for health in HTTP/1.0, which needs no Host; links then name the address asked.
func TestHTTP10WithoutHost(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"/healthz": `"status"`, "/": `"href":"http://127.0.0.1:`} {
		r, body, err := dial(t, newServer(t), "GET "+path+" HTTP/1.0\r\n\r\n")
		if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: got %v %v %s, want %s", path, r, err, body, want)
		}
	}
}

// TestStreamed holds a streamed page against the same page from memory.
func TestStreamed(t *testing.T) {
	t.Parallel()
	const target = "/collections/mills/items?limit=1000"
	want := get(t, newServer(t), target, "Host", "h").body
	s := newServer(t, func(c *api.Config) { c.Limits.Buffer = 1000 })
	r, body, err := dial(t, s, "GET "+target+" HTTP/1.1\r\nHost: example.test\r\n\r\n")
	if err != nil || r == nil || r.ContentLength >= 0 {
		t.Fatalf("not streamed: length %d, %v", r.ContentLength, err)
	}
	if got := bytes.ReplaceAll(body, []byte("//example.test"), []byte("//h")); !bytes.Equal(got, want) {
		t.Errorf("the stream differs: %d bytes, want %d", len(got), len(want))
	}
}
