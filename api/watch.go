package api

import (
	"context"
	"net"
	"sync"
	"syscall"
	"time"
)

// watchAfter is how long a request runs before its connection is watched: most
// are done by then. watchEvery is the pause between two looks.
const (
	watchAfter = 200 * time.Millisecond
	watchEvery = 100 * time.Millisecond
)

// watchClient cancels the work when the client closes its connection, which
// fasthttp does not tell. stop ends the watch and waits for it; call it before
// the connection is used again. Connections that can't be looked at (TLS, tests)
// are left to the time limit.
func watchClient(conn net.Conn, cancel context.CancelFunc) (stop func()) {
	raw := rawConn(conn)
	if raw == nil {
		return func() {}
	}
	var mu sync.Mutex
	stopped := false
	var timer *time.Timer
	mu.Lock()
	timer = time.AfterFunc(watchAfter, func() {
		mu.Lock()
		defer mu.Unlock()
		if stopped {
			return
		}
		if closedByPeer(raw) {
			cancel()
			return
		}
		timer.Reset(watchEvery)
	})
	mu.Unlock()
	return func() {
		timer.Stop()
		mu.Lock()
		stopped = true
		mu.Unlock()
	}
}

func rawConn(conn net.Conn) syscall.RawConn {
	c, ok := conn.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := c.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}
