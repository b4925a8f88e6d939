package tile

import (
	"sync"

	"kawasan/geo"
)

// Tile is a finished vector tile. It is shared: its bytes must not be changed.
type Tile struct {
	// Data is the tile, uncompressed; empty when no feature is in it.
	Data []byte
	// Features is how many features are shown, Dropped how many found no room; one
	// with geometries of several types counts for each type.
	Features, Dropped int
	// Versions are those of the collections in the order of the request: the tile
	// shows the data at these.
	Versions []geo.Version

	mu     sync.Mutex
	packed map[string][]byte
}

// Packed gives the data in another encoding, such as gzip, packing them when it
// is first asked for: who keeps the tile keeps that too.
func (t *Tile) Packed(encoding string, pack func([]byte) []byte) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	b, ok := t.packed[encoding]
	if !ok {
		b = pack(t.Data)
		if t.packed == nil {
			t.packed = map[string][]byte{}
		}
		t.packed[encoding] = b
	}
	return b
}
