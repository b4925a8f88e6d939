package cql2

import (
	"slices"
	"strings"

	"kawasan/geo"
)

// Options say how a filter is checked.
type Options struct {
	// Functions are those that a filter may call; nil means [StandardFunctions].
	Functions Functions
	// Transform turns a position in the reference system of the filter, in the
	// order of its axes, into WGS84 lon, lat. Nil means that positions are lon, lat.
	Transform func(x, y float64) (lon, lat float64, err error)
}

// Check binds the names of an expression to a collection: its properties, id,
// and the geometry under the names geometry and geom unless a property is called
// so. It checks types: what can't be compared is an error of code Invalid that
// names the place and says what would be right. A text that is compared with a
// date or time is read as one.
func Check(e Expr, c *geo.Collection, o Options) (*Filter, error) {
	if o.Functions == nil {
		o.Functions = StandardFunctions()
	}
	if err := shape(e); err != nil {
		return nil, err
	}
	k := &checker{collection: c, options: o}
	bound, t, err := k.check(e)
	if err != nil {
		return nil, err
	}
	if t != TypeBoolean {
		return nil, invalid(e.Pos(), "the filter is %s, which is neither true nor false", t.noun()).
			Try("a comparison or another predicate, such as area_ha > 10")
	}
	return newFilter(bound, c)
}

type checker struct {
	collection *geo.Collection
	options    Options
}

// check gives the node with its names bound, and its type.
func (k *checker) check(e Expr) (Expr, Type, error) {
	switch e := e.(type) {
	case *Literal:
		return e, typeOfValue(e.Value), nil
	case *Property:
		return k.property(e)
	case *Geometry:
		bound, err := k.geometry(e)
		return bound, TypeGeometry, err
	case *Interval:
		return k.interval(e)
	case *Array:
		return k.array(e)
	case *Call:
		return k.call(e)
	case *Operation:
		return k.operation(e)
	}
	return nil, "", geo.Errorf(geo.Internal, "a filter has a node of an unknown kind")
}

// bind finds what a name stands for.
func bind(c *geo.Collection, name string) (Binding, bool) {
	if i, ok := c.PropertyIndex(name); ok {
		return Binding{Role: IsAttribute, Index: i, Type: c.Properties[i].Type}, true
	}
	switch {
	case name == c.NameOfID() && c.IntegerID:
		return Binding{Role: IsID, Type: geo.Integer}, true
	case name == c.NameOfID():
		return Binding{Role: IsID, Type: geo.String}, true
	case (name == c.NameOfGeometry() || name == "geometry" || name == "geom") && c.HasGeometry():
		return Binding{Role: IsGeometry}, true
	}
	return Binding{}, false
}

func (k *checker) property(e *Property) (Expr, Type, error) {
	b, ok := bind(k.collection, e.Name)
	if !ok {
		return nil, "", unknownProperty(e.Pos(), k.collection, e.Name)
	}
	bound := *e
	bound.Binding = b
	return &bound, b.typ(), nil
}

// unknownProperty names what was probably meant, or what there is.
func unknownProperty(at Position, c *geo.Collection, name string) *geo.Error {
	names := []string{c.NameOfID()}
	if c.HasGeometry() {
		names = append(names, c.NameOfGeometry())
	}
	for _, p := range c.Properties {
		names = append(names, p.Name)
	}
	e := invalid(at, "the collection %q has no property %q", c.ID, clip(name))
	if near := geo.Nearest(name, names); near != "" {
		return e.Try("perhaps %q", near)
	}
	if len(names) > 24 {
		return e.Try("a property that /collections/%s/queryables lists", c.ID)
	}
	return e.Try("one of %s", strings.Join(names, ", "))
}

// all checks several nodes.
func (k *checker) all(list []Expr) ([]Expr, []Type, error) {
	bound, types := make([]Expr, len(list)), make([]Type, len(list))
	for i, e := range list {
		var err error
		if bound[i], types[i], err = k.check(e); err != nil {
			return nil, nil, err
		}
	}
	return bound, types, nil
}

func (k *checker) array(e *Array) (Expr, Type, error) {
	items, types, err := k.all(e.Items)
	if err != nil {
		return nil, "", err
	}
	t := emptyList
	for i, item := range types {
		if !item.isScalar() {
			return nil, "", invalid(items[i].Pos(), "a list can't hold %s", item.noun()).Try("texts, numbers, dates or times")
		}
		switch {
		case i == 0:
			t = item + "[]"
		case t != item+"[]":
			t = mixedList
		}
	}
	return &Array{Position: e.Position, Items: items}, t, nil
}

func (k *checker) interval(e *Interval) (Expr, Type, error) {
	bound := *e
	for _, end := range []*Expr{&bound.Start, &bound.End} {
		if *end == nil {
			continue
		}
		b, t, err := k.check(*end)
		if err != nil {
			return nil, "", err
		}
		if t != TypeDatetime {
			return nil, "", mismatch(b, t, TypeDatetime, "as the end of an interval")
		}
		*end = b
	}
	return &bound, TypeInterval, nil
}

