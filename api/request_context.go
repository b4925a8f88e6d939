package api

import (
	"context"
	"net"
	"sync"
	"time"
)

// requestContext is the context of one request: it ends with the time limit, with
// the request, and when the client goes away. Most requests are answered before
// anybody waits for its end; so the timer and the watch on the connection are made
// when somebody does, and until then whoever asks whether it has ended looks.
type requestContext struct {
	began, deadline time.Time

	mu     sync.Mutex
	conn   net.Conn // nil once it must not be looked at any more
	looked time.Time
	err    error
	// waited is the context that those who wait have got; nil if there are none.
	waited context.Context //nolint:containedctx // it is a context itself
	cancel context.CancelFunc
	watch  func() // ends the watch on the connection
}

// begin makes it the context of a request. Call unwatch before the connection is used
// again, and end in the end.
func (r *requestContext) begin(conn net.Conn, began time.Time, limit time.Duration) {
	r.began, r.deadline, r.looked, r.conn = began, began.Add(limit), began, conn
}

// Deadline is the time limit.
func (r *requestContext) Deadline() (time.Time, bool) { return r.deadline, true }

// Done is closed when the context ends.
func (r *requestContext) Done() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wait().Done()
}

// wait gives the context that ends by itself. r.mu is held.
func (r *requestContext) wait() context.Context {
	if r.waited != nil {
		return r.waited
	}
	r.waited, r.cancel = context.WithDeadline(context.Background(), r.deadline)
	switch {
	case r.err != nil:
		r.cancel()
	case r.conn != nil:
		r.watch = watchClient(r.conn, r.cancel)
	}
	return r.waited
}

// Err tells whether the context has ended.
func (r *requestContext) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waited != nil {
		return r.waited.Err()
	}
	if r.err != nil {
		return r.err
	}
	now := time.Now()
	if !now.Before(r.deadline) {
		r.err = context.DeadlineExceeded
	} else if r.conn != nil && now.Sub(r.began) >= watchAfter && now.Sub(r.looked) >= watchEvery {
		r.looked = now
		if raw := rawConn(r.conn); raw != nil && closedByPeer(raw) {
			r.err = context.Canceled
		}
	}
	return r.err
}

// Value gives what the context package needs to find its own; there is nothing else.
func (r *requestContext) Value(key any) any {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waited == nil {
		return nil
	}
	return r.waited.Value(key)
}

// unwatch ends all looking at the connection, and waits for a look that is being taken.
func (r *requestContext) unwatch() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conn = nil
	if r.watch != nil {
		r.watch()
		r.watch = nil
	}
}

// end ends the context; it may be called again.
func (r *requestContext) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waited != nil {
		r.cancel()
	} else if r.err == nil {
		r.err = context.Canceled
	}
}
