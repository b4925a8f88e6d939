package api

import (
	"slices"

	"github.com/gofiber/fiber/v2"
)

// headerDataAge tells the seconds since the data were last known to be current.
const headerDataAge = "Kawasan-Data-Age"

// exposed are the headers that scripts of other origins may read.
const exposed = "Link, ETag, Last-Modified, Location, Accept-Ranges, Content-Disposition, Content-Range, Content-Crs, Content-Language, OGC-NumberMatched, OGC-NumberReturned, " +
	headerDataAge + ", X-Request-Id, Retry-After"

// cors lets pages of other origins read answers, and answers their preflights.
// No answer depends on cookies, so none are allowed.
func (s *Server) cors(c *fiber.Ctx) error {
	if s.limitsOrigins() {
		c.Response().Header.Del(fiber.HeaderAccessControlAllowOrigin)
		c.Vary(fiber.HeaderOrigin)
		if origin := c.Get(fiber.HeaderOrigin); slices.Contains(s.config.CORSOrigins, origin) {
			c.Set(fiber.HeaderAccessControlAllowOrigin, origin)
		}
	}
	setHead(&c.Response().Header, headExpose, exposed)
	err := c.Next()
	if c.Method() == fiber.MethodOptions && c.Get(fiber.HeaderAccessControlRequestMethod) != "" && err == nil {
		c.Set(fiber.HeaderAccessControlAllowMethods, c.GetRespHeader(fiber.HeaderAllow))
		c.Set(fiber.HeaderAccessControlAllowHeaders, "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, If-Range, If-Unmodified-Since, "+headFresh+", Range, X-API-Key, X-Request-Id")
		c.Set(fiber.HeaderAccessControlMaxAge, "86400")
	}
	return err
}

// limitsOrigins reports whether only some pages may read answers.
func (s *Server) limitsOrigins() bool {
	return len(s.config.CORSOrigins) > 0 && !slices.Contains(s.config.CORSOrigins, "*")
}
