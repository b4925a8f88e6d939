package postgis

import (
	"errors"
	"iter"
	"strconv"
	"testing"

	"kawasan/geo"
)

// numbered yields features with ids from 0 on, each with so many bytes of geometry, and then the error.
func numbered(n, bytes int, failure error, ended *bool) iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		defer func() { *ended = true }()
		for i := range n {
			if !yield(&geo.Feature{ID: strconv.Itoa(i), WKB: make([]byte, bytes)}, nil) {
				return
			}
		}
		if failure != nil {
			yield(nil, failure)
		}
	}
}

func TestAhead(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, c := range []struct {
		name           string
		n, bytes, take int
		failure        error
	}{
		{name: "nothing"},
		{name: "one", n: 1, take: 1},
		{name: "many small ones", n: 10*aheadFeatures + 1, take: 10*aheadFeatures + 1},
		{name: "large ones", n: 20, bytes: aheadBytes, take: 20},
		{name: "stopped at the first", n: 100 * aheadFeatures, take: 0},
		{name: "stopped in the middle", n: 100 * aheadFeatures, take: 3 * aheadFeatures},
		{name: "an error at once", failure: broken},
		{name: "an error behind some", n: aheadFeatures + 1, take: aheadFeatures + 1, failure: broken},
	} {
		got, ended, gaveUp := 0, false, false
		var failure error
		for f, err := range ahead(numbered(c.n, c.bytes, c.failure, &ended), func() { gaveUp = true }) {
			if err != nil {
				failure = err
				break
			}
			if got == c.take {
				break
			}
			if f.ID != strconv.Itoa(got) {
				t.Fatalf("%s: feature %d has the id %s", c.name, got, f.ID)
			}
			got++
		}
		if got != c.take || !errors.Is(failure, c.failure) || !ended || gaveUp != (c.take < c.n) {
			t.Errorf("%s: got %d features and %v, ended: %t, given up: %t", c.name, got, failure, ended, gaveUp)
		}
	}
}

// A panic of the reader is an error of the query, not the end of the process.
func TestAheadOfPanic(t *testing.T) {
	t.Parallel()
	var failure error
	for _, err := range ahead(func(func(*geo.Feature, error) bool) { panic("oh") }, func() {}) {
		failure = err
	}
	if failure == nil {
		t.Error("the panic is lost")
	}
}
