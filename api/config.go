package api

import (
	"context"
	"log/slog"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kawasan/geo"
)

// Config says what a Server serves and how. Only Reader is required.
type Config struct {
	// Reader answers every question about features.
	Reader geo.Reader
	// Log receives one line a request and every hidden cause; nil discards them.
	Log *slog.Logger
	// BaseURL is the public address (scheme, host, prefix; no trailing slash) that
	// every link starts with. Empty takes it from each request.
	BaseURL string
	// TrustedProxies are addresses or CIDR ranges whose X-Forwarded-* headers count.
	TrustedProxies []string
	// CORSOrigins are the origins whose pages may read answers; empty means all.
	CORSOrigins []string
	// Version is the version of the program, shown to people and part of each ETag.
	Version string
	// Ready reports why requests can't be answered now; nil means always ready.
	Ready func(context.Context) error
	// DataAge gives the seconds since the data were last known to be current.
	DataAge func() (seconds float64, known bool)
	// Fresh waits until answers have what was committed before a time; nil means that
	// they always have.
	Fresh func(ctx context.Context, since time.Time) error
	// Authorise turns a key (bearer token, X-API-Key, api_key or token) into who
	// asks; an empty key is the public. Nil lets everyone read and ignores keys.
	Authorise func(ctx context.Context, key string) (geo.Principal, error)
	// Metrics takes what is counted; nil: a registry of the server's own.
	Metrics *prometheus.Registry
	// MetricsAccess says who may read /metrics; empty means MetricsLocal.
	MetricsAccess MetricsAccess
	// Origins names the files that a collection came from, with their hashes, for
	// the files that say so; nil says nothing.
	Origins func(ctx context.Context, collection string) (string, error)
	// Exports says where files for download are built and kept.
	Exports Exports
	// TileMemory is how many bytes the collections may take that are held projected
	// for tiles; default 256 MiB.
	TileMemory int64
	// EmbedOrigins are the origins whose pages may show the map in a frame
	// (/map/embed), such as https://example.org; * is all, empty only this server's own.
	EmbedOrigins []string
	// OnlineBase is a map of another host below the map; nil leaves the one built in.
	OnlineBase *OnlineBase
	// Limits bound what one request may cost.
	Limits Limits
}

// Exports says where files for download are built and kept. A zero field takes the default.
type Exports struct {
	// Dir is an existing folder; default the system's for temporary files.
	Dir string
	// Keep is how many bytes of finished files are kept for the next request, the
	// ones used last first; default 1 GiB.
	Keep int64
}

// Limits bound what one request may cost. A zero field takes the default.
type Limits struct {
	// Timeout ends the work on one answer; default 30 s.
	Timeout time.Duration
	// Body is the largest request body in bytes; default 10 MiB.
	Body int
	// Header is the largest request line with headers in bytes; default 64 KiB.
	Header int
	// Read, Write and Idle bound a connection; defaults 15 s, 120 s, 120 s.
	Read, Write, Idle time.Duration
	// Stalled is how long a client may be waited for until it has taken another 64 KiB of an
	// answer that is sent at its pace; then it is cut off. Default 30 s.
	Stalled time.Duration
	// Connections served at once; default 8192.
	Connections int
	// Buffer is the size in bytes above which an answer is streamed; default 4 MiB.
	Buffer int
	// Export ends the work on one file for download; default 15 minutes.
	Export time.Duration
	// Exports is how many large files are made at once; default 4.
	Exports int
}

func (c Config) withDefaults() Config {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Version == "" {
		c.Version = "dev"
	}
	orDefault(&c.Limits.Timeout, 30*time.Second)
	orDefault(&c.Limits.Body, 10<<20)
	orDefault(&c.Limits.Header, 64<<10)
	orDefault(&c.Limits.Read, 15*time.Second)
	orDefault(&c.Limits.Write, 120*time.Second)
	orDefault(&c.Limits.Stalled, 30*time.Second)
	orDefault(&c.Limits.Idle, 120*time.Second)
	orDefault(&c.Limits.Connections, 8192)
	orDefault(&c.Limits.Buffer, 4<<20)
	orDefault(&c.Limits.Export, 15*time.Minute)
	orDefault(&c.Limits.Exports, 4)
	orDefault(&c.Exports.Dir, os.TempDir())
	orDefault(&c.Exports.Keep, 1<<30)
	return c
}

func orDefault[T comparable](v *T, value T) {
	var zero T
	if *v == zero {
		*v = value
	}
}
