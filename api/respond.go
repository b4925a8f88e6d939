package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"kawasan/geo"
)

// state says on what data an answer rests.
type state struct {
	// versions of everything that the answer is made from; a 0 among them means
	// that changes are not tracked, and the answer gets no ETag.
	versions []geo.Version
	modified time.Time
}

// stateOf is the state of an answer made from these collections and the catalogue.
func (x *exchange) stateOf(collections ...*geo.Collection) state {
	s := state{versions: []geo.Version{x.catalogue.Version}}
	for _, c := range collections {
		s.add(c)
	}
	return s
}

// add makes the answer rest on another collection too.
func (s *state) add(c *geo.Collection) {
	s.versions = append(s.versions, c.Version)
	if c.Modified.After(s.modified) {
		s.modified = c.Modified
	}
}

// etag labels the bytes of an answer: program, data, request and representation,
// the compression included, since a strong ETag is for one sequence of bytes.
// Equal on every process that serves the same data; "" for untracked data.
func (x *exchange) etag(s state) string {
	h := sha256.New()
	var number [8]byte
	for _, v := range s.versions {
		if v == 0 {
			return ""
		}
		binary.BigEndian.PutUint64(number[:], uint64(v))
		h.Write(number[:])
	}
	for _, part := range []string{
		x.server.config.Version, x.server.pages.hash, x.base, x.path, x.values.encode(), x.format.mediaType, x.lang, x.principal.Name,
	} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	tag := `"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
	if x.encoding != "" {
		tag += "-" + x.encoding
	}
	return tag + `"`
}

// begin sets the headers that describe an answer and reports whether the client
// has these very bytes already; then the answer is 304 and complete.
func (x *exchange) begin(s state) (done bool) {
	return x.beginAs(s, chooseEncoding(x.Get(fiber.HeaderAcceptEncoding)))
}

// beginAs is begin with the compression chosen.
func (x *exchange) beginAs(s state, encoding string) (done bool) {
	x.setVary()
	x.encoding = encoding
	if !s.modified.IsZero() {
		x.Set(fiber.HeaderLastModified, s.modified.UTC().Format(http.TimeFormat))
	}
	scope := "public"
	if x.principal.Name != "" {
		scope = "private"
	}
	x.Set(fiber.HeaderCacheControl, scope+", no-cache")
	tag := x.etag(s)
	if tag == "" {
		return false
	}
	x.Set(fiber.HeaderETag, tag)
	x.tag = tag
	if !matchesETag(x.Get(fiber.HeaderIfNoneMatch), tag) {
		return false
	}
	x.Status(fiber.StatusNotModified)
	return true
}

func (x *exchange) setVary() {
	x.Vary(fiber.HeaderAcceptEncoding)
	if _, fixed := x.values.get("f"); !fixed && len(x.endpoint.formats) > 1 {
		x.Vary(fiber.HeaderAccept)
	}
	if _, fixed := x.values.get("lang"); !fixed && x.format == asHTML {
		x.Vary(fiber.HeaderAcceptLanguage)
	}
	if x.server.config.Authorise != nil {
		x.Vary(fiber.HeaderAuthorization, "X-API-Key")
	}
}

// matchesETag compares weakly, as If-None-Match asks: proxies that compress
// turn a strong tag into a weak one.
func matchesETag(header, tag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
			return true
		}
	}
	return false
}

// compressFrom is the size in bytes below which compression costs more than it saves.
const compressFrom = 1024

// send finishes an answer whose bytes are all there; begin came before.
func (x *exchange) send(body []byte) error {
	x.Set(fiber.HeaderContentType, x.format.mediaType)
	x.Set(fiber.HeaderContentLanguage, x.lang)
	if x.format == asHTML {
		x.setPageHeaders()
	}
	if x.encoding == "" || len(body) < compressFrom {
		x.Response().SetBody(body)
		x.keepAnswer()
		return nil
	}
	x.Set(fiber.HeaderContentEncoding, x.encoding)
	x.Response().SetBodyRaw(compress(nil, body, x.encoding))
	x.keepAnswer()
	return nil
}

// sendDocument renders an answer that is the same for all users of the data: JSON
// from v, or the named page.
func (x *exchange) sendDocument(s state, page string, v any) error {
	if x.begin(s) {
		return nil
	}
	var body []byte
	var err error
	if x.format == asHTML {
		body, err = x.server.pages.render(x, page, v)
	} else {
		body, err = encodeJSON(v)
	}
	if err != nil {
		return err
	}
	return x.send(body)
}

func compress(dst, body []byte, encoding string) []byte {
	switch encoding {
	case "br":
		return fasthttp.AppendBrotliBytesLevel(dst, body, fasthttp.CompressBrotliBestSpeed)
	case "zstd":
		return fasthttp.AppendZstdBytesLevel(dst, body, fasthttp.CompressZstdBestSpeed)
	}
	return fasthttp.AppendGzipBytesLevel(dst, body, fasthttp.CompressBestSpeed)
}
