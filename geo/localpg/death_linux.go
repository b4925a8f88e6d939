package localpg

import "syscall"

// endWithParent makes the system send the server a fast shutdown when the
// thread that started it ends, which is why that thread is kept to the last.
func endWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGINT }
