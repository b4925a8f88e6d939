package api

import (
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
)

// settled reports whether the conditions of the request settle it (RFC 9110, 13.2.2): 412 if the client
// wants another state of the answer than that with this tag and time, 304 if it has this one (412 where
// neither GET nor HEAD asks: 13.1.2). The tag is ""
// and the time zero where there is none. If-Modified-Since is passed over: an answer
// may change without its data, and data twice within a second; ETag tells.
func (x *exchange) settled(tag string, modified time.Time) bool {
	if !x.isAsWanted(tag, modified) {
		_ = x.fail(errNotAsWanted) // nothing else can be sent if that fails
		return true
	}
	if tag == "" || !matchesETag(x.ask(headIfNoneMatch), tag) {
		return false
	}
	if method := x.Method(); method != fiber.MethodGet && method != fiber.MethodHead {
		_ = x.fail(errExcluded)
		return true
	}
	x.Status(fiber.StatusNotModified)
	return true
}

// isAsWanted reports whether If-Match, or without it If-Unmodified-Since, holds. Tags are compared strongly: a weak
// one never matches.
func (x *exchange) isAsWanted(tag string, modified time.Time) bool {
	if list := x.ask(headIfMatch); list != "" {
		for candidate := range strings.SplitSeq(list, ",") {
			if candidate = strings.TrimSpace(candidate); candidate == "*" || candidate == tag && tag != "" {
				return true
			}
		}
		return false
	}
	since := x.ask(headUnmodifiedSince)
	if since == "" || modified.IsZero() {
		return true
	}
	limit, err := http.ParseTime(since)
	return err != nil || !modified.Truncate(time.Second).After(limit)
}

var errNotAsWanted = statusFault{
	geo.Errorf(geo.Conflict, "the answer is another now than the one that the request is about").
		Try("the request without If-Match and If-Unmodified-Since, for the answer as it is now"), http.StatusPreconditionFailed,
}

var errExcluded = statusFault{
	geo.Errorf(geo.Conflict, "the answer is still the one that If-None-Match excludes").
		Try("the request without If-None-Match; only GET and HEAD are told 304"), http.StatusPreconditionFailed,
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
