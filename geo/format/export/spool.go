package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"kawasan/geo"
)

// Spool is a temporary file of a Writer: what comes before it is known where it
// belongs is written to it from front to end, and then read. It has no name in its
// folder, so that nothing stays of it, whatever ends the program.
type Spool struct {
	folder string
	file   *os.File
	out    *bufio.Writer
	size   int64
}

// NewSpool will be in Options.TempDir; the file is made when it is first written to.
func NewSpool(o Options) *Spool { return &Spool{folder: o.TempDir} }

// Size is how many bytes have been written.
func (s *Spool) Size() int64 { return s.size }

// Write appends, through a buffer. It fails with Unavailable where there is no room.
func (s *Spool) Write(b []byte) (int, error) {
	if s.file == nil {
		if err := s.create(); err != nil {
			return 0, NoRoom(err)
		}
	}
	n, err := s.out.Write(b)
	s.size += int64(n)
	if err != nil {
		return n, NoRoom(err)
	}
	return n, nil
}

func (s *Spool) create() error {
	file, err := os.CreateTemp(s.folder, "export-")
	if err != nil {
		return err
	}
	if err := os.Remove(file.Name()); err != nil {
		return errors.Join(err, file.Close())
	}
	s.file, s.out = file, bufio.NewWriterSize(file, 256<<10)
	return nil
}

// Finish ends the writing; what was written can be read from then on.
func (s *Spool) Finish() error {
	if s.file == nil {
		return nil
	}
	if err := s.out.Flush(); err != nil {
		return NoRoom(err)
	}
	s.out = nil
	return nil
}

// ReadAt reads what was written at a place.
func (s *Spool) ReadAt(b []byte, at int64) (int, error) {
	if s.file == nil {
		return 0, io.EOF
	}
	return s.file.ReadAt(b, at)
}

// Copy gives all that was written to out.
func (s *Spool) Copy(out io.Writer) error {
	if s.file == nil {
		return nil
	}
	_, err := s.file.Seek(0, io.SeekStart)
	if err == nil {
		_, err = io.Copy(out, s.file)
	}
	if err != nil {
		return fmt.Errorf("send the file built: %w", err)
	}
	return nil
}

// Remove gives the room back; reading fails from then on. It may be called again,
// and while another goroutine reads.
func (s *Spool) Remove() {
	if s.file != nil {
		_ = s.file.Close() // that was all there is of it
	}
}

// NoRoom is the error for temporary files that can't be written: Unavailable.
func NoRoom(cause error) error {
	return geo.Errorf(geo.Unavailable, "the file can't be built for want of temporary space").Try("more room for temporary files (TMPDIR, or --export-dir), then the same again").Because(cause)
}
