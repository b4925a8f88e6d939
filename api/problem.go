package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// problem is an RFC 9457 problem document. Its type is about:blank, so title is
// the status in words; code tells programs what went wrong.
type problem struct {
	Type   string   `json:"type"`
	Title  string   `json:"title"`
	Status int      `json:"status"`
	Detail string   `json:"detail"`
	Code   geo.Code `json:"code"`
	Fix    string   `json:"fix,omitempty"`
	geo.Place
	// Suggestion is the address of the request as it was likely meant.
	Suggestion string `json:"suggestion,omitempty"`
	// Lang is the language of detail and fix.
	Lang string `json:"-"`
}

const problemType = "application/problem+json"

// statusOf is the one place that turns a code into an HTTP status. What is
// merely not offered is the caller's to change, hence 400 and not 501.
func statusOf(code geo.Code) int {
	switch code {
	case geo.Invalid, geo.Unsupported:
		return http.StatusBadRequest
	case geo.NotFound:
		return http.StatusNotFound
	case geo.Conflict:
		return http.StatusConflict
	case geo.TooLarge:
		return http.StatusRequestEntityTooLarge
	case geo.Unauthorised:
		return http.StatusUnauthorized
	case geo.Timeout:
		return http.StatusGatewayTimeout
	case geo.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// asFault gives the error that the client sees. Faults of Fiber and fasthttp keep
// their status but never their text, which can hold bytes of the request.
func asFault(err error) (*geo.Error, int) {
	var framework *fiber.Error
	if errors.As(err, &framework) {
		e := frameworkFault(framework.Code)
		return e.Because(err), framework.Code
	}
	var behind statusFault
	if errors.As(err, &behind) {
		return behind.fault, behind.status
	}
	var known *geo.Error
	if !errors.As(err, &known) {
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			known = geo.Errorf(geo.Timeout, "the answer takes longer than is allowed").
				Try("ask for less: a smaller bbox, a lower limit or a narrower filter").Because(err)
		case errors.Is(err, context.Canceled):
			known = geo.Errorf(geo.Unavailable, "the request was given up before the answer was complete").Because(err)
		default:
			known = geo.AsError(err)
		}
	}
	return known, statusOf(known.Code)
}

func frameworkFault(status int) *geo.Error {
	switch status {
	case http.StatusNotFound:
		return geo.Errorf(geo.NotFound, "there is nothing at this address").
			Try("start at the landing page / or see the interface description at /api")
	case http.StatusMethodNotAllowed:
		return geo.Errorf(geo.Unsupported, "this method is not offered here").
			Try("one of the methods that Allow lists; a filter goes into the parameter filter of a GET request")
	case http.StatusRequestTimeout:
		return geo.Errorf(geo.Timeout, "the request did not arrive in time").Try("the same request over a quicker connection")
	case http.StatusRequestEntityTooLarge:
		return geo.Errorf(geo.TooLarge, "the body of the request is too large").Try("a smaller body, with geometries simplified")
	case http.StatusRequestHeaderFieldsTooLarge, http.StatusRequestURITooLong:
		return geo.Errorf(geo.TooLarge, "the address and headers of the request are too long together").
			Try("shorten the query: simplify its geometry or its lists")
	case http.StatusBadRequest:
		return geo.Errorf(geo.Invalid, "the request can't be read as HTTP")
	}
	return geo.Errorf(geo.Internal, "something went wrong here; the operator's log has the details")
}

// newProblem says a fault in a language: in English if a part of it has no other words.
func newProblem(e *geo.Error, status int, lang string) problem {
	p := problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Detail: e.Message, Code: e.Code, Fix: e.Fix, Place: e.Place, Lang: languages[0],
	}
	if lang == "id" {
		if what, right := wording.Fault(e); what.ID != "" {
			p.Detail, p.Fix, p.Lang = what.ID, right.ID, lang
		}
		if title, ok := statusTitles[status]; ok {
			p.Title = title.In(lang)
		}
	}
	return p
}
