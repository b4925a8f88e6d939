package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kawasan/api"
	"kawasan/geo/postgis"
	"kawasan/geo/snapshot"
)

// metricsAccess tells who may read the metrics on the address of the data, from
// the setting: an address of its own leaves none there.
func metricsAccess(setting string) api.MetricsAccess {
	switch a := api.MetricsAccess(setting); a {
	case api.MetricsLocal, api.MetricsPublic, api.MetricsOff:
		return a
	}
	return api.MetricsOff
}

// siteMetrics read what is held in memory and how the database is used.
type siteMetrics struct {
	views func() []snapshot.Status
	age   func() float64
	pool  func() postgis.PoolStats
}

var collectionLabel = []string{"collection"}

// The metrics of a site. The collections bound their number.
var (
	inMemoryDesc = prometheus.NewDesc("kawasan_snapshot_in_memory", "1 if reads of the collection are answered from memory.", collectionLabel, nil)
	reasonDesc   = prometheus.NewDesc("kawasan_snapshot_not_as_wanted", "1 with the reason why the collection is not in memory, or why what is held could not be renewed.", []string{"collection", "reason"}, nil)
	encodedDesc  = prometheus.NewDesc("kawasan_snapshot_encoded", "1 if GeoJSON is held, 0 if it is made for each answer because memory is short.", collectionLabel, nil)
	featuresDesc = prometheus.NewDesc("kawasan_snapshot_features", "Features held in memory.", collectionLabel, nil)
	bytesDesc    = prometheus.NewDesc("kawasan_snapshot_bytes", "Memory that the collection takes, about.", collectionLabel, nil)
	versionDesc  = prometheus.NewDesc("kawasan_snapshot_version", "Version of the data held.", collectionLabel, nil)
	behindDesc   = prometheus.NewDesc("kawasan_snapshot_behind", "1 if changes are known that memory does not have yet.", collectionLabel, nil)
	builtDesc    = prometheus.NewDesc("kawasan_snapshot_build_seconds", "How long the last reading of the whole collection took.", collectionLabel, nil)
	failuresDesc = prometheus.NewDesc("kawasan_snapshot_failures_total", "Readings of a collection, or of changes to it, that failed.", collectionLabel, nil)
	lagDesc      = prometheus.NewDesc("kawasan_change_lag_seconds", "How long after it was made the newest change could be read here.", collectionLabel, nil)
	ageDesc      = prometheus.NewDesc("kawasan_data_age_seconds", "How long ago what is held was last known to be what the database has.", nil, nil)
	poolDesc     = prometheus.NewDesc("kawasan_pool_connections", "Connections for reading, by state.", []string{"state"}, nil)
	poolMostDesc = prometheus.NewDesc("kawasan_pool_connections_max", "Most connections for reading.", nil, nil)
	waitsDesc    = prometheus.NewDesc("kawasan_pool_waits_total", "Reads that had to wait for a connection.", nil, nil)
	waitedDesc   = prometheus.NewDesc("kawasan_pool_wait_seconds_total", "Time that reads have waited for a connection.", nil, nil)
	gaveUpDesc   = prometheus.NewDesc("kawasan_pool_gave_up_total", "Reads that ended before they had a connection.", nil, nil)
)

// Describe names the metrics.
func (m siteMetrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		inMemoryDesc, encodedDesc, reasonDesc, featuresDesc, bytesDesc, versionDesc, behindDesc, builtDesc, failuresDesc, lagDesc, ageDesc,
		poolDesc, poolMostDesc, waitsDesc, waitedDesc, gaveUpDesc,
	} {
		to <- d
	}
}

// Collect reads them.
func (m siteMetrics) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	counter := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v, labels...)
	}
	for _, s := range m.views() {
		gauge(inMemoryDesc, number(s.InMemory), s.Collection)
		gauge(encodedDesc, number(s.Encoded), s.Collection)
		gauge(featuresDesc, float64(s.Features), s.Collection)
		gauge(bytesDesc, float64(s.Bytes), s.Collection)
		gauge(versionDesc, float64(s.Version), s.Collection)
		gauge(behindDesc, number(s.Behind), s.Collection)
		gauge(builtDesc, s.Built.Seconds(), s.Collection)
		gauge(lagDesc, s.Lag.Seconds(), s.Collection)
		counter(failuresDesc, float64(s.Failures), s.Collection)
		if s.Reason != "" {
			gauge(reasonDesc, 1, s.Collection, string(s.Reason))
		}
	}
	gauge(ageDesc, m.age())
	p := m.pool()
	gauge(poolDesc, float64(p.Acquired), "acquired")
	gauge(poolDesc, float64(p.Idle), "idle")
	gauge(poolMostDesc, float64(p.Most))
	counter(waitsDesc, float64(p.Waits))
	counter(waitedDesc, p.Waited.Seconds())
	counter(gaveUpDesc, float64(p.GaveUp))
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// newRegistry collects the figures of the process, the runtime and the site.
func newRegistry(s *site) *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		siteMetrics{s.reader.Status, func() float64 { return s.reader.DataAge().Seconds() }, s.store.Pool},
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "kawasan_build_info", Help: "1, with the version of the program.", ConstLabels: prometheus.Labels{"version": version},
		}, func() float64 { return 1 }),
	)
	return r
}

// serveMetrics answers on an address of its own until stop is called.
func serveMetrics(ctx context.Context, address string, registry *prometheus.Registry, log *slog.Logger) (stop func(), err error) {
	listener, err := listen(ctx, address)
	if err != nil {
		return nil, err
	}
	pages := http.NewServeMux()
	pages.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: pages, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() { _ = server.Serve(listener) }()
	log.Info("metrics", "url", "http://"+listener.Addr().String()+"/metrics")
	return func() { _ = server.Close() }, nil
}
