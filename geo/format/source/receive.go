package source

import (
	"errors"
	"io"
	"os"

	"kawasan/geo"
)

// Receive takes a file that comes as a stream, an upload say, into a temporary file
// below Options.TempDir, and opens it. It may have most bytes; it is TooLarge, and
// nothing stays, as soon as more come. A stream that breaks off is Invalid. Memory does
// not grow with the file. The caller closes the input, which removes the file.
func Receive(name string, body io.Reader, most int64, o Options) (*Input, error) {
	file, err := os.CreateTemp(o.TempDir, "upload-")
	if err != nil {
		return nil, noRoom(err)
	}
	leave := func() error { return errors.Join(file.Close(), os.Remove(file.Name())) }
	size, err := receive(name, file, body, most)
	if err != nil {
		_ = leave() // the first error tells
		return nil, err
	}
	in, err := Open(name, file, size, o)
	if err != nil {
		_ = leave()
		return nil, err
	}
	if !in.Zipped {
		in.Members[0].path = file.Name()
	}
	in.closers = append(in.closers, closing(leave))
	return in, nil
}

// receive copies the stream.
func receive(name string, file io.Writer, body io.Reader, most int64) (int64, error) {
	from := &reading{Reader: io.LimitReader(body, most+1)}
	size, err := io.Copy(file, from)
	switch {
	case from.err != nil:
		return 0, Place{File: name}.Broken("the upload broke off after %d bytes", size).Because(from.err)
	case err != nil:
		return 0, noRoom(err)
	case size > most:
		return 0, Place{File: name}.Errorf(geo.TooLarge, "the file has more than %d MB, which are the limit", most>>20).Try("a smaller file, or 'kawasan import' on the machine of the server")
	}
	return size, nil
}

// reading remembers an error of the one who sends, to tell it from one of the disk.
type reading struct {
	io.Reader
	err error
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// closing is a function as an io.Closer.
type closing func() error

func (c closing) Close() error { return c() }
