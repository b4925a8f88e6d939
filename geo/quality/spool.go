package quality

import (
	"bufio"
	"encoding/binary"
	"io"
	"os"
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// waiting is a feature that waits for Finish: its box in memory, the rest in the spool.
type waiting struct {
	bound orb.Bound
	at    int64
	size  int32
	row   int64
}

// spool keeps features in a file, one after another.
type spool struct {
	file *os.File
	w    *bufio.Writer
	size int64
	list []waiting

	record []byte // of the last feature, in and out; used again
	bench  bench
}

// neighbour is a feature as it is compared with others.
type neighbour struct {
	id, name, kind, partOf string
	uncertainty            float64 // NaN if unknown
	envelope               bool
	row                    int64
	stored                 bool
	wkb                    []byte // of a stored one
	at                     int64  // of a new one: where its WKB begins in the spool, and its bytes
	size                   int
	boundary               *boundary
}

func (s *spool) add(dir string, f *geo.Feature, b orb.Bound, row int64) error {
	if s.file == nil {
		file, err := os.CreateTemp(dir, "quality-")
		if err != nil {
			return geo.Errorf(geo.Unavailable, "there is no room to judge neighbours").Try("more room for temporary files (TMPDIR, or --export-dir), then the same again").Because(err)
		}
		s.file, s.w = file, bufio.NewWriterSize(file, 1<<18)
	}
	envelope := ""
	if isEnvelope(f) {
		envelope = "1"
	}
	record := s.record[:0]
	for _, text := range []string{f.ID, shown(f.Text("name"), 80), f.Text("kind"), f.Text("part_of"), envelope} {
		record = binary.AppendUvarint(record, uint64(len(text)))
		record = append(record, text...)
	}
	record = binary.LittleEndian.AppendUint64(record, bits(uncertaintyOf(f)))
	s.record = record
	for _, part := range [][]byte{record, f.WKB} {
		if _, err := s.w.Write(part); err != nil {
			return geo.Errorf(geo.Unavailable, "there is no room to judge neighbours").Try("more room for temporary files (TMPDIR, or --export-dir), then the same again").Because(err)
		}
	}
	size := len(record) + len(f.WKB)
	s.list = append(s.list, waiting{bound: b, at: s.size, size: int32(size), row: row})
	s.size += int64(size)
	return nil
}

// read gives a feature back.
func (s *spool) read(i int) (*neighbour, error) {
	entry := s.list[i]
	s.record = slices.Grow(s.record[:0], int(entry.size))
	record := s.record[:entry.size]
	if _, err := s.file.ReadAt(record, entry.at); err != nil {
		return nil, geo.Errorf(geo.Internal, "what waits to be judged can't be read").Because(err)
	}
	n := &neighbour{row: entry.row}
	envelope := ""
	for _, text := range []*string{&n.id, &n.name, &n.kind, &n.partOf, &envelope} {
		length, used := binary.Uvarint(record)
		if used <= 0 || uint64(len(record)-used) < length {
			return nil, geo.Errorf(geo.Internal, "what waits to be judged is damaged").Because(io.ErrUnexpectedEOF)
		}
		*text, record = string(record[used:used+int(length)]), record[used+int(length):]
	}
	n.envelope = envelope != ""
	n.uncertainty, record = float(binary.LittleEndian.Uint64(record)), record[8:]
	n.size = len(record)
	n.at = entry.at + int64(entry.size) - int64(n.size)
	return n, n.prepare(&s.bench, record)
}

// encoded gives the WKB of a neighbour, which is not kept of those that can be read again.
func (s *spool) encoded(n *neighbour) ([]byte, error) {
	if n.stored {
		return n.wkb, nil
	}
	data := make([]byte, n.size)
	if _, err := s.file.ReadAt(data, n.at); err != nil {
		return nil, geo.Errorf(geo.Internal, "what waits to be judged can't be read").Because(err)
	}
	return data, nil
}

// neighbourOf makes a neighbour of a stored feature.
func (s *spool) neighbourOf(f *geo.Feature) (*neighbour, error) {
	n := &neighbour{id: f.ID, name: f.Name(), kind: f.Text("kind"), partOf: f.Text("part_of"), uncertainty: uncertaintyOf(f), envelope: isEnvelope(f), stored: true, wkb: f.WKB}
	return n, n.prepare(&s.bench, f.WKB)
}

func (n *neighbour) prepare(b *bench, encoded []byte) error {
	g, err := b.decode(encoded)
	if err != nil {
		return geo.Errorf(geo.Internal, "the geometry of %s can't be read", n.id).Because(err)
	}
	n.boundary = newBoundary(g)
	n.boundary.index()
	return nil
}

func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	name := s.file.Name()
	err := s.file.Close()
	s.file = nil
	if removed := os.Remove(name); err == nil {
		err = removed
	}
	return err
}
