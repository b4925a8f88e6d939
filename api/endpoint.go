package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
)

// endpoint declares one resource: where it is, what it takes, which forms it
// has and who answers.
type endpoint struct {
	id         string // operationId
	path       string // in Fiber's notation
	tag        string
	summary    geo.Phrase
	parameters []*parameter
	inPath     []*parameter // those of path that have bounds, set when the server is made
	formats    []*representation
	answers    string // name of the answer's schema in the OpenAPI document
	body       string // name of the body's schema; offers POST as well
	// filterBody takes a POST whose body is the filter. Allow does not list it:
	// clients would take it for a way to add features.
	filterBody bool
	// takesProperties accepts the collection's queryables as parameters.
	takesProperties bool
	// takesTargetProperties accepts the queryables of the collections named in to.
	takesTargetProperties bool
	// takesFilters accepts filter[id], a filter of one of several collections.
	takesFilters bool
	// exports says that its files are downloads of everything selected, not other
	// forms of a page.
	exports bool
	// hidden keeps it out of the OpenAPI document.
	hidden bool
	// needsData says that there is no answer without the catalogue.
	needsData bool
	handle    func(*exchange) error
}

func (e *endpoint) methods() []string {
	if e.body != "" || e.filterBody {
		return []string{fiber.MethodGet, fiber.MethodHead, fiber.MethodPost}
	}
	return []string{fiber.MethodGet, fiber.MethodHead}
}

// allow lists what works, and nothing else: clients offer editing by it.
func (e *endpoint) allow() []string {
	if e.body != "" {
		return []string{"GET", "HEAD", "POST", "OPTIONS"}
	}
	return []string{"GET", "HEAD", "OPTIONS"}
}

// handler runs an endpoint under the time limit, and stops the work when the client
// goes away.
func (s *Server) handler(e *endpoint) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := s.freshen(c); err != nil {
			return s.fail(c, err)
		}
		var space [512]byte
		key, keepable := s.appendKey(space[:0], c)
		var sum uint64 // of the key
		if keepable {
			sum = s.kept.sum(key)
			if s.sendKept(c, key, sum) {
				return nil
			}
			if first := s.kept.lead(sum); first {
				defer s.kept.done(sum)
			} else if s.sendKept(c, key, sum) {
				return nil
			}
			s.metrics.kept.miss.Inc()
		}
		began := time.Now()
		made := new(struct { // both at once
			exchange
			requestContext
		})
		x, ctx := &made.exchange, &made.requestContext
		ctx.begin(c.Context().Conn(), began, s.config.Limits.Timeout)
		*x = exchange{Ctx: c, server: s, endpoint: e, ctx: ctx, cancel: ctx.end, reader: s.config.Reader}
		defer ctx.unwatch()
		defer func() {
			if x.cancel != nil {
				x.cancel()
			}
		}()
		if err := x.answer(); err != nil {
			return x.fail(err)
		}
		if keepable {
			x.keep(key, sum, time.Since(began))
		}
		return nil
	}
}

// answer reads the request and has the endpoint answer it. A panic is a fault.
func (x *exchange) answer() (err error) {
	defer geo.Recover(&err)
	if err := x.open(); err != nil {
		return err
	}
	if err := x.authorise(); err != nil {
		return err
	}
	return x.endpoint.handle(x)
}
