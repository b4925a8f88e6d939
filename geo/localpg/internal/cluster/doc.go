// Package cluster finds the PostgreSQL programs of this machine and makes,
// starts and stops one private cluster with them. It knows no Kawasan table.
//
// A cluster listens on a unix socket in a directory that only its owner may
// enter, never on TCP, and trusts whoever can open that socket. As root it runs
// as the account postgres, since PostgreSQL refuses to run as root.
package cluster

// Superuser is the role that owns every private cluster.
const Superuser = "kawasan"

// Port is the number in the socket's name; nothing listens on TCP.
const Port = "5432"
