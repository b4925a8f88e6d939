package postgis

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kawasan/geo"
)

// A network may swallow what is sent and tell nobody: a firewall that has forgotten the
// connection, a proxy that hangs, a machine that is gone. What takes no time where all is
// well is waited for so long, and no longer.
const answersWithin = 2 * time.Second

// unacknowledged is how long the other end may acknowledge nothing until its
// connection is given up. Left alone the kernel takes a quarter of an hour, and longer on
// a connection that only waits.
const unacknowledged = 30 * time.Second

// dialer makes connections that end when the other end is gone.
var dialer = net.Dialer{
	KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: unacknowledged / 2, Interval: unacknowledged / 6, Count: 3},
	Control:         boundUnacknowledged,
}

// begin starts a transaction on a connection of the pool; end gives both back. A connection that
// was good a moment ago and does not answer tells of all others.
func (s *Store) begin(ctx context.Context) (tx pgx.Tx, end func(), err error) {
	conn, err := s.readers.Acquire(ctx)
	if err != nil {
		return nil, nil, busyFault(err)
	}
	soon, cancel := context.WithTimeout(ctx, answersWithin)
	defer cancel()
	if tx, err = conn.BeginTx(soon, snapshotTx); err != nil {
		conn.Release()
		return nil, nil, err
	}
	return tx, func() { release(ctx, conn, tx) }, nil
}

// release ends the transaction and gives its connection back, whether or not ctx has ended.
func release(ctx context.Context, conn *pgxpool.Conn, tx pgx.Tx) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answersWithin)
	defer cancel()
	if tx != nil {
		_ = tx.Rollback(ctx)
	}
	conn.Release() // closes one that is still in a transaction
}

// suspect closes the idle connections if an error means that one was not answered, and the
// others when they are given back: readers shall not find out one by one.
func (s *Store) suspect(err error) {
	if errors.Is(err, context.DeadlineExceeded) {
		s.readers.Reset()
	}
}

// busyFault tells that no connection could be had in time.
func busyFault(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return geo.Errorf(geo.Unavailable, "the database is too busy now, or does not answer").Because(err).Try("the same request again in a few seconds")
	}
	return err
}
