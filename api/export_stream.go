package api

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
	"kawasan/geo/format"
)

// streamDownload answers with a file whose bytes leave while features come in.
// What is small is made before the first byte leaves, and has a length.
func (x *exchange) streamDownload(d *download) error {
	encoding := ""
	if !d.format.Binary {
		encoding = chooseEncoding(x.Get(fiber.HeaderAcceptEncoding))
	}
	if x.beginAs(x.stateOf(x.collection), encoding) {
		return nil
	}
	x.prolong()
	p, err := x.openPage(d.parts[0])
	if err != nil {
		return err
	}
	run, handedOn := &running{page: p, sink: &sink{}}, false
	defer func() { // after a panic as well
		if !handedOn {
			run.end()
		}
	}()
	if err := run.begin(x, d); err != nil {
		return err
	}
	complete, err := run.fill(x.server.config.Limits.Buffer)
	if err != nil {
		return err
	}
	if complete {
		x.Set("OGC-NumberReturned", strconv.Itoa(p.returned))
		x.setNext(p)
		x.learnSize(p.collection, run.sink.size)
		return x.send(run.sink.held)
	}
	if run.release, err = x.server.occupy(x.ctx, 0); err != nil {
		return err
	}
	handedOn = true
	x.streamRest(run)
	return nil
}

// prolong gives the work the time of an export instead of that of an answer. A
// client that goes away still ends it.
func (x *exchange) prolong() {
	ctx, cancel := context.WithTimeout(context.Background(), x.server.config.Limits.Export)
	short, end := x.ctx, x.cancel
	stop := context.AfterFunc(short, func() {
		if errors.Is(short.Err(), context.Canceled) {
			cancel()
		}
	})
	x.ctx = ctx
	x.cancel = func() { stop(); cancel(); end() }
}

// setNext links to the features behind those of the file, if a limit left some out.
func (x *exchange) setNext(p *page) {
	if href := x.next(p); href != "" {
		x.Set(fiber.HeaderLink, nextHeader(href, x.format.mediaType))
	}
}

// next is the address of the features behind the page; "" if there are none.
func (x *exchange) next(p *page) string {
	if (!p.more && !p.request.query.Backward) || p.last == nil {
		return ""
	}
	href, err := x.cursorLink(x.values.without("offset", "startindex", "cursor"), pageCursor{place: placeOf(p.last, p.request.query.SortBy)}, p.request.question)
	if err != nil {
		return ""
	}
	return href
}

func nextHeader(href, mediaType string) string {
	return fmt.Sprintf(`<%s>; rel="next"; type="%s"`, href, mediaType)
}

// sink holds what is written, until there is somewhere to send it.
type sink struct {
	held []byte
	size int64 // of all that was written
	out  io.Writer
}

// Write keeps or sends.
func (s *sink) Write(b []byte) (int, error) {
	s.size += int64(len(b))
	if s.out != nil {
		return s.out.Write(b)
	}
	s.held = append(s.held, b...)
	return len(b), nil
}

// running is a file in the making.
type running struct {
	page    *page
	sink    *sink
	writer  format.Writer
	release func()
}

func (r *running) begin(x *exchange, d *download) (err error) {
	if r.writer, err = d.format.New(r.sink, x.fileOptions()); err != nil {
		return err
	}
	layer, sure := x.layer(r.page)
	if !sure {
		x.Response().Header.Del(fiber.HeaderETag)
	}
	return r.writer.Open(layer)
}

// fill writes features until the end of the file, or until more than limit bytes are held.
func (r *running) fill(limit int) (complete bool, err error) {
	for r.sink.out != nil || len(r.sink.held) <= limit {
		f, err := r.page.feature()
		if err != nil {
			return false, err
		}
		if f == nil {
			return true, r.writer.Close()
		}
		if err := r.writer.Write(f); err != nil {
			return false, err
		}
	}
	return false, nil
}

// end frees what is held; safe to call again.
func (r *running) end() {
	if r.writer != nil {
		r.writer.Discard()
	}
	r.page.close()
	if r.release != nil {
		r.release()
		r.release = nil
	}
}

// streamRest sends what is held and then the rest. An error can't change the
// status any more: the connection is closed, so that the file looks cut.
func (x *exchange) streamRest(run *running) {
	x.Set(fiber.HeaderContentType, x.format.mediaType)
	x.Set(fiber.HeaderContentLanguage, x.lang)
	if x.encoding != "" {
		x.Set(fiber.HeaderContentEncoding, x.encoding)
	}
	if x.Method() == fiber.MethodHead {
		run.end()
		x.Context().SetBodyStreamWriter(func(*bufio.Writer) {})
		return
	}
	// The writer runs after the handler: it takes over the context and must not
	// touch the Fiber context.
	cancel := x.cancel
	x.cancel = nil
	conn, detached, pace, encoding := x.Context().Conn(), x.detach(), x.pace(), x.encoding
	x.Context().SetBodyStreamWriter(func(out *bufio.Writer) {
		stop := watchClient(conn, cancel)
		err := run.sendRest(&paced{out: out, pace: pace}, encoding)
		if err == nil {
			err = out.Flush()
		}
		if err == nil {
			detached.learnSize(run.page.collection, run.sink.size)
		}
		stop()
		cancel()
		if err != nil {
			cut(conn, x.server.config.Log, detached, err)
		}
	})
}

// sendRest writes until the end of the file.
func (r *running) sendRest(out io.Writer, encoding string) (err error) {
	defer r.end()
	defer geo.Recover(&err)
	encoder, err := newEncoder(out, encoding)
	if err != nil {
		return err
	}
	if _, err := encoder.Write(r.sink.held); err != nil {
		return err
	}
	r.sink.held, r.sink.out = nil, encoder
	if _, err := r.fill(0); err != nil {
		return err
	}
	return encoder.Close()
}

// detach copies what outlives the handler.
func (x *exchange) detach() *exchange {
	return &exchange{
		server: x.server, reader: x.reader, endpoint: x.endpoint, ctx: x.ctx, path: x.path, base: x.base, values: x.values, format: x.format,
		lang: x.lang, encoding: x.encoding, collection: x.collection, catalogue: x.catalogue, principal: x.principal,
	}
}