// mismatch says that an expression has the wrong type for the place where it stands.
func mismatch(e Expr, got, want Type, format string, args ...any) *geo.Error {
	place := geo.Phrasef(format, args...)
	fault := invalid(e.Pos(), "found %s, which is %s, %s", describe(e), got.noun(), place)
	if _, ok := e.(*Literal); ok {
		fault = invalid(e.Pos(), "found %s %s", describe(e), place)
	}
	return fault.Try("%s", want.noun())
}

func (k *checker) call(e *Call) (Expr, Type, error) {
	f, ok := k.options.Functions.Find(e.Name)
	if !ok {
		fault := invalid(e.Pos(), "there is no function %s()", clip(e.Name))
		if near := geo.Nearest(e.Name, k.options.Functions.names()); near != "" {
			return nil, "", fault.Try("perhaps %s()", near)
		}
		return nil, "", fault.Try("one of the functions that /functions lists: %s", strings.Join(k.options.Functions.names(), ", "))
	}
	if len(e.Args) != len(f.Args) {
		return nil, "", invalid(e.Pos(), "%s() has %d arguments", f.Name, len(e.Args)).Try("%s", f.Signature())
	}
	args, types, err := k.all(e.Args)
	if err != nil {
		return nil, "", err
	}
	for i, want := range f.Args {
		if slices.Contains(want.Types, types[i]) {
			continue
		}
		if d, ok := k.asInstant(args[i]); ok && slices.Contains(want.Types, TypeDatetime) {
			args[i] = d
			continue
		}
		return nil, "", mismatch(args[i], types[i], want.Types[0], "as %s of %s", want.Name, f.Name+"()").Try("%s", f.Signature())
	}
	return &Call{Position: e.Position, Name: f.Name, Args: args, Function: f}, f.Returns, nil
}

// asInstant reads a text literal as date or timestamp.
func (k *checker) asInstant(e Expr) (Expr, bool) {
	l, ok := e.(*Literal)
	if !ok {
		return e, false
	}
	s, ok := l.Value.(string)
	if !ok {
		return e, false
	}
	v, ok := readInstant(s)
	return &Literal{Position: l.Position, Value: v}, ok
}

// geometry brings a literal into WGS84 and makes it ready.
func (k *checker) geometry(e *Geometry) (*Geometry, error) {
	bound := *e
	if k.options.Transform != nil {
		moved, err := e.transform(k.options.Transform)
		if err != nil {
			return nil, err
		}
		bound = *moved
	}
	v, err := literalValue(&bound)
	if err != nil {
		return nil, err
	}
	bound.Value = v
	return &bound, nil
}

// boxSteps is into how many pieces each side of a box in another reference system is cut.
const boxSteps = 16

// transform gives the geometry in WGS84; a box becomes a polygon whose sides are
// cut, as they are not straight there.
func (g *Geometry) transform(f func(x, y float64) (lon, lat float64, err error)) (*Geometry, error) {
	if g.Type == BBox {
		minX, minY, maxX, maxY := g.box()
		if minX > maxX {
			return nil, invalid(g.Pos(), "the box has its first edge (%v) beyond its second (%v)", minX, maxX).
				Try("the smaller number first, or a box in longitude and latitude")
		}
		flat := rectangle(minX, minY, maxX, maxY)
		if flat.Type == Polygon {
			flat.Members[0].Coordinates = cut(flat.Members[0].Coordinates)
		}
		flat.Position = g.Position
		return flat.transform(f)
	}
	moved := &Geometry{Position: g.Position, Type: g.Type}
	stride := g.stride()
	for i := 0; i+1 < len(g.Coordinates); i += stride {
		lon, lat, err := f(g.Coordinates[i], g.Coordinates[i+1])
		if err != nil {
			return nil, invalid(g.Pos(), "the position %v %v can't be expressed in longitude and latitude", g.Coordinates[i], g.Coordinates[i+1]).
				Try("a position inside the area of the reference system, with its axes in their order").Because(err)
		}
		moved.Coordinates = append(moved.Coordinates, lon, lat)
	}
	for _, m := range g.Members {
		part, err := m.transform(f)
		if err != nil {
			return nil, err
		}
		moved.Members = append(moved.Members, part)
	}
	return moved, nil
}

// cut puts more positions on the sides of a ring.
func cut(ring []float64) []float64 {
	var fine []float64
	for i := 0; i+3 < len(ring); i += 2 {
		for step := range boxSteps {
			t := float64(step) / boxSteps
			fine = append(fine, ring[i]+t*(ring[i+2]-ring[i]), ring[i+1]+t*(ring[i+3]-ring[i+1]))
		}
	}
	return append(fine, ring[0], ring[1])
}
