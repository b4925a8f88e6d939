//go:build !linux

package postgis

import "syscall"

// boundUnacknowledged leaves it to the keep-alive messages.
func boundUnacknowledged(string, string, syscall.RawConn) error { return nil }
