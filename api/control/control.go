// Package control is what Kawasan's speed is held against: a Fiber handler that
// returns bytes which lie ready. Nothing served by Fiber can be faster.
package control

import (
	"bytes"
	"net"
	"strconv"

	"github.com/gofiber/fiber/v2"
)

// most is the largest slice that is given, in bytes.
const most = 1 << 20

// Serve answers /N, and whatever stands behind that, with N bytes until the
// listener is closed.
func Serve(l net.Listener) error {
	ready := bytes.Repeat([]byte("kawasan "), most/8)
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	app.Get("/:size/*", func(c *fiber.Ctx) error {
		n, err := strconv.Atoi(c.Params("size"))
		if err != nil || n < 0 || n > most {
			return fiber.ErrNotFound
		}
		c.Set(fiber.HeaderContentType, "application/geo+json")
		c.Response().SetBodyRaw(ready[:n])
		return nil
	})
	return app.Listener(l)
}
