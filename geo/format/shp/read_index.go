package shp

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"kawasan/geo/format/source"
)

// indexEntry is where a .shx says that a record begins, and how long its content is, in bytes.
type indexEntry struct{ offset, size int64 }

// isNone reports whether the entry stands for no shape, as some programs write it.
func (e indexEntry) isNone() bool { return e.offset == 0 && e.size == 0 }

const indexEntrySize = 8

// indexReader reads a .shx from its first entry.
type indexReader struct {
	file io.Closer
	in   *bufio.Reader
}

func openIndex(m *source.Member) (*indexReader, error) {
	file, err := m.Open()
	if err != nil {
		return nil, err
	}
	r := &indexReader{file: file, in: bufio.NewReaderSize(file, 64<<10)}
	if _, err := r.in.Discard(headerSize); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *indexReader) close() { _ = r.file.Close() } // it was only read

// next gives the entry of the next record; io.EOF behind the last.
func (r *indexReader) next() (indexEntry, error) {
	var b [indexEntrySize]byte
	_, err := io.ReadFull(r.in, b[:])
	return indexEntry{2 * int64(binary.BigEndian.Uint32(b[:])), 2 * int64(binary.BigEndian.Uint32(b[4:]))}, err
}

// settleIndex looks whether the records are to be found by the .shx. Where it only says that
// they lie one behind the other, as in nearly all files, they are read without it; where it
// can't be true, too, with a note.
func (l *readLayer) settleIndex(shx *source.Member) error {
	if shx == nil {
		return nil
	}
	sound, plain, err := l.judgeIndex(shx)
	switch {
	case err != nil:
		return err
	case !sound:
		l.layer.Note("the .shx does not fit the other files and is not used: shapes are taken in the order in which they stand in %s", "berkas .shx tidak cocok dengan berkas lain dan tidak dipakai: bentuk diambil menurut urutannya dalam %s", l.shp.Name)
	case !plain:
		l.shx = shx
	}
	return nil
}

// judgeIndex reads the whole .shx. It is sound if it has an entry for each row and its records
// have a place in the .shp, plain if they fill it one behind the other.
func (l *readLayer) judgeIndex(shx *source.Member) (sound, plain bool, err error) {
	head := shx.Head()
	if len(head) < headerSize || string(head[:4]) != magic[:4] || (shx.Size-headerSize)%indexEntrySize != 0 ||
		l.table != nil && (shx.Size-headerSize)/indexEntrySize != int64(l.table.count) {
		return false, false, nil
	}
	r, err := openIndex(shx)
	if err != nil {
		return false, false, err
	}
	defer r.close()
	plain = true
	end, total := int64(headerSize), int64(headerSize)
	for {
		e, err := r.next()
		switch {
		case errors.Is(err, io.EOF):
			return true, plain && end == l.shp.Size, nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			return false, false, nil
		case err != nil:
			return false, false, err
		case e.isNone():
			plain = false
			continue
		}
		plain = plain && e.offset == end
		end = e.offset + recordHeaderSize + e.size
		// No record lies in another, so that a small file can't be read as a large one.
		if total += recordHeaderSize + e.size; e.offset < headerSize || end > l.shp.Size || total > l.shp.Size {
			return false, false, nil
		}
	}
}

// seek goes to the place of the next record by the .shx; false for one that has no shape.
func (s *shapeReader) seek(l *readLayer) (bool, error) {
	e, err := s.index.next()
	if err != nil || e.isNone() {
		return false, err
	}
	if e.offset == s.at {
		return true, nil
	}
	whole, size, err := l.shp.ReaderAt()
	if err != nil {
		return false, err
	}
	if s.in.Size() > leapBuffer { // for files whose records stand in no order
		s.in = bufio.NewReaderSize(nil, leapBuffer)
	}
	s.in.Reset(io.NewSectionReader(whole, e.offset, size-e.offset))
	s.at = e.offset
	return true, nil
}

// leapBuffer is how much is read ahead where it may have been for nothing.
const leapBuffer = 8 << 10
