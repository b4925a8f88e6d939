// Package localpg starts a private PostgreSQL with PostGIS from the programs
// installed on this machine, for when no database is named.
//
// The server listens on a unix socket that only its own account may open, and
// lives as long as the process that started it:
//
//   - Close stops it and waits until no process of it is left.
//   - If it dies, or is killed, it is started again on the same data.
//   - If the process that started it is killed, Linux tells the server to shut
//     down at once (a parent-death signal). Elsewhere it goes on running
//     until the next start on the same directory, which stops it first.
//   - A lock on the data directory, freed by the system however its holder
//     ended, keeps a second process away.
//
// As root the server runs as the account postgres, which then owns the data.
//
// Below the data directory, postgres/ is the cluster and run/ holds the socket
// (or, where that path is too long for a socket, a private directory below
// XDG_RUNTIME_DIR or /tmp does).
package localpg
