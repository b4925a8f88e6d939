package api

import (
	"bufio"
	"context"
	"os"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo/format/export"
)

// knowsChunks reports whether the client can read an answer in chunks, as one has to be
// whose length isn't known when it begins. HTTP/1.0 doesn't have them (RFC 9112, 7.1): programs that speak it,
// such as proxies in front, get all answers with a length, by which they notice too when one breaks off.
func (x *exchange) knowsChunks() bool { return x.Request().Header.IsHTTP11() }

// sendSpooled is stream for a client that has to be told the length: the page goes into a file first.
func (x *exchange) sendSpooled(w *itemsWriter, buffer *buffer) error {
	detached, encoding := x.detach(), x.encoding
	file, err := x.server.files.get(x.ctx, "", func(ctx context.Context, out *os.File) (fileFacts, error) {
		defer giveBuffer(buffer)
		defer w.page.close()
		buffered := bufio.NewWriterSize(export.Until(ctx, out), 256<<10)
		if err := detached.writeStream(buffered, w, buffer, encoding); err != nil {
			return fileFacts{}, err
		}
		if err := buffered.Flush(); err != nil {
			return fileFacts{}, noRoom(err)
		}
		return fileFacts{returned: w.page.returned}, nil
	})
	if err != nil {
		return err
	}
	if encoding != "" {
		x.Set(fiber.HeaderContentEncoding, encoding)
	}
	if err := x.sendFile(file); err != nil {
		return err
	}
	if x.tag != "" {
		x.Set(fiber.HeaderETag, x.tag)
	}
	return nil
}
