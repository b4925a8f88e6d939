package main

import (
	"bytes"
	"testing"
)

// Simplified geometries are the same from memory and from PostGIS, of items and of
// one item, whatever the geometries are.
func TestSimplifiedByBothStores(t *testing.T) {
	t.Parallel()
	s := openBoth(t, mixedDatabase(t))
	for id, p := range s.pools {
		if !p.collection.HasGeometry() || len(p.features) == 0 {
			continue
		}
		items := "/collections/" + id + "/items"
		for _, target := range []string{
			items + "?limit=1000&zoom-level=0", items + "?limit=1000&zoom-level=6.5", items + "?limit=1000&max-allowable-offset=250&coordinate-precision=4",
			items + "?limit=1000&coordinate-precision=0", items + "?zoom-level=3&f=geojsonseq", items + "/" + p.features[0].ID + "?zoom-level=5",
		} {
			fromMemory, fromDatabase := exported(t, s.memory, target), exported(t, s.store, target)
			if !bytes.Equal(fromMemory, fromDatabase) {
				t.Errorf("%s: %d bytes from memory, %d from PostGIS, and not the same", target, len(fromMemory), len(fromDatabase))
			}
		}
	}
}
