package shp

import (
	"bufio"
	"encoding/binary"
	"math"
	"os"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"
)

const (
	headerSize = 100
	// largest is the size that every reader can still take, in bytes.
	largest = math.MaxInt32
)

// shapefile is one kind of geometry of one layer: .shp and .shx, and the rows.
type shapefile struct {
	base       string // name without extension
	kind       kind
	hasZ, hasM bool
	shp, shx   *os.File
	out, index *bufio.Writer
	size       int64 // of the .shp
	records    int32
	box        wkb.Box
	z, m       [2]float64
	rows       *rows
	record     []byte
}

func newShapefile(folder *export.Folder, base string, k kind, l export.Layer, fields []field) (*shapefile, error) {
	c := l.Collection
	s := &shapefile{base: base, kind: k, hasZ: c.HasZ, hasM: c.HasM, size: headerSize, box: wkb.EmptyBox()}
	s.z, s.m = [2]float64{math.Inf(1), math.Inf(-1)}, [2]float64{math.Inf(1), math.Inf(-1)}
	var err error
	if s.rows, err = newRows(folder, base, fields); err != nil {
		return s, err
	}
	if k == none {
		return s, nil
	}
	if s.shp, err = folder.Create(base + ".shp"); err != nil {
		return s, err
	}
	if s.shx, err = folder.Create(base + ".shx"); err != nil {
		return s, err
	}
	s.out, s.index = bufio.NewWriterSize(s.shp, 256<<10), bufio.NewWriterSize(s.shx, 32<<10)
	// What a buffered writer fails with it gives again later.
	_, _ = s.out.Write(make([]byte, headerSize))
	_, _ = s.index.Write(make([]byte, headerSize))
	return s, nil
}

// add writes a record with its shape.
func (s *shapefile) add(g *shape) error {
	s.records++
	if s.kind == none {
		return nil
	}
	content := g.appendRecord(s.record[:0], s.kind, s.hasZ, s.hasM)
	s.record = content
	if s.size+8+int64(len(content)) > largest {
		return geo.Errorf(geo.TooLarge, "a shapefile can't be larger than 2 GB").Try("a smaller selection, or a format such as gpkg or fgb")
	}
	var head, entry [8]byte
	binary.BigEndian.PutUint32(head[:], uint32(s.records))
	binary.BigEndian.PutUint32(head[4:], uint32(len(content)/2))
	binary.BigEndian.PutUint32(entry[:], uint32(s.size/2))
	binary.BigEndian.PutUint32(entry[4:], uint32(len(content)/2))
	_, _ = s.out.Write(head[:])
	if _, err := s.out.Write(content); err != nil {
		return export.NoRoom(err)
	}
	if _, err := s.index.Write(entry[:]); err != nil {
		return export.NoRoom(err)
	}
	s.size += 8 + int64(len(content))
	s.box.Union(g.box)
	for i := range g.len() {
		s.z[0], s.z[1] = math.Min(s.z[0], g.z[i]), math.Max(s.z[1], g.z[i])
		if g.m[i] > noData {
			s.m[0], s.m[1] = math.Min(s.m[0], g.m[i]), math.Max(s.m[1], g.m[i])
		}
	}
	return nil
}

// end writes the headers, now that the sizes are known, and the table.
func (s *shapefile) end() error {
	defer s.release()
	if s.kind != none {
		for _, part := range []struct {
			out  *bufio.Writer
			file *os.File
			size int64
		}{{s.out, s.shp, s.size}, {s.index, s.shx, headerSize + 8*int64(s.records)}} {
			if err := part.out.Flush(); err != nil {
				return export.NoRoom(err)
			}
			if _, err := part.file.WriteAt(s.header(part.size), 0); err != nil {
				return export.NoRoom(err)
			}
		}
	}
	return s.rows.end()
}

// header gives the first 100 bytes of a file of that size.
func (s *shapefile) header(size int64) []byte {
	b := make([]byte, 28, headerSize)
	binary.BigEndian.PutUint32(b, 9994)
	binary.BigEndian.PutUint32(b[24:], uint32(size/2))
	b = binary.LittleEndian.AppendUint32(b, 1000)
	b = binary.LittleEndian.AppendUint32(b, uint32(typeCode(s.kind, s.hasZ, s.hasM)))
	box := s.box
	if box.IsEmpty() {
		box = wkb.Box{}
	}
	b = appendFloats(b, box.MinX, box.MinY, box.MaxX, box.MaxY)
	for _, side := range []struct {
		kept   bool
		values [2]float64
	}{{s.hasZ, s.z}, {s.hasM, s.m}} {
		if !side.kept || side.values[0] > side.values[1] {
			side.values = [2]float64{}
		}
		b = appendFloats(b, side.values[:]...)
	}
	return b
}

func (s *shapefile) release() {
	for _, file := range []*os.File{s.shp, s.shx} {
		if file != nil {
			_ = file.Close() // what matters has been flushed
		}
	}
	s.shp, s.shx = nil, nil
	if s.rows != nil {
		s.rows.release()
	}
}
