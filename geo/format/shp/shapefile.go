package shp

import (
	"encoding/binary"
	"errors"
	"io"
	"math"

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
	shp, shx   *export.Spool // behind their headers
	records    int32
	box        wkb.Box
	z, m       [2]float64
	rows       *rows
	record     []byte
}

func newShapefile(o export.Options, base string, k kind, l export.Layer, fields []field) *shapefile {
	c := l.Collection
	s := &shapefile{base: base, kind: k, hasZ: c.HasZ, hasM: c.HasM, shp: export.NewSpool(o), shx: export.NewSpool(o), box: wkb.EmptyBox(), rows: newRows(o, fields)}
	s.z, s.m = [2]float64{math.Inf(1), math.Inf(-1)}, [2]float64{math.Inf(1), math.Inf(-1)}
	return s
}

// add writes a record with its shape.
func (s *shapefile) add(g *shape) error {
	s.records++
	if s.kind == none {
		return nil
	}
	content := g.appendRecord(s.record[:0], s.kind, s.hasZ, s.hasM)
	s.record = content
	at := headerSize + s.shp.Size()
	if at+8+int64(len(content)) > largest {
		return geo.Errorf(geo.TooLarge, "a shapefile can't be larger than 2 GB").Try("a smaller selection, or a format such as gpkg or fgb")
	}
	var head, entry [8]byte
	binary.BigEndian.PutUint32(head[:], uint32(s.records))
	binary.BigEndian.PutUint32(head[4:], uint32(len(content)/2))
	binary.BigEndian.PutUint32(entry[:], uint32(at/2))
	binary.BigEndian.PutUint32(entry[4:], uint32(len(content)/2))
	if _, err := s.shp.Write(head[:]); err != nil {
		return err
	}
	if _, err := s.shp.Write(content); err != nil {
		return err
	}
	if _, err := s.shx.Write(entry[:]); err != nil {
		return err
	}
	s.box.Union(g.box)
	for i := range g.len() {
		s.z[0], s.z[1] = math.Min(s.z[0], g.z[i]), math.Max(s.z[1], g.z[i])
		if g.m[i] > noData {
			s.m[0], s.m[1] = math.Min(s.m[0], g.m[i]), math.Max(s.m[1], g.m[i])
		}
	}
	return nil
}

// end ends the writing of the parts.
func (s *shapefile) end() error {
	return errors.Join(s.shp.Finish(), s.shx.Finish(), s.rows.end())
}

// files gives the parts by their extensions, each as what writes it.
func (s *shapefile) files() []part {
	rows := part{".dbf", s.rows.copy}
	if s.kind == none {
		return []part{rows}
	}
	shapes := func(spool *export.Spool) func(io.Writer) error {
		return func(out io.Writer) error {
			if _, err := out.Write(s.header(headerSize + spool.Size())); err != nil {
				return err
			}
			return spool.Copy(out)
		}
	}
	return []part{{".shp", shapes(s.shp)}, {".shx", shapes(s.shx)}, rows}
}

type part struct {
	extension string
	write     func(io.Writer) error
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
	s.shp.Remove()
	s.shx.Remove()
	s.rows.spool.Remove()
}
