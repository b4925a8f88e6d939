package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
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

// begin sets the headers that describe an answer and reports whether it is complete with
// them: 304 if the client has these very bytes already, 412 if it wants others.
func (x *exchange) begin(s state) (done bool) {
	return x.beginAs(s, chooseEncoding(x.ask(headAcceptCodings)))
}

// beginAs is begin with the compression chosen.
func (x *exchange) beginAs(s state, encoding string) (done bool) {
	x.setVary()
	x.encoding = encoding
	if !s.modified.IsZero() {
		var space [len(http.TimeFormat)]byte
		x.setHead(headModified, utils.UnsafeString(appendHTTPTime(space[:0], s.modified)))
	}
	if x.principal.Name == "" {
		x.setHead(headCacheControl, "public, no-cache")
	} else {
		x.setHead(headCacheControl, "private, no-cache")
	}
	tag := x.etag(s)
	if tag != "" {
		x.setHead(headETag, tag)
		x.tag, x.rests = tag, s
	}
	return x.settled(tag, s.modified)
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

// setVary names the headers of the request that the answer depends on.
func (x *exchange) setVary() {
	var space [128]byte
	vary := append(space[:0], headAcceptCodings...)
	if _, fixed := x.values.get("f"); !fixed && len(x.endpoint.formats) > 1 {
		vary = append(vary, ", Accept"...)
	}
	if _, fixed := x.values.get("lang"); !fixed && x.format == asHTML {
		vary = append(vary, ", Accept-Language"...)
	}
	if x.server.config.Authorise != nil {
		vary = append(vary, ", Authorization, X-API-Key"...)
	}
	if x.server.limitsOrigins() {
		vary = append(vary, ", Origin"...)
	}
	x.setHead(headVary, utils.UnsafeString(vary))
}

// compressFrom is the size in bytes below which compression costs more than it saves.
const compressFrom = 1024

// send finishes an answer whose bytes are all there and are not changed any more;
// begin came before.
func (x *exchange) send(body []byte) error {
	x.describeBody()
	if x.encoding == "" || len(body) < compressFrom {
		x.Response().SetBodyRaw(body)
		return nil
	}
	x.setHead(headContentCoding, x.encoding)
	x.Response().SetBodyRaw(compress(nil, body, x.encoding))
	return nil
}

// describeBody says what kind of body the answer has.
func (x *exchange) describeBody() {
	x.setHead(headContentType, x.format.mediaType)
	x.setHead(headLanguage, x.lang)
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
