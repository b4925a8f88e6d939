package export

import (
	"cmp"
	"math"
	"slices"

	"kawasan/geo/format/wkb"
)

// Shelf is a Spool of features that are given back so that those which lie near each
// other in space stand near each other. 56 bytes for each stay in memory.
type Shelf struct {
	Spool
	places []Place
	box    wkb.Box
}

// Place is where a feature lies in a Shelf.
type Place struct {
	Box     wkb.Box
	Size    uint32 // of its bytes
	hilbert uint32
	at      int64
}

// NewShelf will be in Options.TempDir.
func NewShelf(o Options) *Shelf { return &Shelf{Spool: *NewSpool(o), box: wkb.EmptyBox()} }

// Add keeps the bytes of a feature with this box, which is empty where it has no geometry.
func (s *Shelf) Add(b []byte, box wkb.Box) error {
	s.places = append(s.places, Place{Box: box, at: s.Size(), Size: uint32(len(b))})
	s.box.Union(box)
	_, err := s.Write(b)
	return err
}

// Len is how many features there are.
func (s *Shelf) Len() int { return len(s.places) }

// Box bounds them all.
func (s *Shelf) Box() wkb.Box { return s.box }

// Sort ends the adding and gives the features in the order of their middles on a
// Hilbert curve over the box of all, descending as FlatGeobuf's own writers do; those
// at the same place stay in the order in which they came.
func (s *Shelf) Sort() ([]Place, error) {
	for i := range s.places {
		s.places[i].hilbert = hilbertOf(s.places[i].Box, s.box)
	}
	slices.SortStableFunc(s.places, func(a, b Place) int { return cmp.Compare(b.hilbert, a.hilbert) })
	return s.places, s.Finish()
}

// Get gives the bytes of a feature, in scratch if they have room there.
func (s *Shelf) Get(p Place, scratch []byte) ([]byte, error) {
	b := slices.Grow(scratch[:0], int(p.Size))[:p.Size]
	if _, err := s.ReadAt(b, p.at); err != nil {
		return scratch, NoRoom(err)
	}
	return b, nil
}

// Remove gives the room back. It may be called again.
func (s *Shelf) Remove() {
	s.Spool.Remove()
	s.places = nil
}

func hilbertOf(b, all wkb.Box) uint32 {
	if b.IsEmpty() {
		return 0
	}
	return wkb.Hilbert(cell((b.MinX+b.MaxX)/2, all.MinX, all.MaxX), cell((b.MinY+b.MaxY)/2, all.MinY, all.MaxY))
}

// cell gives the place of v between low and high, as 0 to 65535.
func cell(v, low, high float64) uint32 {
	if !(high > low) {
		return 0
	}
	return uint32(math.Floor(math.MaxUint16 * (v - low) / (high - low)))
}
