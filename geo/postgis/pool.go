package postgis

import "time"

// PoolStats tells how the connections for reading are used.
type PoolStats struct {
	// Most is the size of the pool; Acquired are in use and Idle are waiting for use.
	Most, Acquired, Idle int
	// Waits is how often a reader had to wait for a connection since the start, and
	// Waited for how long in all; GaveUp is how often it went before it had one.
	Waits, GaveUp int64
	Waited        time.Duration
}

// Pool tells how the connections for reading are used.
func (s *Store) Pool() PoolStats {
	p := s.readers.Stat()
	return PoolStats{
		Most: int(p.MaxConns()), Acquired: int(p.AcquiredConns()), Idle: int(p.IdleConns()),
		Waits: p.EmptyAcquireCount(), GaveUp: p.CanceledAcquireCount(), Waited: p.EmptyAcquireWaitTime(),
	}
}
