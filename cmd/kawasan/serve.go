package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/format/geojson"
	"kawasan/geo/postgis"
	"kawasan/geo/snapshot"
	"kawasan/geo/zone"
)

// serveCommand is 'kawasan serve'.
type serveCommand struct {
	databaseFlags
	Listen         string        `help:"Address and port to listen on." default:"127.0.0.1:8080" env:"KAWASAN_LISTEN"`
	BaseURL        string        `help:"Public address of this server, for links. Default: what each request names." env:"KAWASAN_BASE_URL" placeholder:"URL"`
	TrustedProxies []string      `help:"Proxies whose X-Forwarded headers count, as addresses or ranges." env:"KAWASAN_TRUSTED_PROXIES" placeholder:"ADDR"`
	CORSOrigins    []string      `help:"Origins whose pages may read the answers. Default: all." name:"cors-origins" env:"KAWASAN_CORS_ORIGINS" placeholder:"ORIGIN"`
	EmbedOrigins   []string      `help:"Origins whose pages may show the map in a frame (/map/embed); * for all. Default: this server's own." env:"KAWASAN_EMBED_ORIGINS" placeholder:"ORIGIN"`
	OnlineBase     string        `help:"Address of the tiles of an online map that users may put below ours, with {z}, {x} and {y}." env:"KAWASAN_ONLINE_BASE" placeholder:"URL"`
	OnlineBaseBy   string        `help:"Who made the online map, as shown on it." name:"online-base-attribution" env:"KAWASAN_ONLINE_BASE_ATTRIBUTION" placeholder:"TEXT"`
	NoMigrate      bool          `help:"Do not migrate or load at start; 'kawasan migrate' has done it." env:"KAWASAN_NO_MIGRATE"`
	Memory         int           `help:"Most memory, in MB, for collections held ready; what does not fit is read from the database. -1 means a quarter of the machine's, 0 none." default:"-1" env:"KAWASAN_MEMORY" placeholder:"MB"`
	MetricsListen  string        `help:"Where figures for Prometheus are read: an address of their own such as 127.0.0.1:9464, or at /metrics of the server: local (only by programs on this machine, if no proxy is configured), public or off." default:"local" env:"KAWASAN_METRICS_LISTEN" placeholder:"ADDR"`
	ExportDir      string        `help:"Folder in which files for download are built and kept. Default: the system's for temporary files." type:"existingdir" env:"KAWASAN_EXPORT_DIR" placeholder:"DIR"`
	ExportCache    int64         `help:"How many MB of finished files are kept for the next request." default:"1024" env:"KAWASAN_EXPORT_CACHE" placeholder:"MB"`
	Exports        int           `help:"How many large files are made at once; who asks for one more is asked to come again." default:"4" env:"KAWASAN_EXPORTS"`
	Grace          time.Duration `help:"How long requests in progress may take when stopping." default:"10s" env:"KAWASAN_GRACE"`
}

// Help teaches by example.
func (serveCommand) Help() string {
	return `Examples:

  kawasan serve
      starts a private database in the data directory and serves on http://127.0.0.1:8080

  kawasan serve --database-url postgres://kawasan:secret@db/gis --listen :8080
      serves from an existing PostGIS, on all addresses of this machine

  kawasan serve --base-url https://data.example.org/kawasan --trusted-proxies 10.0.0.0/8
      behind a reverse proxy`
}

// Validate refuses settings that can't work, before anything is started.
func (c *serveCommand) Validate() error {
	if err := c.databaseFlags.Validate(); err != nil {
		return err
	}
	switch {
	case c.Exports < 1:
		return geo.Invalidf("--exports", "--exports is %d", c.Exports).Try("1 or more")
	case c.ExportCache < 0:
		return geo.Invalidf("--export-cache", "--export-cache is %d", c.ExportCache).Try("a number of MB, 0 for none")
	case c.Grace < 0:
		return geo.Invalidf("--grace", "--grace is %s", c.Grace).Try("a time such as 10s, 0s for none")
	case c.Memory < -1:
		return geo.Invalidf("--memory", "--memory is %d", c.Memory).Try("a number of MB, 0 for none, -1 for a quarter of the machine's")
	}
	if strings.Contains(c.MetricsListen, ":") || metricsAccess(c.MetricsListen) == api.MetricsAccess(c.MetricsListen) {
		return nil
	}
	return geo.Invalidf("--metrics-listen", "--metrics-listen is %q", c.MetricsListen).Try("local, public, off, or an address such as 127.0.0.1:9464")
}

