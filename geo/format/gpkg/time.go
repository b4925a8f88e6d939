package gpkg

import (
	"time"

	"kawasan/geo/format/export"
)

// epoch stands where a time is required and none is known, so that the bytes
// don't depend on the clock.
const epoch = "1970-01-01T00:00:00.000Z"

// stamp writes an instant as the standard wants it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func lastChange(l export.Layer) string {
	if l.Modified().IsZero() {
		return epoch
	}
	return stamp(l.Modified())
}
