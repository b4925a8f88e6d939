package localpg

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"kawasan/geo"
	"kawasan/geo/localpg/internal/cluster"
)

// Server is a running private PostgreSQL. Its methods are safe for concurrent use.
type Server struct {
	found        cluster.Installation
	who          cluster.Account
	data, socket string
	log          *slog.Logger
	lock         io.Closer

	stopping context.Context // ended by Close
	stop     context.CancelFunc
	done     chan struct{} // closed when nothing watches the server any more

	mu      sync.Mutex
	process *process
	closing sync.Once
	closed  error
}

// Start makes the data directory ready on first use, starts the server and
// waits until it answers: about two seconds the first time, a fraction of one
// later. The context bounds the start, not the life of the server.
//
// Errors are of type [geo.Error]; message and remedy fit in one sentence.
func Start(ctx context.Context, options Options) (_ *Server, err error) {
	o, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{log: o.Log, data: filepath.Join(o.DataDir, "postgres"), done: make(chan struct{})}
	if s.who, err = cluster.ServerAccount(); err != nil {
		return nil, err
	}
	if err := s.who.MakePrivate(o.DataDir); err != nil {
		return nil, err
	}
	if dir := s.who.Blocked(o.DataDir); dir != "" && s.who.Drop {
		return nil, geo.Errorf(geo.Unavailable, "the account postgres, which runs the server, may not enter %s", dir).
			Try("name a data directory elsewhere with --data-dir, such as /var/lib/kawasan")
	}
	if s.lock, err = lockDir(o.DataDir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.lock.Close())
		}
	}()
	if err := s.prepare(ctx, o.Progress); err != nil {
		return nil, err
	}
	if s.socket, err = cluster.SocketDir(s.who, filepath.Join(o.DataDir, "run")); err != nil {
		return nil, err
	}
	o.Progress("starting PostgreSQL " + s.found.Version())
	if s.process, err = run(ctx, s.found, s.who, s.data, s.socket, s.log); err != nil {
		return nil, err
	}
	if err = await(ctx, s.process, s.socket, o.Progress); err == nil {
		err = furnish(ctx, s.socket)
	}
	if err != nil {
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		return nil, errors.Join(err, s.process.stop(patience))
	}
	s.stopping, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	go s.watch()
	s.log.Info("private PostgreSQL runs", "version", s.found.Version(), "data", s.data, "open_with", s.PSQL())
	return s, nil
}

// prepare finds the server that fits the data, ends one left over and makes
// the cluster where there is none.
func (s *Server) prepare(ctx context.Context, progress func(string)) error {
	major, err := cluster.MajorOf(s.data)
	if err != nil {
		return err
	}
	if s.found, err = cluster.Find(ctx, cluster.Places(), major); err != nil {
		return err
	}
	if major > 0 {
		return cluster.StopLeftover(ctx, s.data)
	}
	if _, err := os.Lstat(s.data); err == nil {
		return geo.Errorf(geo.Conflict, "%s exists but holds no database", s.data).
			Try("move it away or name another data directory with --data-dir")
	}
	progress("creating a PostgreSQL " + s.found.Version() + " database in " + s.data)
	return cluster.Init(ctx, s.found, s.who, s.data, true)
}

// URL names the database kawasan, for pgx, libpq and ogr2ogr alike. It stays
// the same for the life of the Server, restarts included.
func (s *Server) URL() string { return cluster.URL(s.socket, database) }

// PSQL is the command that opens the database in psql; as root it needs no sudo.
func (s *Server) PSQL() string { return s.found.Program("psql") + " '" + s.URL() + "'" }

// watch starts the server again when it ends without being told to, at growing
// intervals while it keeps ending.
func (s *Server) watch() {
	defer close(s.done)
	const longest = 30 * time.Second
	pause := 100 * time.Millisecond
	for {
		p := s.current()
		began := time.Now()
		select {
		case <-s.stopping.Done():
			return
		case <-p.ended:
		}
		if s.stopping.Err() != nil {
			return
		}
		if time.Since(began) > time.Minute {
			pause = 100 * time.Millisecond
		}
		s.log.Warn("the private PostgreSQL ended and is started again", "cause", p.err, "pause", pause)
		for {
			select {
			case <-s.stopping.Done():
				return
			case <-time.After(pause):
			}
			pause = min(2*pause, longest)
			err := s.again()
			if err == nil {
				break
			}
			s.log.Error("the private PostgreSQL does not start", "error", err)
		}
	}
}

// again clears what the last run left and starts the next.
func (s *Server) again() error {
	if err := cluster.StopLeftover(s.stopping, s.data); err != nil {
		return err
	}
	p, err := run(s.stopping, s.found, s.who, s.data, s.socket, s.log)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.process = p
	return nil
}

func (s *Server) current() *process {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.process
}

// Close stops the server and returns when no process of it is left. Open
// connections are cut. If the context ends first the server is stopped the
// hard way, which costs the next start a recovery but no data. Closing twice
// gives the first answer again.
func (s *Server) Close(ctx context.Context) error {
	s.closing.Do(func() {
		s.stop()
		<-s.done
		err := s.current().stop(ctx)
		if err == nil {
			err = cluster.StopLeftover(context.WithoutCancel(ctx), s.data)
		}
		_ = os.Remove(s.socket) // it may hold what the operator put there
		s.closed = errors.Join(err, s.lock.Close())
	})
	return s.closed
}
