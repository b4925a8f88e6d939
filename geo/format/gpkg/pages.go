package gpkg

import (
	"bufio"
	"encoding/binary"
	"io"
	"os"

	"kawasan/geo/format/export"
)

const (
	pageSize = 4096
	// The page that holds this byte is never used: SQLite locks by it.
	lockByte = 1 << 30
	lockPage = lockByte/pageSize + 1
	// sizeOffset is where the header of the file has its number of pages.
	sizeOffset = 28
)

// pages appends pages to a database that nobody else has open. SQLite's file
// format is documented (sqlite.org/fileformat2.html); writing it takes a tenth of
// the time of inserting, since rows come in order and no page is touched twice.
type pages struct {
	file *os.File
	out  *bufio.Writer
	next uint32 // number of the page that is written next; the first is 1
	lock uint32
}

func openPages(path string) (*pages, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, export.NoRoom(err)
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		_ = file.Close()
		return nil, export.NoRoom(err)
	}
	return &pages{file: file, out: bufio.NewWriterSize(file, 256<<10), next: uint32(size/pageSize) + 1, lock: lockPage}, nil
}

// add writes a page and gives its number.
func (p *pages) add(page *[pageSize]byte) (uint32, error) {
	if p.next == p.lock {
		var empty [pageSize]byte
		if _, err := p.out.Write(empty[:]); err != nil {
			return 0, export.NoRoom(err)
		}
		p.next++
	}
	if _, err := p.out.Write(page[:]); err != nil {
		return 0, export.NoRoom(err)
	}
	p.next++
	return p.next - 1, nil
}

// replace writes a page that was there before, such as the root of a table.
func (p *pages) replace(number uint32, page *[pageSize]byte) error {
	if _, err := p.file.WriteAt(page[:], int64(number-1)*pageSize); err != nil {
		return export.NoRoom(err)
	}
	return nil
}

// close writes what is buffered, and the new size into the header of the file.
func (p *pages) close() error {
	err := p.out.Flush()
	if err == nil {
		var size [4]byte
		binary.BigEndian.PutUint32(size[:], p.next-1)
		_, err = p.file.WriteAt(size[:], sizeOffset)
	}
	if e := p.file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return export.NoRoom(err)
	}
	return nil
}

// discard gives the file up.
func (p *pages) discard() { _ = p.file.Close() }
