package parquet

import (
	"kawasan/geo"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"

	"github.com/parquet-go/parquet-go"
)

// encodings are those of GeoParquet 1.1 beside WKB: lists in lists of positions, which are
// groups of x, y and perhaps z and m.
var encodings = map[string]wkb.Type{
	"point": wkb.Point, "linestring": wkb.LineString, "polygon": wkb.Polygon,
	"multipoint": wkb.MultiPoint, "multilinestring": wkb.MultiLineString, "multipolygon": wkb.MultiPolygon,
}

// nesting is how many lists lie around the positions of a type.
var nesting = map[wkb.Type]int{wkb.LineString: 1, wkb.MultiPoint: 1, wkb.Polygon: 2, wkb.MultiLineString: 2, wkb.MultiPolygon: 3}

// nativeGeometry makes WKB of the ordinates of a row, each of which is a leaf of its own.
type nativeGeometry struct {
	kind       wkb.Type // 0 for geometries as WKB
	hasZ, hasM bool
	axes       [4][]float64 // x, y, z, m of the row
	levels     []int        // of repetition, of each x
	missing    int          // ordinates that are null
}

// axisNames are those of the leaves.
var axisNames = [4]string{"x", "y", "z", "m"}

// leaves finds the ordinates below the column of the geometry.
func (g *nativeGeometry) leaves(c *parquet.Column, at source.Place) ([]readColumn, error) {
	odd := at.Errorf(geo.Unsupported, "the column of the geometries is not built as its encoding says").Try("the geometries as WKB")
	for range nesting[g.kind] {
		inner := c.Columns()
		if len(inner) != 1 || !inner[0].Repeated() {
			return nil, odd
		}
		if c = inner[0]; len(c.Columns()) == 1 { // list, element
			c = c.Columns()[0]
		}
	}
	var list []readColumn
	var has [4]bool
	for _, leaf := range c.Columns() {
		for k, name := range axisNames {
			if leaf.Leaf() && leaf.Name() == name && leaf.Type().Kind() == parquet.Double && !leaf.Repeated() {
				list, has[k] = append(list, readColumn{value: -1, axis: k + 1}), true
			}
		}
	}
	if !has[0] || !has[1] || len(list) != len(c.Columns()) {
		return nil, odd
	}
	g.hasZ, g.hasM = has[2], has[3]
	return list, nil
}

// begin empties it for the next row.
func (g *nativeGeometry) begin() {
	for k := range g.axes {
		g.axes[k] = g.axes[k][:0]
	}
	g.levels, g.missing = g.levels[:0], 0
}

// take adds an ordinate.
func (g *nativeGeometry) take(axis int, v parquet.Value) {
	if v.IsNull() {
		g.missing++
		return
	}
	g.axes[axis] = append(g.axes[axis], v.Double())
	if axis == 0 {
		g.levels = append(g.levels, v.RepetitionLevel())
	}
}

// geometry gives that of the row, nil if it has none; false if it can't be read.
func (g *nativeGeometry) geometry() ([]byte, bool) {
	n := len(g.levels)
	if n == 0 {
		return nil, len(g.axes[1]) == 0
	}
	for k, has := range [4]bool{true, true, g.hasZ, g.hasM} {
		if has && len(g.axes[k]) != n {
			return nil, false
		}
	}
	return g.append(nil, g.kind, 1, 0, n), g.missing == 0
}

// append writes the positions from one to before another as a geometry whose members begin
// where the level of repetition is no higher than the one given.
func (g *nativeGeometry) append(dst []byte, kind wkb.Type, level, from, to int) []byte {
	dst = wkb.AppendHeader(dst, kind, g.hasZ, g.hasM)
	switch kind {
	case wkb.Point:
		return g.positions(dst, from, to)
	case wkb.LineString:
		return g.positions(wkb.AppendCount(dst, to-from), from, to)
	}
	at, n := len(dst), 0
	dst = wkb.AppendCount(dst, 0)
	for i := from; i < to; n++ {
		end := i + 1
		for end < to && g.levels[end] > level {
			end++
		}
		if kind == wkb.Polygon {
			dst = g.positions(wkb.AppendCount(dst, end-i), i, end)
		} else {
			dst = g.append(dst, kind.Member(), level+1, i, end)
		}
		i = end
	}
	wkb.AppendCount(dst[at:at], n)
	return dst
}

func (g *nativeGeometry) positions(dst []byte, from, to int) []byte {
	for i := from; i < to; i++ {
		dst = wkb.AppendFloats(dst, g.axes[0][i], g.axes[1][i])
		if g.hasZ {
			dst = wkb.AppendFloats(dst, g.axes[2][i])
		}
		if g.hasM {
			dst = wkb.AppendFloats(dst, g.axes[3][i])
		}
	}
	return dst
}
