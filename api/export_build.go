package api

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo/format"
	"kawasan/geo/format/export"
)

// sendBuilt answers with a file that is built as a whole, and kept: so it has a
// length, and a transfer that broke off can go on.
func (x *exchange) sendBuilt(d *download, s state) error {
	if x.beginAs(s, "") {
		return nil
	}
	x.prolong()
	detached := x.detach()
	file, err := x.server.files.get(x.ctx, x.tag, func(ctx context.Context, out *os.File) (fileFacts, error) {
		copied := *detached
		copied.ctx = ctx
		return copied.build(d, out)
	})
	if err != nil {
		return err
	}
	if file.tag != "" && file.tag == x.tag {
		x.learnSize(x.collection, file.size)
	}
	return x.sendFile(file)
}

// build writes the file. It runs beside the requests that wait for it and may
// outlive the one that began it.
func (x *exchange) build(d *download, out *os.File) (facts fileFacts, err error) {
	release, err := x.server.occupy(x.ctx, queueFor)
	if err != nil {
		return facts, err
	}
	defer release()
	ctx, cancel := context.WithTimeout(x.ctx, x.server.config.Limits.Export)
	defer cancel()
	x.ctx = ctx
	buffered := bufio.NewWriterSize(export.Until(ctx, out), 256<<10)
	w, err := d.format.New(buffered, x.fileOptions())
	if err != nil {
		return facts, err
	}
	defer w.Discard()
	current, certain := state{}, true
	for i, r := range d.parts {
		p, sure, err := x.writePart(w, r)
		if err != nil {
			return facts, err
		}
		certain = certain && sure
		if i == 0 {
			current = x.stateOf(p.collection)
		} else {
			current.add(p.collection)
		}
		facts.returned += p.returned
		if d.pages {
			facts.matched, facts.next = p.matched, x.next(p)
		}
	}
	if err := w.Close(); err != nil {
		return facts, err
	}
	if err := buffered.Flush(); err != nil {
		return facts, noRoom(err)
	}
	if certain {
		facts.tag = x.etag(current)
	}
	return facts, nil
}

// writePart writes the features of one request as a layer, and gives the page that it read.
func (x *exchange) writePart(w format.Writer, r *itemsRequest) (p *page, sure bool, err error) {
	if p, err = x.readPage(r); err != nil {
		return nil, false, err
	}
	defer p.close()
	layer, sure := x.layer(p)
	if err := w.Open(layer); err != nil {
		return nil, false, err
	}
	for {
		f, err := p.feature()
		if f == nil || err != nil {
			return p, sure, err
		}
		if err := w.Write(f); err != nil {
			return nil, false, err
		}
	}
}

// sendFile sends a file, or the part of it that Range asks for.
func (x *exchange) sendFile(file *builtFile) error {
	x.Set(fiber.HeaderContentType, x.format.mediaType)
	x.Set(fiber.HeaderContentLanguage, x.lang)
	x.Response().Header.Del(fiber.HeaderETag)
	if file.tag != "" {
		x.Set(fiber.HeaderETag, file.tag)
		x.Set(fiber.HeaderAcceptRanges, "bytes")
	}
	x.Set("OGC-NumberReturned", strconv.Itoa(file.returned))
	if file.next != "" {
		x.Set(fiber.HeaderLink, nextHeader(file.next, x.format.mediaType))
	}
	if file.matched > 0 {
		x.Set("OGC-NumberMatched", strconv.Itoa(file.matched))
	}
	first, length := int64(0), file.size
	if header := x.Get(fiber.HeaderRange); header != "" && file.tag != "" && x.rangeHolds(file) {
		asked, ok, err := parseRange(header, file.size)
		if err != nil {
			x.server.files.release(file)
			x.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", file.size))
			return err
		}
		if ok {
			first, length = asked.first, asked.length
			x.Status(fiber.StatusPartialContent)
			x.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", first, first+length-1, file.size))
		}
	}
	if x.Method() == fiber.MethodHead {
		x.server.files.release(file)
		x.Response().SkipBody = true
		x.Response().Header.SetContentLength(int(length))
		return nil
	}
	x.Response().SetBodyStream(&fileBody{
		Reader: io.NewSectionReader(file.file, first, length), release: func() { x.server.files.release(file) },
		pace: x.pace(),
	}, int(length))
	return nil
}

// rangeHolds reports whether a range is still one of this file: If-Range names its
// ETag, or is not there. The time of its data does not do: two changes may have the same, if
// they come within a second or the clock was put back.
func (x *exchange) rangeHolds(file *builtFile) bool {
	condition := x.Get(fiber.HeaderIfRange)
	return condition == "" || condition == file.tag
}

// fileBody is a part of a file on its way to a client.
type fileBody struct {
	io.Reader
	release func()
	pace    pace
	given   int // by the last Read
}

// Read is called when the client has taken what was given before.
func (b *fileBody) Read(p []byte) (n int, err error) {
	b.pace.taken(b.given)
	b.given, err = b.Reader.Read(p)
	b.pace.wait()
	return b.given, err
}

// Close lets go of the file.
func (b *fileBody) Close() error {
	if b.release != nil {
		b.release()
		b.release = nil
	}
	return nil
}
