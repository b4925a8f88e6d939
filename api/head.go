package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2/utils"
	"github.com/valyala/fasthttp"
)

// Names of headers that nearly every answer has, in the form in which they are
// sent: the server then need not bring them into it.
const (
	headRequestID       = "X-Request-Id"
	headContentTypes    = "X-Content-Type-Options"
	headReferrer        = "Referrer-Policy"
	headAllowOrigin     = "Access-Control-Allow-Origin"
	headExpose          = "Access-Control-Expose-Headers"
	headFresh           = "Kawasan-Fresh"
	headDataAge         = "Kawasan-Data-Age"
	headVary            = "Vary"
	headModified        = "Last-Modified"
	headCacheControl    = "Cache-Control"
	headETag            = "Etag"
	headContentType     = "Content-Type"
	headContentCoding   = "Content-Encoding"
	headLanguage        = "Content-Language"
	headContentCRS      = "Content-Crs"
	headMatched         = "Ogc-Numbermatched"
	headReturned        = "Ogc-Numberreturned"
	headIfNoneMatch     = "If-None-Match"
	headIfMatch         = "If-Match"
	headUnmodifiedSince = "If-Unmodified-Since"
	headAccept          = "Accept"
	headAcceptCodings   = "Accept-Encoding"
	headAcceptTongues   = "Accept-Language"
	headRange           = "Range"
)

// setHead sets a header of an answer by one of these names.
func setHead(h *fasthttp.ResponseHeader, name, value string) {
	h.SetCanonical(utils.UnsafeBytes(name), utils.UnsafeBytes(value)) // both are copied
}

// setHead sets a header of the answer by one of the names above.
func (x *exchange) setHead(name, value string) { setHead(&x.Response().Header, name, value) }

// appendHTTPTime writes a time as [http.TimeFormat] has it, in a third of the time
// that it takes to read the format.
func appendHTTPTime(dst []byte, t time.Time) []byte {
	t = t.UTC()
	year, month, day := t.Date()
	if year < 1000 || year > 9999 {
		return t.AppendFormat(dst, http.TimeFormat)
	}
	hour, minute, second := t.Clock()
	two := func(n int) { dst = append(dst, byte('0'+n/10), byte('0'+n%10)) }
	dst = append(append(dst, t.Weekday().String()[:3]...), ", "...)
	two(day)
	dst = append(append(append(dst, ' '), month.String()[:3]...), ' ')
	two(year / 100)
	two(year % 100)
	dst = append(dst, ' ')
	two(hour)
	dst = append(dst, ':')
	two(minute)
	dst = append(dst, ':')
	two(second)
	return append(dst, " GMT"...)
}

// setNumber sets a header to a number.
func (x *exchange) setNumber(name string, n int) {
	var space [20]byte
	x.setHead(name, utils.UnsafeString(strconv.AppendInt(space[:0], int64(n), 10)))
}

// ask gives a header of the request, valid until the answer is sent.
func (x *exchange) ask(name string) string { return askHead(&x.Request().Header, name) }

// askHead gives a header of a request by one of the names above, valid until the
// answer is sent.
func askHead(h *fasthttp.RequestHeader, name string) string {
	return utils.UnsafeString(h.PeekCanonical(utils.UnsafeBytes(name)))
}
