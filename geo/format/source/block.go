package source

import (
	"errors"
	"io"

	"kawasan/geo"
)

// ReadBlock reads as many bytes into the buffer, growing it only as they really come.
func ReadBlock(in io.Reader, buffer []byte, size int64) ([]byte, error) {
	const step = 64 << 10
	buffer = buffer[:0]
	for int64(len(buffer)) < size {
		start := len(buffer)
		buffer = append(buffer, make([]byte, min(size-int64(start), max(step, int64(start))))...)
		if _, err := io.ReadFull(in, buffer[start:]); err != nil {
			return buffer, err
		}
	}
	return buffer, nil
}

// Ended is the error for a file that ends early, unless err knows better.
func (p Place) Ended(err error, format string, args ...any) error {
	var known *geo.Error
	if errors.As(err, &known) {
		return known
	}
	return p.Broken(format, args...).Because(err)
}
