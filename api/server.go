package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/format"
	"kawasan/geo/proximity"
	"kawasan/geo/tile"
)

// Server answers HTTP requests. Make one with [New].
type Server struct {
	config    Config
	trusted   trusted
	app       *fiber.App
	endpoints []*endpoint
	pages     *pages
	tiles     *tile.Maker
	mapApp    *mapApp
	drawings  drawings
	functions cql2.Functions // that filters may call
	// referenceSystems are those offered; the first is the default.
	referenceSystems []*system
	openapi          atomic.Pointer[openAPICache]
	kept             *kept
	standing         *standing
	memory           *proximity.Memory // of what questions of nearness read again and again
	formats          []format.Format   // the file formats in which collections can be had
	exports          []*representation // the same, in their order
	origins          sync.Map          // collection's id to origin
	files            *fileStore
	sizes            *fileSizes
	exporting        chan struct{} // holds one for each large file that is being made
	selfCheck        selfCheck
	requests         atomic.Uint64 // part of request ids
	epoch            string        // tells the request ids of two processes apart
	metrics          *metrics
	lastBase         atomic.Pointer[namedBase] // unused with trusted proxies
}

// New makes a Server. The error says which setting is wrong.
func New(config Config) (*Server, error) {
	config = config.withDefaults()
	if config.Reader == nil {
		return nil, errors.New("make the API server: no reader is given")
	}
	if config.BaseURL != "" {
		u, err := url.Parse(config.BaseURL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return nil, geo.Errorf(geo.Invalid, "the base URL %q can't be used", config.BaseURL).Try("a URL of the form https://host/prefix")
		}
		config.BaseURL = strings.TrimRight(config.BaseURL, "/")
	}
	var proxies trusted
	for _, text := range config.TrustedProxies {
		proxy, ok := parseTrusted(text)
		if !ok {
			return nil, geo.Errorf(geo.Invalid, "the trusted proxy %q is neither an IP address nor a range of them", text).Try("an address such as 10.0.0.1, or a range such as 10.0.0.0/8")
		}
		proxies = append(proxies, proxy)
	}
	if err := config.OnlineBase.check(); err != nil {
		return nil, err
	}
	if err := checkEmbedOrigins(config.EmbedOrigins); err != nil {
		return nil, err
	}
	pages, err := loadPages()
	if err != nil {
		return nil, err
	}
	s := &Server{
		config: config, trusted: proxies, pages: pages, tiles: tile.NewMaker(config.Reader, tile.Options{LayerBytes: int(config.TileMemory)}), functions: cql2.StandardFunctions(), referenceSystems: listSystems(), epoch: newEpoch(), kept: newKept(), standing: newStanding(), memory: proximity.NewMemory(),
		formats: format.All(), exports: exportForms(), files: newFileStore(config.Exports), sizes: newFileSizes(), exporting: make(chan struct{}, config.Limits.Exports),
		drawings:  newDrawings(),
		selfCheck: selfCheck{turn: make(chan struct{}, 1)},
	}
	if s.mapApp, err = newMapApp(pages.templates); err != nil {
		return nil, err
	}
	s.endpoints = s.allEndpoints()
	s.app = fiber.New(s.settings())
	if s.metrics, err = newMetrics(s); err != nil {
		return nil, fmt.Errorf("make the API server: %w", err)
	}
	s.register()
	return s, nil
}

// writeBuffer holds the head of an answer. What doesn't fit is sent with the head
// from where it lies, in one call and without a copy. Idle connections have none.
const writeBuffer = 4 << 10

// settings are what Fiber and fasthttp are run with.
func (s *Server) settings() fiber.Config {
	return fiber.Config{
		AppName:                 "kawasan",
		Immutable:               true, // values outlive the handler: streams and logs keep them
		CaseSensitive:           true,
		StrictRouting:           true,
		UnescapePath:            true,
		ReadBufferSize:          s.config.Limits.Header,
		WriteBufferSize:         writeBuffer,
		ReduceMemoryUsage:       true,
		BodyLimit:               s.config.Limits.Body,
		ReadTimeout:             s.config.Limits.Read,
		WriteTimeout:            s.config.Limits.Write,
		IdleTimeout:             s.config.Limits.Idle,
		Concurrency:             s.config.Limits.Connections,
		EnableTrustedProxyCheck: true, // it believes nobody: see trusted
		DisableStartupMessage:   true,
		ErrorHandler:            s.fail,
	}
}

// register puts the endpoints behind the layers that all requests pass.
func (s *Server) register() {
	s.app.Use(s.observe)
	s.app.Use(s.cors)
	for _, e := range s.endpoints {
		prepare(e.parameters)
		e.inPath = checkedInPath(e.path)
		for _, method := range e.methods() {
			s.app.Add(method, e.path, s.handler(e))
		}
		allow := strings.Join(e.allow(), ", ")
		s.app.Options(e.path, func(c *fiber.Ctx) error {
			c.Set(fiber.HeaderAllow, allow)
			return c.SendStatus(fiber.StatusNoContent)
		})
		for _, method := range s.app.Config().RequestMethods {
			if !slices.Contains(e.methods(), method) && method != fiber.MethodOptions {
				s.app.Add(method, e.path, func(c *fiber.Ctx) error {
					c.Set(fiber.HeaderAllow, allow)
					return fiber.ErrMethodNotAllowed
				})
			}
		}
	}
	s.app.Use(s.nothingHere)
	// Fiber answers methods that it doesn't know with a bare text; give them the
	// same problem as any other method that is not offered.
	s.app.Server().CloseOnShutdown = true // so that nobody sends another request on a connection that is about to end
	handler := s.app.Server().Handler
	s.app.Server().Handler = func(ctx *fasthttp.RequestCtx) {
		if !isKnownMethod(string(ctx.Method())) {
			ctx.Request.Header.SetMethod(fiber.MethodPatch)
		}
		hideSlashes(&ctx.Request)
		handler(ctx)
	}
}

// isKnownMethod reports whether Fiber routes the method.
func isKnownMethod(method string) bool {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH":
		return true
	}
	return false
}

// App gives the Fiber application, for tests and for mounting the map.
func (s *Server) App() *fiber.App { return s.app }

// Listen serves connections until Shutdown or an error of the listener.
func (s *Server) Listen(l net.Listener) error { return s.app.Listener(l) }

// Shutdown stops listening and waits for requests in progress, at most until ctx ends.
func (s *Server) Shutdown(ctx context.Context) error { return s.app.ShutdownWithContext(ctx) }