// Run serves until the context ends.
func (c *serveCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	// The port comes first: if it is taken, nothing else should have been touched.
	listener, err := listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	progress := progressTo(std.err)
	d, err := c.start(ctx, log, progress)
	if err != nil {
		return err
	}
	defer d.stop(log)
	if c.NoMigrate {
		err = postgis.Migrated(ctx, d.options)
	} else {
		err = d.prepare(ctx, progress)
	}
	if err != nil {
		return err
	}
	temp, remove, err := scratch(c.ExportDir, log)
	if err != nil {
		return err
	}
	defer remove()
	machine := machineMemory()
	boundHeap(machine)
	site, err := openSite(ctx, d.options, collectionsMemory(c.Memory, machine), log)
	if err != nil {
		return err
	}
	defer site.close()
	registry := newRegistry(site)
	if strings.Contains(c.MetricsListen, ":") {
		stop, err := serveMetrics(ctx, c.MetricsListen, registry, log)
		if err != nil {
			return err
		}
		defer stop()
	}
	config := c.config(site, registry, temp, log)
	config.TileMemory = tileMemory(c.Memory, machine)
	server, err := api.New(config)
	if err != nil {
		return err
	}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Listen(listener) }()
	progress("ready: http://" + listener.Addr().String() + "/")
	select {
	case err := <-stopped:
		return geo.Errorf(geo.Internal, "the server has stopped by itself").Because(err)
	case <-ctx.Done():
	}
	log.Info("stopping; requests in progress are finished", "grace", c.Grace.String())
	site.draining.Store(true)
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.Grace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		log.Warn("some requests were cut off", "error", err)
	}
	return nil
}

// onlineBase is the map of another host that the operator offers; nil without one.
func (c *serveCommand) onlineBase() *api.OnlineBase {
	if c.OnlineBase == "" {
		return nil
	}
	return &api.OnlineBase{Tiles: c.OnlineBase, Attribution: c.OnlineBaseBy}
}

func (c *serveCommand) config(site *site, registry *prometheus.Registry, temp string, log *slog.Logger) api.Config {
	return api.Config{
		EmbedOrigins: c.EmbedOrigins, OnlineBase: c.onlineBase(),
		Reader: zone.Connectivity(site.reader, inMemory), Log: log, BaseURL: c.BaseURL, TrustedProxies: c.TrustedProxies, CORSOrigins: c.CORSOrigins,
		Version: version, Ready: site.ready, DataAge: site.dataAge, Fresh: site.fresh,
		Metrics: registry, MetricsAccess: metricsAccess(c.MetricsListen),
		Origins: originsOf(site.store),
		Exports: api.Exports{Dir: temp, Keep: c.ExportCache << 20}, Limits: api.Limits{Exports: c.Exports},
	}
}

// listen opens the port, or says why it can't.
func listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	switch {
	case err == nil:
		return listener, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, geo.Errorf(geo.Conflict, "the address %s is taken by another program", address).Because(err).Try("another one, such as --listen 127.0.0.1:8081")
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, geo.Errorf(geo.Invalid, "the address %s is none of this machine", address).Because(err).Try("an address of this machine, such as --listen 127.0.0.1:8080, or --listen :8080 for all of them")
	case errors.Is(err, os.ErrPermission):
		return nil, geo.Errorf(geo.Conflict, "the address %s may not be used by this user", address).Because(err).Try("a port from 1024 up, such as --listen 127.0.0.1:8080")
	}
	return nil, geo.Errorf(geo.Invalid, "the address %q can't be listened on", address).Because(err).Try("host and port, such as --listen 127.0.0.1:8080")
}

// site is the open store with the views in memory that stand before it.
type site struct {
	store    *postgis.Store
	reader   *snapshot.Reader
	cancel   context.CancelFunc
	draining atomic.Bool
	done     chan struct{}
}

// openSite opens the store, and begins to build the views and to follow changes.
func openSite(ctx context.Context, options postgis.Options, budget int64, log *slog.Logger) (*site, error) {
	store, err := postgis.Open(ctx, options)
	if err != nil {
		return nil, err
	}
	s := &site{store: store, done: make(chan struct{})}
	s.reader = snapshot.NewReader(store, snapshot.ReaderOptions{Options: snapshot.Options{Encode: encode, ShapesWithin: min(budget/16, shapesMemory)}, Budget: budget, Log: log})
	// What is small is there before the first request; what is not follows while requests are answered.
	loading, stop := context.WithTimeout(ctx, loadBeforeServing)
	defer stop()
	if err := s.reader.Load(loading); err != nil && loading.Err() == nil {
		store.Close()
		return nil, err
	}
	following, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.cancel = cancel
	go func() {
		defer close(s.done)
		_ = s.reader.Follow(following, feed{store}) // ends with its context alone
	}()
	return s, nil
}

// shapesMemory is what the shapes for measuring may take of one collection; beyond
// it they are made when wanted, in some 20 ns a position.
const shapesMemory = 64 << 20

// loadBeforeServing is how long the start waits for collections to be in memory.
const loadBeforeServing = 2 * time.Second

// encode makes the GeoJSON that is held ready for each feature.
func encode(dst []byte, f *geo.Feature) ([]byte, error) {
	return geojson.AppendFeature(dst, f, geojson.Options{})
}

func (s *site) close() {
	s.cancel()
	<-s.done
	s.store.Close()
}

// ready reports why requests should go elsewhere.
func (s *site) ready(ctx context.Context) error {
	if s.draining.Load() {
		return geo.Errorf(geo.Unavailable, "this server is stopping").Try("the same request a little later")
	}
	return s.store.Ping(ctx)
}

// fresh waits until the views in memory have what was committed before a time.
func (s *site) fresh(ctx context.Context, since time.Time) error {
	s.store.Look()
	return s.reader.Fresh(ctx, since)
}

// dataAge gives the seconds since the views in memory were last known to be what the database has.
func (s *site) dataAge() (float64, bool) { return s.reader.DataAge().Seconds(), true }
