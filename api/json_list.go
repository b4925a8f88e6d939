package api

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"kawasan/geo"
)

// maxListBytes bounds the text of a list in a parameter.
const maxListBytes = 32 << 10

// readList reads a parameter that holds a JSON array of objects, such as criteria, and
// refuses members that they don't have. One says what an object is called; example is a list that is right.
func readList[T any](parameter, one, example, text string) ([]T, error) {
	fail := func(format string, args ...any) ([]T, error) {
		return nil, geo.Invalidf(parameter, format, args...).Try("a JSON array such as %s", example)
	}
	if len(text) > maxListBytes {
		return fail("the %s have more than %d bytes", parameter, maxListBytes)
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	var list []T
	if err := decoder.Decode(&list); err != nil {
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) && kind.Field != "" {
			return fail("the member %s of a %s can't be a JSON %s", kind.Field, one, kind.Value)
		}
		if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
			return fail("a %s has no member %s", one, geo.Clip(name))
		}
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return fail("the %s are not JSON from character %d on", parameter, syntax.Offset)
		}
		return fail("the %s are not a JSON array of objects", parameter)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fail("something follows the array of %s", parameter)
	}
	return list, nil
}
