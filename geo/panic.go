package geo

import (
	"fmt"
	"runtime/debug"
)

// Recover makes a panic the error of the function that defers it, so that one request or
// file does not bring down the process that others use:
//
//	defer geo.Recover(&err)
//
// The error is Internal; what was the matter, and where, is its hidden cause. A function
// that did not panic keeps its error.
func Recover(err *error) {
	if p := recover(); p != nil {
		*err = AsError(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
	}
}
