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
	structure geo.Version
	// on are the collections that the answer is made from; a version of 0 among
	// them means that changes are not tracked, and the answer gets no ETag.
	on       []dependency
	modified time.Time
	// catalogue says that it rests on all that the catalogue tells; content is
	// then what labels it.
	catalogue *geo.Catalogue
	content   []byte
}

// dependency is a collection at the version that was read.
type dependency struct {
	collection string
	version    geo.Version
	shape      uint64 // of the description that was read
}

// stateOf is the state of an answer made from these collections and from what
// the catalogue says of all of them but extents and counts.
func (x *exchange) stateOf(collections ...*geo.Collection) state {
	s := state{structure: x.catalogue.Version, on: make([]dependency, 0, len(collections))}
	for _, c := range collections {
		s.add(c)
	}
	return s
}

// add makes the answer rest on another collection too.
func (s *state) add(c *geo.Collection) {
	s.on = append(s.on, dependency{c.ID, c.Version, c.Shape()})
	if c.Modified.After(s.modified) {
		s.modified = c.Modified
	}
}

// sameIn reports whether the answer would be the same with the data of a catalogue.
func (s *state) sameIn(c *geo.Catalogue) bool {
	if s.catalogue != nil || s.structure != c.Version {
		return s.catalogue == c
	}
	for _, d := range s.on {
		if now, err := c.Collection(d.collection); err != nil || now.Version != d.version || now.Shape() != d.shape {
			return false
		}
	}
	return true
}

// etag labels the bytes of an answer: program, data, request and representation,
// the compression included, since a strong ETag is for one sequence of bytes.
// Equal on every process that serves the same data; "" for untracked data.
func (x *exchange) etag(s state) string {
	if x.given != nil {
		return "" // the body is not part of the label
	}
	buffer := takeBuffer()
	defer giveBuffer(buffer)
	b := *buffer
	if s.content == nil {
		b = binary.BigEndian.AppendUint64(b, uint64(s.structure))
		for _, d := range s.on {
			if d.version == 0 {
				return ""
			}
			b = append(append(b, d.collection...), 0)
			b = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(b, uint64(d.version)), d.shape)
		}
		if s.structure == 0 {
			return ""
		}
	}
	for _, part := range [...]string{x.server.config.Version, x.server.pages.hash, x.base, x.path, x.format.mediaType, x.lang, x.principal.Name} {
		b = append(append(b, part...), 0)
	}
	b = x.values.append(b)
	b = append(append(b, 0), s.content...)
	sum := sha256.Sum256(b)
	*buffer = b
	tag := make([]byte, 0, 32)
	tag = append(tag, '"')
	tag = base64.RawURLEncoding.AppendEncode(tag, sum[:12])
	if x.encoding != "" {
		tag = append(append(tag, '-'), x.encoding...)
	}
	return string(append(tag, '"'))
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
	x.tag, x.rests = tag, s
	if !matchesETag(x.Get(fiber.HeaderIfNoneMatch), tag) {
		return false
	}
	x.Status(fiber.StatusNotModified)
	return true
}

// relabel labels an answer by data that are newer than those it began with.
func (x *exchange) relabel(s state) {
	x.tag, x.rests = x.etag(s), s
	if x.tag == "" {
		x.Response().Header.Del(fiber.HeaderETag)
		return
	}
	x.Set(fiber.HeaderETag, x.tag)
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
	x.describeBody()
	if x.encoding == "" || len(body) < compressFrom {
		x.Response().SetBody(body)
		return nil
	}
	x.Set(fiber.HeaderContentEncoding, x.encoding)
	x.Response().SetBodyRaw(compress(nil, body, x.encoding))
	return nil
}

// describeBody says what kind of body the answer has.
func (x *exchange) describeBody() {
	x.Set(fiber.HeaderContentType, x.format.mediaType)
	x.Set(fiber.HeaderContentLanguage, x.lang)
	if x.format == asHTML {
		x.setPageHeaders()
	}
}

// sendDocument renders an answer that is the same for all users of the data: JSON
// from v, or the named page. It may tell all that the catalogue does, so its
// content labels it.
func (x *exchange) sendDocument(s state, page string, v any) error {
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
	s.catalogue, s.content = x.catalogue, body
	done := x.begin(s)
	x.rests.content = nil
	if done {
		return nil
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
