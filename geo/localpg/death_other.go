//go:build !linux

package localpg

import "syscall"

// endWithParent has no counterpart here: a server that outlives a killed
// parent is stopped at the next start.
func endWithParent(*syscall.SysProcAttr) {}
