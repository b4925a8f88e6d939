package cql2_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kawasan/geo"
	"kawasan/geo/cql2"
)

func TestCanonicalText(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"a=1 and b<>2.50 or not c>=.5", "(a = 1 AND b <> 2.5) OR NOT c >= 0.5"},
		{"not a is not null", "NOT (a IS NOT NULL)"},
		{`"a" like 'x''y' or "the name" in (1,2e20)`, `a LIKE 'x''y' OR "the name" IN (1, 2E+20)`},
		{"-a*2+b/c^2>1", "(((-1 * a) * 2) + (b / (c ^ 2))) > 1"},
		{"s_intersects(geometry,polygon((0 0,1.50 0,1 1,0 0)))", "S_INTERSECTS(geometry, POLYGON((0 0, 1.5 0, 1 1, 0 0)))"},
		{"s_within(geometry,bbox(0,1,2,3))", "S_WITHIN(geometry, BBOX(0, 1, 2, 3))"},
		{"t_during(a,interval('..',b))", "T_DURING(a, INTERVAL('..', b))"},
		{"casei(a)=casei('X')", "CASEI(a) = CASEI('X')"},
		{"a_contains(tags,('x'))", "A_CONTAINS(tags, ('x'))"},
		{"(a)=(1)", "a = 1"},
		{`"date">date('2020-01-01')`, `"date" > DATE('2020-01-01')`},
		{"date > timestamp('2020-01-01T00:00:00.5000+01:00')", `"date" > TIMESTAMP('2019-12-31T23:00:00.5Z')`},
		{"a not in (1) and a not between 1 and 2", "a NOT IN (1) AND a NOT BETWEEN 1 AND 2"},
		{"f((1), ((1)), (1)+2, ((1)+2)*3)", "f((1), ((1)), 1 + 2, (1 + 2) * 3)"},
	} {
		e, err := cql2.ParseText(c[0])
		if err != nil {
			t.Errorf("%s: %v", c[0], err)
			continue
		}
		if got := cql2.Text(e); got != c[1] {
			t.Errorf("%s: got %s, want %s", c[0], got, c[1])
		}
		checkPrinters(t, e)
	}
}

// A text after a backslash is the one thing that text can't write; JSON can.
func TestBackslashes(t *testing.T) {
	t.Parallel()
	for _, s := range []string{`a\'b`, `\'`, `\\'x`, `''`, `'`, `a\`, `%\\`} {
		e := &cql2.Operation{Op: cql2.Equal, Args: []cql2.Expr{&cql2.Property{Name: "a"}, &cql2.Literal{Value: s}}}
		checkPrinters(t, e)
	}
}

func TestPrintedReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := predicateGen(3).Draw(t, "expression")
		text := cql2.Text(e)
		fromText, err := cql2.ParseText(text)
		if err != nil {
			t.Fatalf("read %s: %v", text, err)
		}
		if d := cmp.Diff(e, fromText, same); d != "" {
			t.Fatalf("%s (-want +got):\n%s", text, d)
		}
		document := string(cql2.JSON(e))
		fromJSON, err := cql2.ParseJSON(document)
		if err != nil {
			t.Fatalf("read %s: %v", document, err)
		}
		if d := cmp.Diff(e, fromJSON, same); d != "" {
			t.Fatalf("%s (-want +got):\n%s", document, d)
		}
	})
}

type gen = rapid.Generator[cql2.Expr]

func operation(ops []cql2.Operator, args ...*gen) *gen {
	return rapid.Custom(func(t *rapid.T) cql2.Expr {
		e := &cql2.Operation{Op: rapid.SampledFrom(ops).Draw(t, "op")}
		for _, a := range args {
			e.Args = append(e.Args, a.Draw(t, "arg"))
		}
		return e
	})
}

func nameGen() *gen {
	return rapid.Map(rapid.OneOf(
		rapid.SampledFrom([]string{"a", "date", "not", "point", "in", "The Name", `"`, "eo:x.y", "é", "TRUE", "nan", "casei", "s_within", "empty", "1a", "z"}),
		rapid.StringMatching(`[a-z"' .é(]{1,6}`)), func(s string) cql2.Expr { return &cql2.Property{Name: s} })
}

