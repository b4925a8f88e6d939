package gpkg

import (
	"time"

	"kawasan/geo/crs"
	"kawasan/geo/format/export"
)

// definition gives the WKT 1 of a system; that of EPSG:4326 for CRS84, whose own
// WKT names an authority that not every reader knows.
func definition(c *crs.CRS) string {
	if c.EPSG == 4326 {
		if epsg := crs.ByEPSG(4326); epsg != nil {
			return epsg.WKT1
		}
	}
	return c.WKT1
}

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
