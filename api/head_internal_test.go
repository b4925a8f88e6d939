package api

import (
	"net/http"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
	"pgregory.net/rapid"
)

// The names are those that the server would send for them.
func TestHeadNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		headRequestID, headContentTypes, headReferrer, headAllowOrigin, headExpose, headDataAge, headFresh, headVary, headModified, headCacheControl,
		headETag, headContentType, headContentCoding, headLanguage, headContentCRS, headMatched, headReturned, headIfNoneMatch, headAccept, headAcceptCodings, headAcceptTongues, headRange,
	} {
		var h fasthttp.ResponseHeader
		h.SetNoDefaultContentType(true)
		h.Set(name, "value")
		for sent := range h.All() {
			if string(sent) != name {
				t.Errorf("%s is sent as %s", name, sent)
			}
		}
	}
}

// Times are written as the standard library writes them.
func TestAppendHTTPTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-70e9, 260e9).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds"))
		at = at.In(time.FixedZone("", rapid.IntRange(-14*3600, 14*3600).Draw(t, "zone")))
		if got, want := string(appendHTTPTime(nil, at)), at.UTC().Format(http.TimeFormat); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}