func textGen() *gen {
	return rapid.Map(rapid.OneOf(rapid.StringMatching(`[a-z'"\\%_ ]{0,8}[a-z'%]`), rapid.Just(""), rapid.SampledFrom([]string{"ß", "\n\t", "日本", "\u2028<&>"})),
		func(s string) cql2.Expr { return &cql2.Literal{Value: s} })
}

func numberGen() *gen {
	return rapid.OneOf(
		rapid.Map(rapid.Int64(), func(n int64) cql2.Expr { return &cql2.Literal{Value: n} }),
		rapid.Map(rapid.Float64(), func(f float64) cql2.Expr {
			if f == float64(int64(f)) && f > -1e15 && f < 1e15 {
				return &cql2.Literal{Value: int64(f)}
			}
			return &cql2.Literal{Value: f}
		}).Filter(func(e cql2.Expr) bool {
			f, ok := e.(*cql2.Literal).Value.(float64)
			return !ok || f != float64(int64(f)) // integral floats have another canonical form
		}))
}

func instantGen() *gen {
	return rapid.OneOf(
		rapid.Map(rapid.Int32Range(-700000, 2900000), func(n int32) cql2.Expr { return &cql2.Literal{Value: geo.Date(n)} }),
		rapid.Map(rapid.Int64Range(-6e16, 2.5e17), func(n int64) cql2.Expr { return &cql2.Literal{Value: time.UnixMicro(n).UTC()} }))
}

func scalarGen(depth int) *gen {
	leaves := []*gen{nameGen(), textGen(), numberGen(), instantGen(), rapid.Map(rapid.Bool(), func(b bool) cql2.Expr { return &cql2.Literal{Value: b} })}
	if depth == 0 {
		return rapid.OneOf(leaves...)
	}
	inner := rapid.Deferred(func() *gen { return scalarGen(depth - 1) })
	return rapid.OneOf(append(leaves,
		operation([]cql2.Operator{cql2.Plus, cql2.Minus, cql2.Times, cql2.Divide, cql2.Modulo, cql2.IntegerD, cql2.Power}, inner, inner),
		operation([]cql2.Operator{cql2.CaseI, cql2.AccentI}, inner),
		rapid.Custom(func(t *rapid.T) cql2.Expr {
			return &cql2.Call{Name: rapid.SampledFrom([]string{"f", "Buffer", "ns:g"}).Draw(t, "name"), Args: rapid.SliceOfN(rapid.OneOf(inner, listGen(depth-1), geometryGen(), predicateGen(0)), 0, 3).Draw(t, "args")}
		}))...)
}

func listGen(depth int) *gen {
	item := scalarGen(0)
	if depth > 0 {
		item = rapid.OneOf(scalarGen(depth-1), rapid.Deferred(func() *gen { return listGen(depth - 1) }))
	}
	return rapid.Custom(func(t *rapid.T) cql2.Expr {
		return &cql2.Array{Items: rapid.SliceOfN(item, 0, 3).Draw(t, "items")}
	})
}

func intervalGen() *gen {
	end := rapid.OneOf(nameGen(), rapid.Just[cql2.Expr](nil), instantGen())
	return rapid.Custom(func(t *rapid.T) cql2.Expr {
		i := &cql2.Interval{Start: end.Draw(t, "start"), End: end.Draw(t, "end")}
		_, ok1 := i.Start.(*cql2.Literal)
		_, ok2 := i.End.(*cql2.Literal)
		if ok1 && ok2 {
			i.End = nil
		}
		return i
	})
}

func geometryGen() *gen {
	return rapid.Custom(func(t *rapid.T) cql2.Expr { return drawGeometry(t, 2, rapid.Bool().Draw(t, "z")) })
}

