package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Environment names the variable that points the tests to another server.
const Environment = "KAWASAN_TEST_DATABASE_URL"

// gate is the advisory lock that every test process holds shared while it
// lives; the guard stops the server only while it holds it alone.
const gate = 7_265_001

// server is the cluster as this process uses it.
type server struct {
	admin string
	run   string // names databases of this process
	mu    sync.Mutex
	conn  *pgx.Conn // holds the gate; also runs the administration
}

// lease returns this process's use of the cluster, started when there is none.
func lease(t testing.TB) *server {
	t.Helper()
	s, err := leased()
	if err != nil {
		t.Fatalf("no PostGIS for this test: %v", err)
	}
	return s
}

// leased is kept for the life of the process: the connection it holds is what
// keeps the cluster alive, and the system closes it however the process ends.
var leased = sync.OnceValues(func() (*server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	if dsn := os.Getenv(Environment); dsn != "" {
		conn, err := pgx.Connect(ctx, dsn)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", Environment, err)
		}
		return newServer(ctx, dsn, conn)
	}
	for {
		dsn, err := ensureCluster(ctx)
		if err != nil {
			return nil, err
		}
		conn, err := enter(ctx, dsn)
		if err == nil {
			return newServer(ctx, dsn, conn)
		}
		// The guard was just closing: begin again.
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("the test cluster does not answer: %w", err)
		case <-time.After(100 * time.Millisecond):
		}
	}
})

// enter connects and takes the gate.
func enter(ctx context.Context, dsn string) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "select pg_advisory_lock_shared($1)", gate); err != nil {
		_ = conn.Close(ctx) // the server is going away; its error is the one that counts
		return nil, err
	}
	return conn, nil
}

func newServer(ctx context.Context, dsn string, conn *pgx.Conn) (*server, error) {
	s := &server{admin: dsn, conn: conn, run: fmt.Sprintf("test_%d_%s", os.Getpid(), startTime(os.Getpid()))}
	return s, s.dropStale(ctx)
}

// database is the DSN of another database on the same server.
func (s *server) database(name string) string {
	if u, err := url.Parse(s.admin); err == nil && strings.HasPrefix(u.Scheme, "postgres") {
		u.Path = "/" + name
		return u.String()
	}
	return s.admin + " dbname=" + name
}
