package api

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	"kawasan/geo"
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
	var space [maxRequestID]byte
	id := s.appendRequestID(space[:0], c)
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
			slog.String("client", s.clientAddress(c)),
			slog.String("agent", geo.Clip(c.Get(fiber.HeaderUserAgent))),
			slog.String("request_id", string(id)),
		)
	}
	return err
}

func (s *Server) setCommonHeaders(c *fiber.Ctx, requestID []byte) {
	h := &c.Response().Header
	if len(requestID) > 0 {
		setHead(h, headRequestID, utils.UnsafeString(requestID))
	}
	setHead(h, headContentTypes, "nosniff")
	setHead(h, headReferrer, "same-origin")
	setHead(h, headAllowOrigin, "*")
	if s.config.DataAge != nil {
		if seconds, known := s.config.DataAge(); known {
			var space [24]byte
			setHead(h, headDataAge, utils.UnsafeString(strconv.AppendInt(space[:0], int64(math.Round(max(seconds, 0))), 10)))
		}
	}
}

// maxRequestID is the longest id that is taken over from a client.
const maxRequestID = 64

// appendRequestID writes the id that the client gave, if it can be taken over into
// logs, else a new one.
func (s *Server) appendRequestID(dst []byte, c *fiber.Ctx) []byte {
	if own := askHead(&c.Request().Header, headRequestID); own != "" && len(own) <= maxRequestID && onlyHas(own, "-_.") {
		return append(dst, own...)
	}
	return strconv.AppendUint(append(append(dst, s.epoch...), '-'), s.requests.Add(1), 10)
}

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