func drawGeometry(t *rapid.T, depth int, z bool) *cql2.Geometry {
	coordinate := rapid.OneOf(rapid.Float64Range(-180, 180), rapid.Map(rapid.IntRange(-90, 90), func(n int) float64 { return float64(n) }))
	stride := 2
	if z {
		stride = 3
	}
	line := func(kind cql2.GeometryType, n int) *cql2.Geometry {
		return &cql2.Geometry{Type: kind, HasZ: z, Coordinates: rapid.SliceOfN(coordinate, n*stride, n*stride).Draw(t, "coordinates")}
	}
	ring := func() *cql2.Geometry {
		g := line(cql2.LineString, 4)
		copy(g.Coordinates[3*stride:], g.Coordinates[:stride])
		return g
	}
	polygon := func() *cql2.Geometry {
		return &cql2.Geometry{Type: cql2.Polygon, HasZ: z, Members: []*cql2.Geometry{ring(), ring()}}
	}
	switch rapid.IntRange(0, 8).Draw(t, "type") {
	case 0:
		return line(cql2.Point, 1)
	case 1:
		return line(cql2.LineString, 3)
	case 2:
		return polygon()
	case 3:
		return &cql2.Geometry{Type: cql2.MultiPoint, HasZ: z, Members: []*cql2.Geometry{line(cql2.Point, 1), line(cql2.Point, 1)}}
	case 4:
		return &cql2.Geometry{Type: cql2.MultiLineString, HasZ: z, Members: []*cql2.Geometry{line(cql2.LineString, 2)}}
	case 5:
		return &cql2.Geometry{Type: cql2.MultiPolygon, HasZ: z, Members: []*cql2.Geometry{polygon(), polygon()}}
	case 6:
		return &cql2.Geometry{Type: cql2.Polygon}
	case 7:
		if depth > 0 {
			return &cql2.Geometry{Type: cql2.GeometryCollection, HasZ: z, Members: []*cql2.Geometry{line(cql2.Point, 1), polygon()}}
		}
	}
	return &cql2.Geometry{Type: cql2.BBox, Coordinates: []float64{coordinate.Draw(t, "west"), -1.5, coordinate.Draw(t, "east"), 2}}
}

func predicateGen(depth int) *gen {
	scalar := scalarGen(min(depth, 2))
	spatial := rapid.OneOf(nameGen(), geometryGen())
	temporal := rapid.OneOf(nameGen(), instantGen(), intervalGen())
	list := rapid.OneOf(nameGen(), listGen(min(depth, 2)))
	in := rapid.Custom(func(t *rapid.T) cql2.Expr {
		return &cql2.Array{Items: rapid.SliceOfN(scalar, 1, 3).Draw(t, "items")}
	})
	leaves := []*gen{
		operation([]cql2.Operator{cql2.Equal, cql2.NotEqual, cql2.Less, cql2.Greater, cql2.LessOrEqual, cql2.GreaterOrEqual}, scalar, scalar),
		operation([]cql2.Operator{cql2.Like}, scalar, textGen()), operation([]cql2.Operator{cql2.Between}, scalar, scalar, scalar),
		operation([]cql2.Operator{cql2.In}, scalar, in), operation([]cql2.Operator{cql2.IsNull}, scalar),
		operation([]cql2.Operator{cql2.SIntersects, cql2.SWithin, cql2.SEquals}, spatial, spatial),
		operation([]cql2.Operator{cql2.TDuring, cql2.TMetBy, cql2.TOverlappedBy}, temporal, temporal),
		operation([]cql2.Operator{cql2.AContainedBy, cql2.AOverlaps}, list, list),
		nameGen(),
	}
	if depth == 0 {
		return rapid.OneOf(leaves...)
	}
	inner := rapid.Deferred(func() *gen { return predicateGen(depth - 1) })
	return rapid.OneOf(append(leaves, operation([]cql2.Operator{cql2.Not}, inner), operation([]cql2.Operator{cql2.IsNull}, inner),
		operation([]cql2.Operator{cql2.And, cql2.Or}, inner, inner), operation([]cql2.Operator{cql2.And, cql2.Or}, inner, inner, inner))...)
}
