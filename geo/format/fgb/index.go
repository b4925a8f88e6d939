package fgb

import (
	"encoding/binary"
	"io"
	"math"
	"slices"

	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"
)

// nodeSize is how many children a node of the index has at most.
const nodeSize = 16

// node is a box with, in a leaf, the offset of the feature behind the index, and
// above the leaves the number of the first child.
type node struct {
	box    wkb.Box
	offset uint64
}

// writeIndex writes the tree, the root first and the leaves, in the order of the
// features, last. It keeps 40 bytes for each node above the leaves: 7 % of the features.
func writeIndex(out io.Writer, items []export.Place) error {
	var levels [][]node // from the one above the leaves up to the root
	sizes := []int{len(items)}
	for n := len(items); ; {
		n = (n + nodeSize - 1) / nodeSize
		sizes = append(sizes, n)
		if n == 1 {
			break
		}
	}
	// first is the number of the first node of the level that has the children.
	first := 0
	for _, n := range sizes[1:] {
		first += n
	}
	below, count := func(i int) wkb.Box { return items[i].Box }, len(items)
	for _, n := range sizes[1:] {
		level := make([]node, n)
		for i := range level {
			level[i] = node{box: wkb.EmptyBox(), offset: uint64(first + i*nodeSize)}
			for k := i * nodeSize; k < min((i+1)*nodeSize, count); k++ {
				level[i].box.Union(below(k))
			}
		}
		levels = append(levels, level)
		first -= n
		below, count = func(i int) wkb.Box { return level[i].box }, n
	}
	slices.Reverse(levels)
	for _, level := range levels {
		for _, n := range level {
			if err := writeNode(out, n); err != nil {
				return err
			}
		}
	}
	var offset uint64
	for _, it := range items {
		if err := writeNode(out, node{box: it.Box, offset: offset}); err != nil {
			return err
		}
		offset += uint64(it.Size)
	}
	return nil
}

func writeNode(out io.Writer, n node) error {
	var b [40]byte
	for i, v := range [4]float64{n.box.MinX, n.box.MinY, n.box.MaxX, n.box.MaxY} {
		binary.LittleEndian.PutUint64(b[i*8:], math.Float64bits(v))
	}
	binary.LittleEndian.PutUint64(b[32:], n.offset)
	_, err := out.Write(b[:])
	return err
}
