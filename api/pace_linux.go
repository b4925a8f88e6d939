package api

import (
	"net"
	"syscall"
)

// tcpNotSentLowat is TCP_NOTSENT_LOWAT of linux/tcp.h.
const tcpNotSentLowat = 25

// holdBack has the system take no more than so many bytes ahead of what it has sent, so
// that what it takes tells what the client does. It may take some MB otherwise.
func holdBack(conn net.Conn, bytes int) {
	if raw := rawConn(conn); raw != nil {
		_ = raw.Control(func(fd uintptr) {
			_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpNotSentLowat, bytes) // not so for other sockets
		})
	}
}
