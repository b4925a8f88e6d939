package api

import (
	"io"
	"net"
	"time"
)

// paceBytes is what a client has to take of a long answer in the time that
// Limits.Stalled gives it to wait for.
const paceBytes = 64 << 10

// pace judges how fast a client takes an answer whose length nobody knows beforehand: a large file may
// take long, but who hardly takes anything holds a place that others wait for. Only the time counts in which
// the client is waited for. The connection's time for writing ends when that is used up.
type pace struct {
	conn   net.Conn
	within time.Duration
	bytes  int           // taken since the client last kept pace
	waited time.Duration // for them
	since  time.Time     // when the present wait began
	ends   time.Time     // the limit that the connection has
}

// pace gives the pace of the client, of which nothing has been waited for yet. It is
// for the handler to call: from there on the server leaves the connection's time for writing alone.
func (x *exchange) pace() pace {
	conn, within := x.Context().Conn(), x.server.config.Limits.Stalled
	holdBack(conn, paceBytes)
	_ = x.Context().SetWriteDeadline(time.Now().Add(within)) // a connection without deadlines has none to move
	return pace{conn: conn, within: within}
}

// wait begins to wait for the client.
func (p *pace) wait() {
	p.since = time.Now()
	const grain = time.Second // the limit is moved no more often
	if ends := p.since.Add(p.within - p.waited); p.conn != nil && (ends.Sub(p.ends) > min(grain, p.within/8) || ends.Before(p.ends)) {
		p.ends = ends
		_ = p.conn.SetWriteDeadline(ends) // as above
	}
}

// taken tells what the client took since wait.
func (p *pace) taken(bytes int) {
	if p.since.IsZero() {
		return
	}
	p.bytes, p.waited = p.bytes+bytes, p.waited+time.Since(p.since)
	if p.bytes >= paceBytes {
		p.bytes, p.waited = 0, 0
	}
}

// paced writes at the pace of a client.
type paced struct {
	out  io.Writer
	pace pace
}

// Write fails once the client has stalled. Much is written in pieces, as a client has the
// time for each of them.
func (p *paced) Write(b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var taken int
		p.pace.wait()
		taken, err = p.out.Write(b[n:min(len(b), n+paceBytes)])
		p.pace.taken(taken)
		n += taken
	}
	return n, err
}
