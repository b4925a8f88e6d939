package api

import (
	"github.com/gofiber/fiber/v2"
	"github.com/hashicorp/golang-lru/v2"
)

// Answers that cost much to compute and little to keep are kept under their
// ETag, which names program, data, request, representation and who asks.
const (
	keptAnswers = 512
	keptBytes   = 256 << 10 // a larger answer is not kept
)

// keptAnswer is a finished answer, compressed as it was sent.
type keptAnswer struct {
	contentType, encoding, disposition, crs string
	body                                    []byte
}

func newKept() *lru.Cache[string, keptAnswer] {
	kept, err := lru.New[string, keptAnswer](keptAnswers)
	if err != nil {
		panic(err) // the size is a positive constant
	}
	return kept
}

// sendKept answers with what was sent before for the same ETag. Otherwise the
// answer that send finishes is kept. It comes after begin.
func (x *exchange) sendKept() bool {
	if x.tag == "" {
		return false
	}
	a, ok := x.server.kept.Get(x.tag)
	if !ok {
		x.server.metrics.kept.WithLabelValues("miss").Inc()
		x.keep = true
		return false
	}
	x.server.metrics.kept.WithLabelValues("hit").Inc()
	x.Set(fiber.HeaderContentLanguage, x.lang)
	if x.format == asHTML {
		x.setPageHeaders()
	}
	x.Set(fiber.HeaderContentType, a.contentType)
	for name, value := range map[string]string{
		fiber.HeaderContentEncoding: a.encoding, fiber.HeaderContentDisposition: a.disposition, "Content-Crs": a.crs,
	} {
		if value != "" {
			x.Set(name, value)
		}
	}
	x.Response().SetBodyRaw(a.body)
	return true
}

// keepAnswer keeps what has just been made ready to send.
func (x *exchange) keepAnswer() {
	body := x.Response().Body()
	if !x.keep || len(body) > keptBytes {
		return
	}
	header := func(name string) string { return string(x.Response().Header.Peek(name)) }
	x.server.kept.Add(x.tag, keptAnswer{
		contentType: header(fiber.HeaderContentType), encoding: header(fiber.HeaderContentEncoding),
		disposition: header(fiber.HeaderContentDisposition), crs: header("Content-Crs"), body: append([]byte(nil), body...),
	})
}
