package api_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/geotest"
)

// bulky is a collection of so many features of 256 kB each.
func bulky(n int) *geotest.Layer {
	l := geotest.NewLayer("bulky", "Point", geotest.Prop("name", geo.String))
	text := strings.Repeat("x", 256<<10)
	for i := range n {
		l.Add(fmt.Sprintf("f%03d", i), orb.Point{116, 0}, geotest.Values{"name": text})
	}
	return l
}

// ask sends a request on a connection of its own whose receive buffer is small.
func ask(t *testing.T, base, target string) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	conn, _ := c.(*net.TCPConn)
	if err := conn.SetReadBuffer(32 << 10); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "GET "+target+" HTTP/1.1\r\nHost: example.test\r\nConnection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	return conn
}

// A client that takes nothing of a stream, or next to nothing, is cut off, and others get its place.
func TestClientThatStalls(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]int{"takes nothing": 0, "takes a little": 512} {
		for _, target := range []string{"/collections/bulky/items?f=csv", "/collections/bulky/items?limit=1000"} {
			t.Run(name+" of "+target, func(t *testing.T) {
				t.Parallel()
				r := &slow{Reader: geotest.NewReader(bulky(100))}
				r.next = func(ctx context.Context, _ int) error { return ctx.Err() }
				s := newServer(t, func(c *api.Config) {
					c.Reader, c.Limits.Buffer, c.Limits.Exports, c.Limits.Stalled = r, 1, 1, 300*time.Millisecond
				})
				conn := ask(t, serve(t, s), target)
				var took atomic.Int64
				for until := time.Now().Add(time.Minute); r.closed.Load() == 0; time.Sleep(20 * time.Millisecond) {
					if time.Now().After(until) {
						t.Fatal("the stream goes on")
					}
					if read > 0 {
						n, _ := io.CopyN(io.Discard, conn, int64(read))
						took.Add(n)
					}
				}
				if took.Load() > 24<<20 {
					t.Errorf("it was cut off after %d bytes", took.Load())
				}
			})
		}
	}
}

// A client that takes its time, but goes on taking, gets all of it, however long that is.
func TestClientThatIsSlow(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"/collections/bulky/items?f=csv", "/collections/bulky/items?limit=1000"} {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			const stalled = 2 * time.Second // for 64 KiB, which take this client some 50 ms; for a feature it would be short on a busy machine
			s := newServer(t, func(c *api.Config) {
				c.Reader, c.Limits.Buffer, c.Limits.Stalled = geotest.NewReader(bulky(40)), 1, stalled
			})
			conn := ask(t, serve(t, s), target)
			began, n := time.Now(), int64(0)
			for {
				time.Sleep(50 * time.Millisecond)
				more, err := io.CopyN(io.Discard, conn, 64<<10)
				if n += more; err != nil {
					break
				}
			}
			if n <= 40*256<<10 {
				t.Errorf("cut off after %d bytes", n)
			}
			if took := time.Since(began); took < 2*stalled {
				t.Errorf("it took only %s: no test", took)
			}
		})
	}
}

// HTTP/1.0 has no chunks: its clients are told the length, and nothing that broke off looks complete.
func TestAnswersOfHTTP10(t *testing.T) {
	t.Parallel()
	targets := []string{"/collections/mills/items?limit=1000"}
	for _, f := range format.All() {
		if f.Streaming {
			targets = append(targets, "/collections/mills/items?f="+f.Name)
		}
	}
	for _, target := range targets {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, func(c *api.Config) { c.Limits.Buffer = 1 })
			request := func(method, version, more string) string {
				return method + " " + target + " HTTP/" + version + "\r\nHost: example.test\r\n" + more + "\r\n"
			}
			chunked, want, err := dial(t, s, request("GET", "1.1", "Connection: close\r\n"))
			if err != nil || len(chunked.TransferEncoding) == 0 {
				t.Fatalf("HTTP/1.1: got %+v, %v; want chunks", chunked, err)
			}
			for _, more := range []string{"", "Accept-Encoding: gzip\r\n"} {
				r, body, err := dial(t, s, request("GET", "1.0", more))
				if err != nil || r.StatusCode != http.StatusOK || len(r.TransferEncoding) != 0 || r.Header.Get("Content-Length") != strconv.Itoa(len(body)) {
					t.Fatalf("%q: got %+v, %d bytes, %v", more, r, len(body), err)
				}
				if plain, err := decoded(answer{header: r.Header, body: body}); err != nil || !bytes.Equal(plain, want) {
					t.Errorf("%q: got other bytes than in chunks: %d, %d, %v", more, len(plain), len(want), err)
				}
			}
			if r, body, err := dial(t, s, request("HEAD", "1.0", "")); r == nil || r.StatusCode != http.StatusOK || len(body) != 0 { // its length is that of a GET
				t.Errorf("HEAD: got %+v, %d bytes, %v", r, len(body), err)
			}
			for name, fail := range map[string]func() error{"error": func() error { return errors.New("the disk is gone") }, "panic": func() error { panic("broken") }} {
				dir, broken := t.TempDir(), &slow{Reader: geotest.Shipped(t)}
				broken.next = func(_ context.Context, n int) error {
					if n == 15 {
						return fail()
					}
					return nil
				}
				s := newServer(t, func(c *api.Config) { c.Reader, c.Limits.Buffer, c.Exports.Dir = broken, 1, dir })
				if r, _, err := dial(t, s, request("GET", "1.0", "")); err == nil && r.StatusCode != http.StatusInternalServerError {
					t.Errorf("%s: got %+v; want a problem", name, r)
				}
				if broken.closed.Load() != broken.started.Load() {
					t.Errorf("%s: the query was not closed", name)
				}
			}
		})
	}
}
