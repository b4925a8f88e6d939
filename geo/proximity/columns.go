package proximity

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// infinite is a limit that nothing exceeds.
var infinite = math.Inf(1)

// columns turn pairs into features of one synthetic collection.
type columns struct {
	s *session
	layout
	collection *geo.Collection // its description, with the number and extent of this answer
	own        []column
	method     any // text, the same for all pairs
	ids        map[string]int
}

// layout is how answers of a kind about some targets are described.
type layout struct {
	about *geo.Collection
	// places maps each target collection to the places of its properties.
	places map[string][]int
}

// column is a property that the question itself gives.
type column struct {
	geo.Property
	value func(*Pair) any // nil for the method
}

// columns chooses the properties of the answer.
func (s *session) columns(k kind, method string, pairs []*Pair) *columns {
	c := &columns{s: s, layout: s.layout(k), own: columnsOf[k], method: method, ids: make(map[string]int, len(pairs))}
	about := *c.about
	about.Count = int64(len(pairs))
	c.collection = &about
	return c
}

// layout is the one remembered of a single target, or is made.
func (s *session) layout(k kind) layout {
	var target *geo.Collection
	if len(s.question.To) == 1 {
		target = s.used[s.question.To[0].Collection]
	}
	if target == nil {
		return s.layOut(k)
	}
	at := matter{"layout of " + string(k), target.ID}
	if s.question.Lines {
		at.what = "layout of lines of " + string(k)
	}
	if kept, ok := s.options.Memory.find(at, s.catalogue, target); ok {
		return kept.(layout)
	}
	made := s.layOut(k)
	s.options.Memory.keep(at, s.catalogue, target, made)
	return made
}

func (s *session) layOut(k kind) layout {
	own := columnsOf[k]
	l := layout{places: map[string][]int{}, about: &geo.Collection{ID: string(k), Title: titles[k], GeometryType: s.geometryType(k), InMemory: true}}
	taken := make(map[string]bool, len(own))
	l.about.Properties = make([]geo.Property, 0, len(own)+s.width())
	for _, c := range own {
		l.about.Properties = append(l.about.Properties, c.Property)
		taken[c.Name] = true
	}
	at := map[string]int{}
	for _, t := range s.question.To {
		target, ok := s.used[t.Collection]
		if !ok {
			continue
		}
		for _, p := range target.Properties {
			name := p.Name
			for taken[name] {
				name = "target_" + name
			}
			p.Name, p.Required, p.ReadOnly = name, false, true
			i, ok := at[name]
			if ok {
				have := &l.about.Properties[i]
				have.Type = common(have.Type, p.Type)
				if !slices.Equal(have.Enum, p.Enum) {
					have.Enum = nil
				}
				have.Words = merged(have.Words, p.Words)
				if have.Unit != p.Unit {
					have.Unit = ""
				}
			} else {
				i = len(l.about.Properties)
				at[name] = i
				l.about.Properties = append(l.about.Properties, p)
			}
			l.places[t.Collection] = append(l.places[t.Collection], i)
		}
	}
	l.about.IndexNames()
	return l
}

// merged has the words of both; the first go before.
func merged(a, b map[string]geo.Text) map[string]geo.Text {
	if len(b) == 0 {
		return a
	}
	all := maps.Clone(b)
	maps.Copy(all, a)
	return all
}

// width is how many properties the targets have together.
func (s *session) width() int {
	n := 0
	for _, t := range s.question.To {
		if target, ok := s.used[t.Collection]; ok {
			n += len(target.Properties)
		}
	}
	return n
}

// common is the type that holds values of both.
func common(a, b geo.PropertyType) geo.PropertyType {
	switch {
	case a == b:
		return a
	case a.IsNumeric() && b.IsNumeric():
		return geo.Number
	}
	return geo.String
}

func (s *session) geometryType(k kind) string {
	if k == kindOverlap {
		return "MultiPolygon"
	}
	if s.question.Lines {
		return "MultiLineString" // one may cross the antimeridian, and a layer has one type
	}
	kind := ""
	for _, t := range s.question.To {
		target, ok := s.used[t.Collection]
		switch {
		case !ok:
		case kind == "":
			kind = target.GeometryType
		case kind != target.GeometryType:
			return "Geometry"
		}
	}
	if kind == "" {
		return "Geometry"
	}
	return kind
}

