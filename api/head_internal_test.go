package api

import (
	"testing"

	"github.com/valyala/fasthttp"
)

// The names are those that the server would send for them.
func TestHeadNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		headRequestID, headContentTypes, headReferrer, headAllowOrigin, headExpose, headDataAge, headFresh, headVary, headModified, headCacheControl,
		headETag, headContentType, headContentCoding, headLanguage, headContentCRS, headMatched, headReturned, headIfNoneMatch, headAccept, headAcceptCodings,
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
