package geotest

import (
	"strings"
	"sync"
)

// Log keeps what is written, and can be read meanwhile. It is safe for concurrent use; the zero value is ready.
type Log struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write appends; it never fails.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String gives what has been written so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
