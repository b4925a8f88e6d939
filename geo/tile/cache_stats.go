package tile

// CacheStats tells how the cache of finished tiles does.
type CacheStats struct {
	Tiles, Bytes int
	Hits, Misses uint64 // since the start
}

// CacheStats counts the tiles that are kept, and how often one was.
func (m *Maker) CacheStats() CacheStats {
	c := m.tiles
	c.mu.Lock()
	defer c.mu.Unlock()
	return CacheStats{Tiles: c.lru.Len(), Bytes: c.bytes, Hits: c.hits, Misses: c.misses}
}
