package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
)

// fail answers a request outside of any endpoint with a problem. Fiber calls it
// too, for requests that never reached a handler.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	fault, status := asFault(err)
	if c.GetRespHeader(fiber.HeaderXContentTypeOptions) == "" {
		s.setCommonHeaders(c, nil)
	}
	s.logFault(c, fault, status)
	x := &exchange{Ctx: c, server: s, endpoint: &endpoint{formats: problemForms}}
	x.preferences()
	x.base, _ = s.baseURL(c)
	return x.sendProblem(fault, status)
}

// fail answers with a problem: what was wrong, where, and what would be right.
func (x *exchange) fail(err error) error {
	fault, status := asFault(err)
	x.server.logFault(x.Ctx, fault, status)
	return x.sendProblem(fault, status)
}

// logFault logs the hidden cause of what is not the caller's fault.
func (s *Server) logFault(c *fiber.Ctx, fault *geo.Error, status int) {
	level := slog.LevelDebug
	if status >= 500 && !errors.Is(fault, context.Canceled) { // which is the client, who has gone
		level = slog.LevelError
	}
	s.config.Log.LogAttrs(c.Context(), level, "request failed",
		slog.String("path", c.Path()), slog.Int("status", status), slog.String("code", string(fault.Code)),
		slog.String("error", fault.Error()), slog.String("request_id", c.GetRespHeader(fiber.HeaderXRequestID)))
}

func (x *exchange) sendProblem(fault *geo.Error, status int) error {
	h := &x.Response().Header
	for _, name := range []string{fiber.HeaderETag, fiber.HeaderLastModified, fiber.HeaderContentEncoding, "Content-Crs", fiber.HeaderLink, fiber.HeaderContentDisposition, fiber.HeaderAcceptRanges, "OGC-NumberMatched", "OGC-NumberReturned"} {
		h.Del(name)
	}
	x.Vary(fiber.HeaderAccept)
	x.Set(fiber.HeaderCacheControl, "no-store")
	switch fault.Code {
	case geo.Unauthorised:
		x.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="kawasan"`)
	case geo.Unavailable:
		x.Set(fiber.HeaderRetryAfter, "5")
	}
	x.Status(status)
	if x.format != asHTML && x.readByPerson() {
		x.format = asHTML
		x.lang = chooseLanguage(string(x.Context().QueryArgs().Peek("lang")), x.Get(fiber.HeaderAcceptLanguage))
	}
	p := newProblem(fault, status, x.lang)
	p.Suggestion = x.suggested(fault)
	if x.format == asHTML {
		if page, err := x.server.pages.render(x, "problem", x.problemPage(p, fault.Meant)); err == nil {
			x.setPageHeaders()
			return x.Send(page)
		}
	}
	body, err := encodeJSON(p)
	if err != nil {
		return err
	}
	x.Set(fiber.HeaderContentType, problemType)
	return x.Send(body)
}

// problemForms are those in which problems come.
var problemForms = []*representation{asJSON, asHTML}

// readByPerson reports whether a browser asked for a page, or for a file to be saved, which a problem
// takes the place of; who named JSON gets JSON.
func (x *exchange) readByPerson() bool {
	if f := x.Context().QueryArgs().Peek("f"); len(f) > 0 && string(f) != asHTML.name && (x.format == nil || !x.format.file) {
		return false
	}
	return negotiate(x.ask(headAccept), problemForms) == asHTML
}

// encodeJSON writes JSON with <, > and & as they are: it is never put into HTML.
func encodeJSON(v any) ([]byte, error) { return appendJSON(nil, v) }

// appendJSON is encodeJSON behind other bytes.
func appendJSON(dst []byte, v any) ([]byte, error) {
	text := appending(dst)
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return dst, err
	}
	return bytes.TrimRight(text, "\n"), nil
}

// appending is a writer that appends.
type appending []byte

func (a *appending) Write(b []byte) (int, error) {
	*a = append(*a, b...)
	return len(b), nil
}
