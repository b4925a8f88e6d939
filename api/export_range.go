package api

import (
	"net/http"
	"strconv"
	"strings"

	"kawasan/geo"
)

// byteRange is a part of a file.
type byteRange struct{ first, length int64 }

// parseRange reads a Range header for a file of a size. ok is false where the
// whole file is the answer: for other units, for what can't be read, and for
// several ranges at once, all of which a server may ignore (RFC 9110, 14.2). A
// range that lies behind the end is a fault.
func parseRange(header string, size int64) (r byteRange, ok bool, err error) {
	text, isBytes := strings.CutPrefix(header, "bytes=")
	from, to, isRange := strings.Cut(strings.TrimSpace(text), "-")
	if !isBytes || !isRange || strings.Contains(to, ",") {
		return r, false, nil
	}
	last := size - 1
	if from == "" { // the last so many bytes
		n, known := parseLength(to)
		if !known {
			return r, false, nil
		}
		r.first = max(size-n, 0)
		if n == 0 {
			r.first = size
		}
	} else {
		var known bool
		if r.first, known = parseLength(from); !known {
			return r, false, nil
		}
		if to != "" {
			n, known := parseLength(to)
			if !known || n < r.first {
				return r, false, nil
			}
			last = min(last, n)
		}
	}
	if r.first >= size {
		return r, false, errBehindEnd
	}
	r.length = last - r.first + 1
	return r, true, nil
}

// parseLength reads digits; more than fit are as good as the largest number.
func parseLength(s string) (int64, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 1<<63 - 1, true
	}
	return n, true
}

// statusFault is a fault with a status of its own.
type statusFault struct {
	fault  *geo.Error
	status int
}

// Error is for logs.
func (s statusFault) Error() string { return s.fault.Error() }

var errBehindEnd = statusFault{
	geo.Errorf(geo.Invalid, "the range begins behind the end of the file").Try("a range within the size that Content-Range gives"), http.StatusRequestedRangeNotSatisfiable,
}
