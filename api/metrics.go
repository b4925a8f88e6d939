package api

import (
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kawasan/geo"
)

// MetricsAccess says who may read /metrics on the address that serves the data.
type MetricsAccess string

const (
	// MetricsLocal means programs on this machine, while no proxy is configured.
	MetricsLocal MetricsAccess = "local"
	// MetricsPublic means everybody.
	MetricsPublic MetricsAccess = "public"
	// MetricsOff means nobody.
	MetricsOff MetricsAccess = "off"
)

var asMetrics = &representation{"prometheus", "text/plain; version=0.0.4; charset=utf-8", geo.Text{EN: "Prometheus metrics", ID: "Metrik Prometheus"}, false}

// metrics count what is answered. Labels are bounded: the route is that of an
// endpoint or "other", the method one that HTTP knows.
type metrics struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	bytes    *prometheus.CounterVec
	kept     struct{ hit, miss prometheus.Counter }
	cut      prometheus.Counter
	// inFlight are requests being answered, streams bodies still being written.
	inFlight, streams atomic.Int64
	routes            map[string]*routeMetrics
	handler           fiber.Handler
}

// newMetrics registers what the server counts.
func newMetrics(s *Server) (*metrics, error) {
	registry := s.config.Metrics
	if registry == nil {
		registry = prometheus.NewRegistry()
	}
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kawasan_http_requests_total", Help: "Requests answered, by route, method and status.",
		}, []string{"route", "method", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "kawasan_http_request_duration_seconds", Help: "Time until an answer was ready, or its stream began.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"route", "method"}),
		bytes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kawasan_http_response_bytes_total", Help: "Bytes of answer bodies, as sent.",
		}, []string{"route"}),
		cut: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kawasan_http_streams_cut_total", Help: "Streamed answers that ended before their end.",
		}),
		routes: map[string]*routeMetrics{},
	}
	looked := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "kawasan_http_kept_answers_total", Help: "Requests looked up among the answers that are kept, by result.",
	}, []string{"result"})
	m.kept.hit, m.kept.miss = looked.WithLabelValues("hit"), looked.WithLabelValues("miss")
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	for _, c := range []prometheus.Collector{
		m.requests, m.duration, m.bytes, looked, m.cut,
		gauge("kawasan_http_requests_in_flight", "Requests that are being answered.", func() float64 { return float64(m.inFlight.Load()) }),
		gauge("kawasan_http_streams_open", "Streamed answers that are being written.", func() float64 { return float64(m.streams.Load()) }),
		gauge("kawasan_http_connections_open", "Connections of clients.", func() float64 { return float64(s.app.Server().GetOpenConnectionsCount()) }),
		gauge("kawasan_http_kept_answers", "Finished answers that are kept.", func() float64 { return float64(s.kept.len()) }),
		&tileMetrics{s},
	} {
		if err := registry.Register(c); err != nil {
			return nil, err
		}
	}
	for _, e := range s.endpoints {
		m.routes[e.path] = &routeMetrics{}
	}
	m.handler = adaptor.HTTPHandler(promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	return m, nil
}

// observed counts a request that has been answered.
func (m *metrics) observed(c *fiber.Ctx, took time.Duration) {
	route, method := c.Route().Path, c.Method()
	known := m.routes[route]
	// What no endpoint matches ends in the layers that stand at the root.
	if known == nil || route == "/" && c.Path() != "/" {
		known, route = nil, "other"
	}
	status := c.Response().StatusCode()
	if known != nil && method == fiber.MethodGet && status == fiber.StatusOK {
		known.once.Do(func() { known.find(m, route, method) })
		known.answered.Inc()
		known.duration.Observe(took.Seconds())
		known.bytes.Add(float64(bodyBytes(c)))
		return
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.duration.WithLabelValues(route, method).Observe(took.Seconds())
	if n := bodyBytes(c); n > 0 {
		m.bytes.WithLabelValues(route).Add(float64(n))
	}
}

// routeMetrics are what the usual request to a route counts in, found once.
type routeMetrics struct {
	once     sync.Once
	answered prometheus.Counter // GET, 200
	duration prometheus.Observer
	bytes    prometheus.Counter
}

func (r *routeMetrics) find(m *metrics, route, method string) {
	r.answered = m.requests.WithLabelValues(route, method, strconv.Itoa(fiber.StatusOK))
	r.duration, r.bytes = m.duration.WithLabelValues(route, method), m.bytes.WithLabelValues(route)
}

// bodyBytes is the size of an answer that is all there; a stream counts itself.
func bodyBytes(c *fiber.Ctx) int {
	if c.Response().IsBodyStream() || c.Method() == fiber.MethodHead {
		return 0
	}
	return len(c.Response().Body())
}

// metricsEndpoint serves what is counted, to those who may read it.
func (s *Server) metricsEndpoint() *endpoint {
	return &endpoint{
		id: "getMetrics", path: "/metrics", tag: "operation", summary: geo.Words("Figures of the running process, for Prometheus"), parameters: []*parameter{},
		formats: []*representation{asMetrics}, answers: "object", hidden: true, handle: s.metricsPage,
	}
}

func (s *Server) metricsPage(x *exchange) error {
	if !x.mayReadMetrics() {
		return geo.Errorf(geo.NotFound, "metrics are not for this address").
			Try("an operator who reads them on this machine, or sets --metrics-listen (docs/operating.md)")
	}
	x.Set(fiber.HeaderCacheControl, "no-store")
	return s.metrics.handler(x.Ctx)
}

// mayReadMetrics tells a program on this machine from one behind a proxy on it:
// a proxy that is configured here, or that says so in the request, shuts all out.
func (x *exchange) mayReadMetrics() bool {
	switch c := x.server.config; c.MetricsAccess {
	case MetricsPublic:
		return true
	case MetricsOff:
		return false
	default:
		if c.BaseURL != "" || len(c.TrustedProxies) > 0 {
			return false
		}
	}
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via"} {
		if x.Get(name) != "" {
			return false
		}
	}
	return x.Context().RemoteIP().IsLoopback() && isLocalHost(string(x.Request().Host()))
}

// isLocalHost reports whether a Host header names this machine.
func isLocalHost(host string) bool {
	name := host
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		name = host[:i]
	}
	if name == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil && address.IsLoopback()
}

// tileMetrics read the caches of the tile maker.
type tileMetrics struct{ server *Server }

var (
	tileLookups = prometheus.NewDesc("kawasan_tile_cache_lookups_total", "Tiles looked up among those kept, by result.", []string{"result"}, nil)
	tileBytes   = prometheus.NewDesc("kawasan_tile_cache_bytes", "Memory of the tiles that are kept.", nil, nil)
	tileCount   = prometheus.NewDesc("kawasan_tile_cache_tiles", "Tiles that are kept.", nil, nil)
)

// Describe names the metrics.
func (t *tileMetrics) Describe(to chan<- *prometheus.Desc) {
	to <- tileLookups
	to <- tileBytes
	to <- tileCount
}

// Collect reads them.
func (t *tileMetrics) Collect(to chan<- prometheus.Metric) {
	c := t.server.tiles.CacheStats()
	to <- prometheus.MustNewConstMetric(tileLookups, prometheus.CounterValue, float64(c.Hits), "hit")
	to <- prometheus.MustNewConstMetric(tileLookups, prometheus.CounterValue, float64(c.Misses), "miss")
	to <- prometheus.MustNewConstMetric(tileBytes, prometheus.GaugeValue, float64(c.Bytes))
	to <- prometheus.MustNewConstMetric(tileCount, prometheus.GaugeValue, float64(c.Tiles))
}
