package api

import (
	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
)

// health says that the process answers.
func (s *Server) health(x *exchange) error {
	x.Set(fiber.HeaderCacheControl, "no-store")
	return x.sendPlain(object{"status": "ok"})
}

// ready says whether requests can be answered now; 503 with the reason otherwise.
func (s *Server) ready(x *exchange) error {
	x.Set(fiber.HeaderCacheControl, "no-store")
	if s.config.Ready != nil {
		if err := s.config.Ready(x.ctx); err != nil {
			if geo.IsCode(err, geo.Unavailable) {
				return err
			}
			return geo.Errorf(geo.Unavailable, "the service is not ready").Try("ask again in a few seconds").Because(err)
		}
	}
	return x.sendPlain(object{"status": "ready"})
}

// sendPlain answers with JSON that no cache keeps.
func (x *exchange) sendPlain(v any) error {
	body, err := encodeJSON(v)
	if err != nil {
		return err
	}
	x.Set(fiber.HeaderContentType, asJSON.mediaType)
	return x.Send(body)
}
