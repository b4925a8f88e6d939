package api

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
)

// renderItems writes the page as a GeoJSON feature collection: into memory when
// it is small, as a stream once it has grown past the limit.
func (x *exchange) renderItems(p *page) error {
	w := &itemsWriter{page: p, options: p.request.output.options()}
	handedOn := false
	defer func() { // after a panic as well
		if !handedOn {
			p.close()
		}
	}()
	buffer := takeBuffer()
	body, complete, err := w.fill(x, *buffer, x.server.config.Limits.Buffer)
	*buffer = body
	if err == nil && !complete {
		handedOn = true
		if !x.knowsChunks() {
			return x.sendSpooled(w, buffer)
		}
		x.stream(w, buffer)
		return nil
	}
	if err != nil {
		giveBuffer(buffer)
		return err
	}
	x.setNumber(headReturned, p.returned)
	return x.sendBuffer(buffer)
}

// itemsWriter writes a feature collection piece by piece.
type itemsWriter struct {
	page    *page
	options geojson.Options
	begun   bool
}

// fill appends features until the end or until dst is longer than limit.
func (w *itemsWriter) fill(x *exchange, dst []byte, limit int) (out []byte, complete bool, err error) {
	if !w.begun {
		if err := w.page.begin(); err != nil {
			return dst, false, err
		}
		dst = slices.Grow(dst, min(w.page.size(), limit))
		dst = append(dst, `{"type":"FeatureCollection",`...)
		if w.page.matched >= 0 {
			dst = append(dst, `"numberMatched":`...)
			dst = append(strconv.AppendInt(dst, int64(w.page.matched), 10), ',')
		}
		dst = append(dst, `"features":[`...)
	}
	for len(dst) < limit {
		f, err := w.page.feature()
		if err != nil {
			return dst, false, err
		}
		if f == nil {
			return w.end(x, dst)
		}
		if w.page.returned > 1 {
			dst = append(dst, ",\n"...)
		} else {
			dst = append(dst, '\n')
		}
		if dst, err = appendFeature(dst, f, w.options); err != nil {
			return dst, false, err
		}
	}
	w.begun = true
	return dst, false, nil
}

func (w *itemsWriter) end(x *exchange, dst []byte) ([]byte, bool, error) {
	links, err := x.pageLinks(w.page)
	if err != nil {
		return dst, false, err
	}
	if w.page.returned > 0 {
		dst = append(dst, '\n')
	}
	dst = append(dst, `],"numberReturned":`...)
	dst = strconv.AppendInt(dst, int64(w.page.returned), 10)
	dst = append(dst, `,"links":`...)
	return append(appendLinks(dst, links), '}'), true, nil
}

// stream sends what is in the buffer and then the rest. An error can't change
// the status any more: the connection is closed, so that the answer looks cut.
func (x *exchange) stream(w *itemsWriter, buffer *buffer) {
	x.Set(fiber.HeaderContentType, x.format.mediaType)
	x.Set(fiber.HeaderContentLanguage, x.lang)
	if x.encoding != "" {
		x.Set(fiber.HeaderContentEncoding, x.encoding)
	}
	if x.Method() == fiber.MethodHead {
		w.page.close()
		giveBuffer(buffer)
		x.Context().SetBodyStreamWriter(func(*bufio.Writer) {})
		return
	}
	// The writer runs after the handler: it takes over the context and must not
	// touch the Fiber context.
	cancel := x.cancel
	x.cancel = nil
	conn, pace, log, encoding := x.Context().Conn(), x.pace(), x.server.config.Log, x.encoding
	detached := x.detach()
	counted, route := x.server.metrics, x.endpoint.path
	counted.streams.Add(1)
	x.Context().SetBodyStreamWriter(func(out *bufio.Writer) {
		defer counted.streams.Add(-1)
		defer cancel()
		defer giveBuffer(buffer)
		defer w.page.close()
		sent := &counting{Writer: &paced{out: out, pace: pace}}
		err := detached.writeStream(sent, w, buffer, encoding)
		if err == nil {
			err = out.Flush()
		}
		if err != nil {
			counted.cut.Inc()
			cut(conn, log, detached, err)
		}
		counted.bytes.WithLabelValues(route).Add(float64(sent.n))
	})
}

// writeStream writes until the end of the page.
func (x *exchange) writeStream(out io.Writer, w *itemsWriter, buffer *buffer, encoding string) (err error) {
	defer geo.Recover(&err)
	encoder, err := newEncoder(out, encoding)
	if err != nil {
		return err
	}
	body, complete := *buffer, false
	for {
		if _, err := encoder.Write(body); err != nil {
			return err
		}
		if complete {
			break
		}
		if body, complete, err = w.fill(x, body[:0], 256<<10); err != nil {
			return err
		}
		*buffer = body
	}
	return encoder.Close()
}

// counting counts the bytes that pass.
type counting struct {
	io.Writer
	n int
}

func (c *counting) Write(b []byte) (int, error) {
	n, err := c.Writer.Write(b)
	c.n += n
	return n, err
}

func cut(conn net.Conn, log *slog.Logger, x *exchange, err error) {
	log.LogAttrs(context.Background(), slog.LevelError, "stream cut",
		slog.String("path", x.path), slog.String("error", geo.AsError(err).Error()))
	if conn != nil {
		_ = conn.Close()
	}
}
