package api

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
)

// longestFresh is how many seconds a client may have an answer wait for its data.
const longestFresh = 30

// freshen lets a client read what was written before it asked, by whatever hand:
// with the header Kawasan-Fresh it says how many seconds the answer may wait until
// memory has all that the database had committed when the request came. Without
// it an answer may be a second behind.
func (s *Server) freshen(c *fiber.Ctx) error {
	text := askHead(&c.Request().Header, headFresh)
	if len(text) == 0 {
		return nil
	}
	seconds, err := strconv.ParseUint(text, 10, 16)
	if err != nil || seconds < 1 || seconds > longestFresh {
		return geo.Invalidf(headFresh, "the header %s is %q", headFresh, geo.Clip(text)).
			Try("the number of seconds that the answer may wait for data, from 1 to %d", longestFresh)
	}
	if s.config.Fresh == nil {
		return nil
	}
	now := time.Now()
	var ctx requestContext
	ctx.begin(c.Context().Conn(), now, time.Duration(seconds)*time.Second)
	defer ctx.end()
	defer ctx.unwatch()
	if err := s.config.Fresh(&ctx, now); err != nil {
		return geo.Errorf(geo.Unavailable, "what was written last could not be read within %d s", seconds).Because(err).
			Try("the same request later, or without the header %s, for data that may be older (%s tells how old)", headFresh, headDataAge)
	}
	return nil
}
