package export

import (
	"context"
	"io"
)

// Until gives a writer to out that fails once ctx has ended: so that a file which
// nobody waits for any more is not written to its end.
func Until(ctx context.Context, out io.Writer) io.Writer { return until{ctx, out} }

type until struct {
	ctx context.Context
	out io.Writer
}

// Write fails with what ended the context.
func (u until) Write(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.out.Write(b)
}

// ReadFrom copies a piece at a time, as fast as files can be copied.
func (u until) ReadFrom(in io.Reader) (n int64, err error) {
	const piece = 16 << 20
	for {
		if err := u.ctx.Err(); err != nil {
			return n, err
		}
		copied, err := io.Copy(u.out, io.LimitReader(in, piece))
		n += copied
		if err != nil || copied == 0 {
			return n, err
		}
	}
}
