package pmtiles

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"testing"

	"pgregory.net/rapid"
)

// The ids that the specification gives as examples.
func TestTileIDs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		z    int
		x, y uint32
		want uint64
	}{{0, 0, 0, 0}, {1, 0, 0, 1}, {1, 0, 1, 2}, {1, 1, 1, 3}, {1, 1, 0, 4}, {2, 0, 0, 5}, {12, 3423, 1763, 19078479}} {
		if got := tileID(c.z, c.x, c.y); got != c.want {
			t.Errorf("%d/%d/%d: got %d, want %d", c.z, c.x, c.y, got, c.want)
		}
	}
}

// On a Hilbert curve tiles that follow each other are neighbours, and none is left out.
func TestTileIDsFollowACurve(t *testing.T) {
	t.Parallel()
	for z := range 8 {
		n := uint32(1) << z
		places := map[uint64][2]uint32{}
		for x := range n {
			for y := range n {
				places[tileID(z, x, y)] = [2]uint32{x, y}
			}
		}
		first := (uint64(1)<<(2*z) - 1) / 3
		for i := range uint64(n) * uint64(n) {
			at, found := places[first+i]
			if !found {
				t.Fatalf("zoom %d: no tile has the number %d", z, first+i)
			}
			if before, ok := places[first+i-1]; ok && i > 0 {
				dx, dy := int(at[0])-int(before[0]), int(at[1])-int(before[1])
				if dx*dx+dy*dy != 1 {
					t.Fatalf("zoom %d: %v follows %v", z, at, before)
				}
			}
		}
	}
}

// unpack reads a directory as the specification says.
func unpack(t testing.TB, b []byte) []entry {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	r := bytes.NewReader(plain)
	next := func() uint64 {
		v, err := binary.ReadUvarint(r)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	list := make([]entry, next())
	id := uint64(0)
	for i := range list {
		id += next()
		list[i].id = id
	}
	for i := range list {
		list[i].run = uint32(next())
	}
	for i := range list {
		list[i].length = uint32(next())
	}
	for i := range list {
		v := next()
		if v == 0 {
			list[i].offset = list[i-1].offset + uint64(list[i-1].length)
		} else {
			list[i].offset = v - 1
		}
	}
	if r.Len() != 0 {
		t.Errorf("%d bytes are left over", r.Len())
	}
	return list
}

// Whatever the entries, they are read back from root and leaves, and the root fits
// into the first 16 KiB of the file.
func TestDirectories(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 100, leafEntries, leafEntries + 1, 30_000}).Draw(rt, "n")
		seed := rapid.Uint64().Draw(rt, "seed")
		random := func() uint64 { seed = seed*6364136223846793005 + 1442695040888963407; return seed >> 40 }
		var want []entry
		id, offset := uint64(0), uint64(0)
		for range n {
			e := entry{id: id, length: uint32(random()%5000) + 1, run: uint32(random()%3) + 1, offset: offset}
			if random()%4 == 0 {
				e.offset = random()
			} else {
				offset += uint64(e.length)
			}
			id += uint64(e.run) + random()%9
			want = append(want, e)
		}
		root, leaves, err := new(compressor).packDirectories(want)
		if err != nil {
			t.Fatal(err)
		}
		if len(root) > largestRoot {
			t.Errorf("the root has %d bytes", len(root))
		}
		var got []entry
		for _, e := range unpack(t, root) {
			if e.run > 0 {
				got = append(got, e)
				continue
			}
			leaf := unpack(t, leaves[e.offset:e.offset+uint64(e.length)])
			if leaf[0].id != e.id {
				t.Errorf("a leaf begins with %d, the root says %d", leaf[0].id, e.id)
			}
			got = append(got, leaf...)
		}
		if len(got) != len(want) {
			t.Fatalf("got %d entries, want %d", len(got), len(want))
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("entry %d: got %v, want %v", i, got[i], want[i])
			}
		}
	})
}
