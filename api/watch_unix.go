//go:build unix

package api

import "syscall"

// closedByPeer looks at the socket without taking bytes from it: an end of file
// or a reset means that nobody waits for the answer any more.
func closedByPeer(raw syscall.RawConn) bool {
	closed := false
	err := raw.Control(func(fd uintptr) {
		var b [1]byte
		n, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		switch {
		case err == syscall.EAGAIN || err == syscall.EINTR:
		case err != nil, n == 0:
			closed = true
		}
	})
	return err != nil || closed
}
