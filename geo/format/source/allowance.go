package source

import "io"

// Allowance reads at most Left more bytes, and then ends with an error: a single value
// that is too long must not fill the memory of who waits for its end. Whoever reads
// values sets Left anew for each. What is read ahead counts for the value before.
type Allowance struct {
	In    io.Reader
	Left  int   // bytes
	Spent error // what Read gives when nothing is left
}

// Read reads as far as the allowance goes.
func (a *Allowance) Read(p []byte) (int, error) {
	if a.Left <= 0 {
		return 0, a.Spent
	}
	n, err := a.In.Read(p[:min(len(p), a.Left)])
	a.Left -= n
	return n, err
}
