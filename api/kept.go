package api

import (
	"bytes"
	"context"
	"hash/maphash"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/valyala/fasthttp"

	"kawasan/geo"
)

const (
	// keptBytes is the memory for finished answers, keptBody the largest body that
	// is kept; of a larger one only the label is, for those who have it already.
	keptBytes = 64 << 20
	keptBody  = 256 << 10
	// keptOverhead is what an entry takes beside its key and body.
	keptOverhead = 1 << 10
	// costly is the time from which on an answer is kept when first given; a
	// quicker one when it is asked for again.
	costly = 2 * time.Millisecond
	// recentRequests is how many requests are remembered to tell that. Power of two.
	recentRequests = 1 << 13
)

// kept are finished answers by request, as they were sent. One is given again as
// long as the data that it rests on are the same: that takes neither parsing nor
// the store.
type kept struct {
	seed   maphash.Seed
	recent [recentRequests]atomic.Uint64 // hashes of requests
	making [16]making                    // by hash of the request

	mu    sync.Mutex
	lru   *simplelru.LRU[uint64, *keptAnswer]
	bytes int
}

// making are requests that are being answered now, by their hash: with the channel
// that is closed then, if another one waits for it.
type making struct {
	mu  sync.Mutex
	now map[uint64]chan struct{}
}

// keptAnswer is a finished answer, compressed as it was sent.
type keptAnswer struct {
	key     string
	rests   state
	tag     string
	headers []keptHeader
	body    []byte
	labeled bool // the body was too large
	// catalogue is the newest one in which the data were seen to be the same.
	catalogue atomic.Pointer[geo.Catalogue]
}

// keptHeader is a header of a finished answer.
type keptHeader struct {
	name, value string
	// ofBody says that it describes the body: 304 has none.
	ofBody bool
}

func newKept() *kept {
	k := &kept{seed: maphash.MakeSeed()}
	// The count never binds: each entry takes keptOverhead at least.
	k.lru, _ = simplelru.NewLRU(keptBytes/keptOverhead+1, func(_ uint64, a *keptAnswer) { k.bytes -= a.size() })
	return k
}

func (a *keptAnswer) size() int { return keptOverhead + len(a.key) + len(a.body) }

// len is how many answers are kept.
func (k *kept) len() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.lru.Len()
}

// appendKey writes all of a request that an answer can depend on; false for
// those that are answered anew each time.
func (s *Server) appendKey(dst []byte, c *fiber.Ctx) ([]byte, bool) {
	h := &c.Request().Header
	if s.config.Authorise != nil || !h.IsGet() && !h.IsHead() || askHead(h, headRange) != "" || askHead(h, headIfMatch) != "" || askHead(h, headUnmodifiedSince) != "" {
		return dst, false
	}
	dst = append(append(dst, h.RequestURI()...), ' ')
	dst = append(append(dst, h.Host()...), ' ')
	dst = append(append(dst, chooseEncoding(askHead(h, headAcceptCodings))...), ' ')
	dst = append(append(dst, askHead(h, headAccept)...), '\n')
	dst = append(append(dst, askHead(h, headAcceptTongues)...), '\n')
	if len(s.config.TrustedProxies) > 0 {
		dst = append(append(dst, c.Context().RemoteIP().String()...), ' ')
		for _, name := range []string{"X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix"} {
			dst = append(append(dst, h.Peek(name)...), '\n')
		}
	}
	return dst, true
}

// sum is the hash of a request.
func (k *kept) sum(key []byte) uint64 { return maphash.Bytes(k.seed, key) }

// find gives the answer kept for a request; nil if there is none.
func (k *kept) find(key []byte, sum uint64) *keptAnswer {
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok := k.lru.Get(sum)
	if !ok || a.key != string(key) {
		return nil
	}
	return a
}

// lead reports whether the request is the first of its kind that is being worked
// on now; then done must be called. The others wait for it, for a while, and find
// its answer if that is kept.
func (k *kept) lead(sum uint64) (first bool) {
	m := &k.making[sum%uint64(len(k.making))]
	m.mu.Lock()
	ready, taken := m.now[sum]
	switch {
	case !taken && m.now == nil:
		m.now = map[uint64]chan struct{}{}
		fallthrough
	case !taken:
		m.now[sum] = nil
		m.mu.Unlock()
		return true
	case ready == nil:
		ready = make(chan struct{})
		m.now[sum] = ready
	}
	m.mu.Unlock()
	patience := time.NewTimer(longestWait)
	defer patience.Stop()
	select {
	case <-ready:
	case <-patience.C:
	}
	return false
}

