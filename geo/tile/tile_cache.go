package tile

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// tileCache keeps the tiles last asked for, bounded by bytes.
type tileCache struct {
	mu    sync.Mutex
	lru   *simplelru.LRU[string, *Tile]
	bytes int
	most  int

	hits, misses uint64
}

func newTileCache(most int) *tileCache {
	c := &tileCache{most: most}
	// The count never binds: each entry takes entryBytes at least.
	c.lru, _ = simplelru.NewLRU(max(1, most/entryBytes+1), func(k string, t *Tile) { c.bytes -= tileBytes(k, t) })
	return c
}

// entryBytes is what an entry takes beside key and data.
const entryBytes = 256

// tileBytes counts the data twice: packed, in the two or three encodings that
// clients ask for, they take about as much again.
func tileBytes(key string, t *Tile) int {
	return entryBytes + len(key) + 2*cap(t.Data) + 8*cap(t.Versions)
}

func (c *tileCache) get(key string) (*Tile, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, ok := c.lru.Get(key)
	if ok {
		c.hits++
	} else {
		c.misses++
	}
	return t, ok
}

func (c *tileCache) put(key string, t *Tile) {
	size := tileBytes(key, t)
	c.mu.Lock()
	defer c.mu.Unlock()
	if size > c.most || c.lru.Contains(key) {
		return
	}
	c.lru.Add(key, t)
	c.bytes += size
	for c.bytes > c.most {
		c.lru.RemoveOldest()
	}
}
