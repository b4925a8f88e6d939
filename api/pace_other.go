//go:build !linux

package api

import "net"

// holdBack does nothing where the system can't be told how far it may run ahead of the client.
func holdBack(net.Conn, int) {}