// features makes the features of pairs.
func (c *columns) features(ctx context.Context, pairs []*Pair) ([]*geo.Feature, error) {
	width := len(c.collection.Properties)
	all, made, values := make([]*geo.Feature, 0, len(pairs)), make([]geo.Feature, len(pairs)), make([]any, len(pairs)*width)
	for i, p := range pairs {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		f := &made[i]
		f.ID, f.Collection, f.Values = c.id(p), c.collection, values[i*width:(i+1)*width:(i+1)*width]
		if err := c.fill(f, p); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// fill sets values and geometry of the feature of a pair.
func (c *columns) fill(f *geo.Feature, p *Pair) (err error) {
	for i, own := range c.own {
		if own.value == nil {
			f.Values[i] = c.method
		} else {
			f.Values[i] = own.value(p)
		}
	}
	for i, at := range c.places[p.To.Collection.ID] {
		if i < len(p.To.Values) {
			f.Values[at] = convert(p.To.Values[i], c.collection.Properties[at].Type)
		}
	}
	switch {
	case p.Shared != nil:
		f.WKB, err = encode(p.Shared.Geometry)
	case c.s.question.Lines:
		f.WKB, err = encode(c.line(p.Result))
	default:
		f.WKB, err = flat(p.To)
		f.Prepared, f.Bound = p.To.Prepared, p.To.Bound
	}
	return err
}

// convert brings a value to the type of a column that several collections share.
func convert(v any, t geo.PropertyType) any {
	switch n := v.(type) {
	case nil, string:
		return v // as it is: to take the text out and put it in again costs an allocation
	case int64:
		if t == geo.Number {
			return float64(n)
		}
	}
	if t != geo.String {
		return v
	}
	switch v := v.(type) {
	case []string:
		return strings.Join(v, "; ")
	case json.RawMessage:
		return string(v)
	}
	return fmt.Sprint(v)
}

// id names a pair.
func (c *columns) id(p *Pair) string { return c.unique(p.From.Ref, p.Ref()) }

// appendID writes a name as part of an id, which has no dots, slashes or spaces.
func appendID(dst []byte, name string) []byte {
	for i := range len(name) {
		switch c := name[i]; c {
		case '/':
			dst = append(dst, "--"...)
		case '.', ' ':
			dst = append(dst, '-')
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// unique makes an id from two names: without dots, slashes or spaces, and unique in the answer.
func (c *columns) unique(a, b string) string {
	var space [128]byte
	id := string(appendID(append(appendID(space[:0], a), "--"...), b))
	c.ids[id]++
	if n := c.ids[id]; n > 1 {
		id = fmt.Sprintf("%s--%d", id, n)
	}
	return id
}

// line is the geodesic between the two points, in pieces short enough that
// straight edges in lon/lat stay within some metres of it.
func (c *columns) line(r geodesy.Result) orb.Geometry {
	const step, most = 20_000.0, 500
	path := geodesy.Path(r.From, r.To, max(step, r.Metres/most))
	return splitAntimeridian(path)
}

// splitAntimeridian cuts a line whose longitudes run on beyond 180 into pieces
// within -180..180 (RFC 7946, 3.1.9).
func splitAntimeridian(path orb.LineString) orb.MultiLineString {
	turn := func(p orb.Point) float64 { return math.Floor((p[0] + 180) / 360) }
	var all orb.MultiLineString
	var piece orb.LineString
	shift := turn(path[0])
	for i, p := range path {
		if i > 0 && turn(p) != shift {
			q := path[i-1]
			edge := 360*max(shift, turn(p)) - 180 // the meridian between the two
			y := q[1] + (p[1]-q[1])*(edge-q[0])/(p[0]-q[0])
			piece = append(piece, orb.Point{edge - 360*shift, y})
			all = append(all, piece)
			shift = turn(p)
			piece = orb.LineString{{edge - 360*shift, y}}
		}
		piece = append(piece, orb.Point{p[0] - 360*shift, p[1]})
	}
	return append(all, piece)
}

// describe sets the extent of the finished collection.
func (c *columns) describe(features []*geo.Feature) {
	c.collection.Extent = orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	for _, f := range features {
		b, ok := boundOf(f)
		if !ok {
			continue
		}
		if c.collection.Extent.IsEmpty() {
			c.collection.Extent = b
		} else {
			c.collection.Extent = c.collection.Extent.Union(b)
		}
	}
}

// boundOf bounds a feature of an answer; false if it has no geometry.
func boundOf(f *geo.Feature) (orb.Bound, bool) {
	if f.Bound != (orb.Bound{}) {
		return f.Bound, true
	}
	if s, ok := f.Prepared.(*geodesy.Shape); ok && s != nil && s.Vertices() > 0 {
		return s.Bound(), true
	}
	g, err := f.Geometry()
	if err != nil || g == nil {
		return orb.Bound{}, false
	}
	return g.Bound(), true
}
