package snapshot

import (
	"encoding/binary"
	"strconv"
	"strings"

	"kawasan/geo"
)

// placed is a feature in the R-tree, with what most queries want to know of it:
// to read it from the feature would fetch scattered memory for each match.
type placed struct {
	feature *geo.Feature
	// key orders by id as far as it goes: of two features with different keys the
	// one with the smaller key comes first. Never 0.
	key uint64
	// connected says that the geometry is one line or one polygon.
	connected bool
}

// placed gives the entry of a feature.
func (c *Collection) placed(f *geo.Feature) placed {
	return placed{f, c.keys.of(f.ID), isConnected(f.WKB)}
}

// keys are made of ids: of integers the number, of texts the first bytes that
// follow the beginning which all of a collection had in common when it was built.
type keys struct {
	common   string
	integers bool
}

// commonBeginning is that of a first and a last text and of all between them.
func commonBeginning(first, last string) string {
	n := 0
	for n < min(len(first), len(last)) && first[n] == last[n] {
		n++
	}
	return first[:n]
}

// of gives the key of an id. One that begins otherwise than those that the keys
// were made for has the first or the last key.
func (k keys) of(id string) uint64 {
	const first, last = 1, 1<<64 - 1
	if k.integers {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return first // not an integer: a store would not give it
		}
		return max(first, uint64(n)^1<<63)
	}
	switch rest, ok := strings.CutPrefix(id, k.common); {
	case ok:
		var b [8]byte
		copy(b[:], rest)
		return min(max(first+1, binary.BigEndian.Uint64(b[:])), last-1)
	case id < k.common:
		return first
	}
	return last
}
