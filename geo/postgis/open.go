package postgis

import (
	"context"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"

	"kawasan/geo"
)

// Schema is where all tables live.
const Schema = "kawasan"

// Options say which database is used and how.
type Options struct {
	// URL is the database to read from, as libpq understands it.
	URL string
	// WriterURL and MigratorURL are for changing features and for changing the
	// structure; empty means URL.
	WriterURL, MigratorURL string
	// PoolSize is the largest number of connections for reading; 0 means 8.
	PoolSize int
	// Timeout bounds every query; 0 means 20 seconds.
	Timeout time.Duration
	// Brief says that a few questions are asked, and then the store is closed: rows of tables are looked at only
	// where their structure does not tell how they are read. Of the others number and extent are not
	// known, the catalogue has -1 and the world, and nothing waits for them.
	Brief bool
	// Log takes what the operator should know; nil drops it.
	Log *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.WriterURL == "" {
		o.WriterURL = o.URL
	}
	if o.MigratorURL == "" {
		o.MigratorURL = o.URL
	}
	if o.PoolSize <= 0 {
		o.PoolSize = 8
	}
	if o.Timeout <= 0 {
		o.Timeout = 20 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	options Options
	readers *pgxpool.Pool
	cancel  context.CancelFunc
	done    sync.WaitGroup
	// working ends with the store.
	working      context.Context //nolint:containedctx // of what goes on behind the requests
	measurements measurements
	tracking     atomic.Bool        // tables are being given our triggers
	tried        map[string]attempt // by what does that
	// streams are places for answers that are read at the pace of who takes them. There
	// are fewer than connections: slow clients don't keep pages and changes from being read.
	streams chan struct{}
	// announced says that the change log is worth a look.
	announced chan struct{}

	mu        sync.RWMutex
	catalogue *catalogue
	progress  progress
}

// Open connects and reads the catalogue. The database must have been migrated
// ([Migrate]). Its errors name the remedy.
func Open(ctx context.Context, options Options) (*Store, error) {
	options = options.withDefaults()
	config, err := pgxpool.ParseConfig(options.URL)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "the database URL can't be read").Because(err).
			Try("a URL such as postgres://user:password@host:5432/database")
	}
	config.MaxConns = int32(options.PoolSize) // a pool of a few connections
	config.PingTimeout = answersWithin
	prepareConfig(config.ConnConfig)
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error { return warm(ctx, conn, options.Timeout) }
	if config.ConnConfig.DefaultQueryExecMode == pgx.QueryExecModeCacheStatement {
		pooled, err := behindPooler(ctx, options.URL)
		if err != nil {
			return nil, err
		}
		if pooled {
			options.Log.Info("a pooler lies before the database, so statements are not prepared")
			config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
		}
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, connectFault(err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, connectFault(err)
	}
	s := &Store{options: options, readers: pool, announced: make(chan struct{}, 1), streams: make(chan struct{}, max(1, options.PoolSize-2))}
	s.working, s.cancel = context.WithCancel(context.Background())
	if _, err := s.advance(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// behindPooler reports whether what answers is not the server itself: the process that it
// says it is, for cancelling, is another than the one that works.
func behindPooler(ctx context.Context, url string) (bool, error) {
	conn, err := connect(ctx, url)
	if err != nil {
		return false, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var works uint32
	if err := conn.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&works); err != nil {
		return false, connectFault(err)
	}
	return works != conn.PgConn().PID(), nil
}

// preparedStatements is how many statements a connection keeps prepared: more
// than there are kinds of page, since filters of every form push others out.
const preparedStatements = 128

// prepareConfig sets what every connection needs: a name, plans that don't pile
// up with every new filter, and a cancel that keeps the connection.
func prepareConfig(config *pgx.ConnConfig) {
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "kawasan"
	}
	// Statements are prepared once for each connection, and planned for each value;
	// behind a pooler, which may be unable to pass that on, only described.
	config.StatementCacheCapacity = preparedStatements
	config.ConnectTimeout = 10 * time.Second
	config.DialFunc = dialer.DialContext
	config.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, CancelRequestDelay: 0, DeadlineDelay: 2 * time.Second}
	}
}

// warm finds the schema that PostGIS lives in, puts the server-side net under
// each statement (a second after our own timeout; no more than two for a lock, so
// that a table which somebody alters does not take all connections), and pays for PROJ's start
// (about 50 ms) before the first request does.
func warm(ctx context.Context, conn *pgx.Conn, timeout time.Duration) error {
	if err := usePostGIS(ctx, conn); err != nil {
		return err
	}
	net := strconv.FormatInt((timeout + time.Second).Milliseconds(), 10)
	if _, err := conn.Exec(ctx, "SET statement_timeout = "+net+"; SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = '5min'; SET plan_cache_mode = force_custom_plan"); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, `SELECT ST_Transform(ST_SetSRID(ST_MakePoint(116, 0), 4326), 32750)`)
	return err
}

// usePostGIS puts our schema and that of PostGIS on the search path.
func usePostGIS(ctx context.Context, conn *pgx.Conn) error {
	var schema string
	err := conn.QueryRow(ctx, `SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'`).Scan(&schema)
	if err == pgx.ErrNoRows { //nolint:errorlint // never wrapped by Scan
		return geo.Errorf(geo.Unavailable, "the database has no PostGIS extension").
			Try("%s, run in that database by a superuser", "CREATE EXTENSION postgis")
	}
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "SET search_path = "+pgx.Identifier{Schema}.Sanitize()+", "+pgx.Identifier{schema}.Sanitize()+", pg_catalog")
	return err
}

// Close ends the change feed and all connections.
func (s *Store) Close() {
	s.cancel()
	s.done.Wait()
	s.readers.Close()
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answersWithin)
	defer cancel()
	if err := s.readers.Ping(ctx); err != nil {
		return connectFault(err)
	}
	return nil
}

var _ geo.Reader = (*Store)(nil)
