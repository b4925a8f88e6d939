package tile

import (
	"sync"

	"kawasan/geo"
)

// reachCache keeps the largest uncertainty of each collection at its newest version.
type reachCache struct {
	mu    sync.Mutex
	known map[string]reach
}

type reach struct {
	version geo.Version
	metres  float64
}

func (c *reachCache) get(about *geo.Collection) (float64, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, ok := c.known[about.ID]
	return r.metres, ok && about.Version != 0 && r.version == about.Version
}

func (c *reachCache) put(about *geo.Collection, metres float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]reach{}
	}
	c.known[about.ID] = reach{about.Version, metres}
}
