package geo

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of fault an [Error] is. The set is closed: one mapper in
// the API turns it into an HTTP status.
type Code string

// The codes.
const (
	// Invalid: the caller's input is wrong and would be wrong again.
	Invalid Code = "invalid"
	// NotFound: what was named does not exist.
	NotFound Code = "not_found"
	// Conflict: the input is right but not against the present state.
	Conflict Code = "conflict"
	// TooLarge: the input or the answer exceeds a stated limit.
	TooLarge Code = "too_large"
	// Unsupported: right in principle, but not offered here.
	Unsupported Code = "unsupported"
	// Unauthorised: no key, or a key that does not allow it.
	Unauthorised Code = "unauthorised"
	// Timeout: the answer would have taken longer than is allowed.
	Timeout Code = "timeout"
	// Unavailable: a part that is needed does not answer now; try again.
	Unavailable Code = "unavailable"
	// Internal: a fault of ours. The cause is logged, never shown.
	Internal Code = "internal"
)

// Place says where in the input a fault lies. Fields that do not apply stay zero.
type Place struct {
	Parameter  string      `json:"parameter,omitempty"`  // query or path parameter, or body
	Line       int         `json:"line,omitempty"`       // 1-based line within the parameter or file
	Column     int         `json:"column,omitempty"`     // 1-based column, in characters
	Pointer    string      `json:"pointer,omitempty"`    // JSON pointer into a body
	Feature    string      `json:"feature,omitempty"`    // id of the feature
	Collection string      `json:"collection,omitempty"` // id of the collection
	Coordinate *[2]float64 `json:"coordinate,omitempty"` // lon, lat
}

// Error is a fault with a message that is safe to show to anyone. What only
// the operator may see (SQL, file names, library text) stays in the wrapped cause.
//
// Message and Fix are what [Errorf] and [Error.Try] made in English, to be read only.
type Error struct {
	Code    Code
	Message string // one sentence: what is wrong
	Fix     string // what would be right, when that can be said
	Place   Place
	Meant   string // the word, or path, that was likely meant in place of the wrong one; "" if none is near
	cause   error

	message, fix Phrase
}

// Errorf makes an Error. The formatted message must be safe to show.
func Errorf(code Code, format string, args ...any) *Error {
	said := Phrasef(format, args...)
	return &Error{Code: code, Message: said.String(), message: said}
}

// Invalidf makes an Error of code Invalid about a parameter.
func Invalidf(parameter, format string, args ...any) *Error {
	return Errorf(Invalid, format, args...).In(parameter)
}

// Because wraps the cause, which is logged but never shown, and returns e.
func (e *Error) Because(cause error) *Error { e.cause = cause; return e }

// Try adds what would be right, in place of what was said of that before, and returns e.
func (e *Error) Try(format string, args ...any) *Error {
	e.fix = Phrasef(format, args...)
	e.Fix = e.fix.String()
	return e
}

// Instead names the word that was likely meant, which is also in what would be right, and returns e.
func (e *Error) Instead(word string) *Error { e.Meant = word; return e }

// Saying gives a copy of the error with another message; all else of it stays.
func (e *Error) Saying(format string, args ...any) *Error {
	other := *e
	other.message = Phrasef(format, args...)
	other.Message = other.message.String()
	return &other
}

// Said gives message and remedy as they were made, to be said in another language or as
// part of another error; remedy is the zero Phrase when there is none.
func (e *Error) Said() (message, remedy Phrase) { return e.message, e.fix }

// In names the parameter in which the fault lies, unless one is named already, and returns e.
func (e *Error) In(parameter string) *Error {
	if e.Place.Parameter == "" {
		e.Place.Parameter = parameter
	}
	return e
}

// At names line and column (1-based) and returns e.
func (e *Error) At(line, column int) *Error {
	e.Place.Line, e.Place.Column = line, column
	return e
}

// Error gives message, place and remedy, then the cause: for logs, not for clients.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	if e.Place.Parameter != "" {
		fmt.Fprintf(&b, " (in %s", e.Place.Parameter)
		if e.Place.Line > 0 {
			fmt.Fprintf(&b, ", line %d, column %d", e.Place.Line, e.Place.Column)
		}
		b.WriteByte(')')
	}
	if e.Fix != "" {
		b.WriteString("; " + e.Fix)
	}
	if e.cause != nil {
		b.WriteString(": " + e.cause.Error())
	}
	return b.String()
}

// Unwrap gives the hidden cause.
func (e *Error) Unwrap() error { return e.cause }

// AsError finds the Error in err's chain. An error without one becomes
// Internal with a message that gives nothing away. Nil gives nil.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return Errorf(Internal, "something went wrong here; the operator's log has the details").Because(err)
}

// IsCode reports whether err carries the code.
func IsCode(err error, code Code) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}