// done lets those go on who wait for the request.
func (k *kept) done(sum uint64) {
	m := &k.making[sum%uint64(len(k.making))]
	m.mu.Lock()
	defer m.mu.Unlock()
	if ready := m.now[sum]; ready != nil {
		close(ready)
	}
	delete(m.now, sum)
}

// longestWait is how long a request waits for the answer to another like it.
const longestWait = 3 * time.Second

// again reports whether the request has been made lately, and remembers it.
func (k *kept) again(sum uint64) bool {
	return k.recent[sum%recentRequests].Swap(sum) == sum
}

func (k *kept) add(a *keptAnswer, sum uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.lru.Remove(sum)
	k.lru.Add(sum, a)
	k.bytes += a.size()
	for k.bytes > keptBytes {
		k.lru.RemoveOldest()
	}
}

// sendKept answers with what was sent before to the same request, if the data
// are the same still.
func (s *Server) sendKept(c *fiber.Ctx, key []byte, sum uint64) bool {
	a := s.kept.find(key, sum)
	if a == nil {
		return false
	}
	if now, err := s.config.Reader.Catalogue(context.Background()); err != nil || !a.holds(now) {
		return false
	}
	had := matchesETag(askHead(&c.Request().Header, headIfNoneMatch), a.tag)
	if a.labeled && !had {
		return false
	}
	h := &c.Response().Header
	for i := range a.headers {
		if header := &a.headers[i]; !had || !header.ofBody {
			setHead(h, header.name, header.value)
		}
	}
	s.metrics.kept.hit.Inc()
	if had {
		c.Status(fiber.StatusNotModified)
		return true
	}
	c.Response().SetBodyRaw(a.body)
	return true
}

// holds reports whether the answer is what the data of a catalogue give.
func (a *keptAnswer) holds(c *geo.Catalogue) bool {
	if a.catalogue.Load() == c {
		return true
	}
	if !a.rests.sameIn(c) {
		return false
	}
	a.catalogue.Store(c)
	return true
}

// keep keeps what has just been made ready to send, if it is worth that.
func (x *exchange) keep(key []byte, sum uint64, took time.Duration) {
	r := x.Response()
	if x.tag == "" || r.StatusCode() != fiber.StatusOK || r.IsBodyStream() || utils.UnsafeString(r.Header.PeekCanonical(utils.UnsafeBytes(headETag))) != x.tag {
		return
	}
	if again := x.server.kept.again(sum); !again && took < costly {
		return
	}
	a := &keptAnswer{key: string(key), rests: x.rests, tag: x.tag}
	a.catalogue.Store(x.catalogue)
	a.headers = keptHeaders(&r.Header)
	if body := r.Body(); len(body) <= keptBody && !x.Request().Header.IsHead() {
		a.body = append([]byte(nil), body...)
	} else {
		a.labeled = true
	}
	x.server.kept.add(a, sum)
}

// keptHeaders copies the headers that belong to an answer, all texts into one.
func keptHeaders(h *fasthttp.ResponseHeader) []keptHeader {
	var space [1 << 10]byte
	text, headers := space[:0], make([]keptHeader, 0, h.Len())
	for name, value := range h.All() {
		if isOfExchange(utils.UnsafeString(name)) {
			continue
		}
		headers = append(headers, keptHeader{
			name: utils.UnsafeString(name), value: utils.UnsafeString(value),
			ofBody: bytes.HasPrefix(name, []byte("Content-")) && string(name) != headContentCRS,
		})
		text = append(append(text, name...), value...)
	}
	rest := string(text)
	take := func(n int) string {
		taken := rest[:n]
		rest = rest[n:]
		return taken
	}
	for i := range headers {
		headers[i].name = take(len(headers[i].name))
		headers[i].value = take(len(headers[i].value))
	}
	return headers
}

// isOfExchange tells headers of one exchange from those of its answer.
func isOfExchange(name string) bool {
	switch name {
	case headRequestID, headDataAge, fiber.HeaderContentLength, fiber.HeaderDate, fiber.HeaderServer, fiber.HeaderConnection,
		fiber.HeaderAccessControlAllowOrigin, fiber.HeaderAccessControlExposeHeaders, fiber.HeaderTransferEncoding:
		return true
	}
	return false
}
