package api

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// newEpoch gives a short random text.
func newEpoch() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

// observe gives the request an id, sets the headers that every answer has, and
// writes the access log.
func (s *Server) observe(c *fiber.Ctx) error {
	started := time.Now()
	id := c.Get(fiber.HeaderXRequestID)
	if !isRequestID(id) {
		id = s.epoch + "-" + strconv.FormatUint(s.requests.Add(1), 10)
	}
	s.setCommonHeaders(c, id)
	s.metrics.inFlight.Add(1)
	defer s.metrics.inFlight.Add(-1)
	err := c.Next()
	if err != nil {
		// Answer here, so that the log has the status that the client sees.
		err = s.fail(c, err)
	}
	took := time.Since(started)
	s.metrics.observed(c, took)
	if s.config.Log.Enabled(c.Context(), slog.LevelInfo) {
		s.config.Log.LogAttrs(c.Context(), slog.LevelInfo, "request",
			slog.String("method", c.Method()),
			slog.String("path", c.Path()),
			slog.String("query", redact(string(c.Context().URI().QueryString()))),
			slog.Int("status", c.Response().StatusCode()),
			slog.Int("bytes", bodyBytes(c)),
			slog.Duration("duration", took),
			slog.String("client", c.Context().RemoteIP().String()),
			slog.String("agent", clip(c.Get(fiber.HeaderUserAgent))),
			slog.String("request_id", id),
		)
	}
	return err
}

func (s *Server) setCommonHeaders(c *fiber.Ctx, requestID string) {
	if requestID != "" {
		c.Set(fiber.HeaderXRequestID, requestID)
	}
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	if s.config.DataAge != nil {
		if seconds, known := s.config.DataAge(); known {
			c.Set(headerDataAge, strconv.FormatFloat(max(seconds, 0), 'f', 0, 64))
		}
	}
}

// isRequestID reports whether a client's own id can be taken over into logs.
func isRequestID(s string) bool { return s != "" && len(s) <= 64 && onlyHas(s, "-_.") }

// redact hides the values of keys in a raw query string for the log.
func redact(query string) string {
	if query == "" {
		return ""
	}
	if len(query) > 2048 {
		query = query[:2048] + "…"
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		rawName, _, _ := strings.Cut(pair, "=")
		name, err := unescapeQuery(rawName)
		if err != nil {
			continue
		}
		switch strings.ToLower(name) {
		case "api_key", "apikey", "token", "access_token", "key":
			pairs[i] = rawName + "=…"
		}
	}
	return strings.Join(pairs, "&")
}
