package postgis

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
)

// whereBounds asks for geometries that meet any of the boxes.
func (s *statement) whereBounds(bounds []orb.Bound) {
	g := s.table.geometry
	var any []string
	for _, b := range bounds {
		any = append(any, s.meets(b))
	}
	if missing := g.missing(); missing != "false" {
		any = append(any, missing)
	}
	s.where = append(s.where, "("+strings.Join(any, " OR ")+")")
}

// whereNowhere asks for features without a position. Where there may be any without
// a geometry, all pages of the index are looked at (some ms for 200,000 rows), for an
// empty one each row.
func (s *statement) whereNowhere() {
	condition := s.table.geometry.missing()
	if s.table.hollow || !s.table.measuredAs(s.query.AtVersion) {
		condition = "(" + condition + " OR ST_IsEmpty(" + s.table.geometry.expression() + "))"
	}
	s.where = append(s.where, condition)
}

// box is a closed box as a geometry. One without an area is a line or a point: as
// a polygon, PostGIS would find nothing in it.
func (s *statement) box(b orb.Bound) string {
	x1, y1 := s.bind(b.Min[0], "float8"), s.bind(b.Min[1], "float8")
	if b.Min == b.Max {
		return fmt.Sprintf("ST_SetSRID(ST_MakePoint(%s, %s), %d)", x1, y1, wgs84)
	}
	x2, y2 := s.bind(b.Max[0], "float8"), s.bind(b.Max[1], "float8")
	if b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1] {
		return fmt.Sprintf("ST_SetSRID(ST_MakeLine(ST_MakePoint(%s, %s), ST_MakePoint(%s, %s)), %d)", x1, y1, x2, y2, wgs84)
	}
	return fmt.Sprintf("ST_MakeEnvelope(%s, %s, %s, %s, %d)", x1, y1, x2, y2, wgs84)
}

// meets is true where the geometry intersects a closed box. The index is asked
// in the reference system of the column.
func (s *statement) meets(b orb.Bound) string {
	g := s.table.geometry
	area, column := s.box(b), "t."+quote(g.name)
	exact := fmt.Sprintf("ST_Intersects(%s, %s)", g.expression(), area)
	if b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1] {
		// Part by part: GEOS overlooks a point of a collection on a line that it has prepared.
		meets := fmt.Sprintf("ST_Intersects(d.geom, %s)", area)
		if b.Min != b.Max {
			// It fails on a line and a polygon that is not valid; on outline and end of the line it does not.
			meets = fmt.Sprintf("CASE WHEN ST_Dimension(d.geom) = 2 THEN ST_Intersects(ST_Boundary(d.geom), %[1]s) OR ST_Intersects(d.geom, ST_StartPoint(%[1]s)) ELSE %[2]s END", area, meets)
		}
		exact = fmt.Sprintf("EXISTS (SELECT FROM ST_Dump(%s) d WHERE %s)", g.expression(), meets)
	}
	switch {
	case g.isGeog, g.mixed, g.guarded:
		return exact // geography has an index of its own kind; the box test is on the planar geometry
	case g.srid == wgs84:
		if inner, ok := inside(b); ok && !g.open && !g.curved {
			// What lies inside as a whole needs no exact test.
			exact = fmt.Sprintf("(%s @ %s OR %s)", column, s.box(inner), exact)
		}
		return fmt.Sprintf("(%s && %s AND %s)", column, area, exact)
	case !s.transforms(b):
		return exact
	}
	return fmt.Sprintf("(%s && %s AND %s)", column, inReference(area, g.srid), exact)
}

// inside is a box whose bounds in single precision, as PostGIS compares them, lie
// inside those of b; false if b is too small.
func inside(b orb.Bound) (orb.Bound, bool) {
	for i := range 2 {
		const grain = 1.0 / (1 << 21) // four steps of single precision
		b.Min[i] += grain * max(1, math.Abs(b.Min[i]))
		b.Max[i] -= grain * max(1, math.Abs(b.Max[i]))
	}
	return b, b.Min[0] < b.Max[0] && b.Min[1] < b.Max[1]
}

// transforms reports whether a box can be taken into the reference system of the
// column, which may fail far from where that system is meant for: it can near
// what is stored. Elsewhere the index is not asked and every row is tested, which
// is slower and gives the same answer.
func (s *statement) transforms(b orb.Bound) bool {
	const near = 10 // degrees
	e := s.table.collection.Extent
	return !e.IsEmpty() && b.Min[0] >= e.Min[0]-near && b.Max[0] <= e.Max[0]+near &&
		b.Min[1] >= max(e.Min[1]-near, -89) && b.Max[1] <= min(e.Max[1]+near, 89)
}

// inReference is a box of another reference system that holds all of an area in
// WGS84: the bounds of its transformed outline, with room for what curves between the points
// and for rounding.
func inReference(area string, srid int) string {
	outline := fmt.Sprintf("ST_Transform(ST_Segmentize(%s, 0.1), %d)", area, srid)
	return fmt.Sprintf("ST_Expand(%[1]s, 0.01 * (ST_XMax(%[1]s) - ST_XMin(%[1]s)) + 1e-7 * abs(ST_XMax(%[1]s)), 0.01 * (ST_YMax(%[1]s) - ST_YMin(%[1]s)) + 1e-7 * abs(ST_YMax(%[1]s)))", outline)
}
