package quality

import (
	"math"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Where features are expected. The province is the box of its regencies
// (geodata/regencies.geojson), widened by twelve nautical miles of territorial sea.
var (
	province  = orb.Bound{Min: orb.Point{113.63, -2.62}, Max: orb.Point{119.2, 2.78}}
	indonesia = orb.Bound{Min: orb.Point{94.5, -11.3}, Max: orb.Point{141.1, 6.3}}
	earth     = orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}
)

// covers reports whether b lies in a.
func covers(a, b orb.Bound) bool { return a.Contains(b.Min) && a.Contains(b.Max) }

// spread is what the positions of a geometry take up.
type spread struct {
	bound  orb.Bound
	n      int
	astray int // positions outside the province
	first  Place
}

func spreadOf(g *geometry) spread {
	if s, ok := within(g); ok {
		return s
	}
	s := spread{bound: orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}}
	g.walk(func(part int, p *geometry) {
		for r, l := range p.lines {
			for i := range l.len() {
				x, y := l.at(i)
				if !finite(x) || !finite(y) {
					continue
				}
				s.n++
				at := orb.Point{x, y}
				s.bound.Min[0], s.bound.Min[1] = min(s.bound.Min[0], x), min(s.bound.Min[1], y)
				s.bound.Max[0], s.bound.Max[1] = max(s.bound.Max[0], x), max(s.bound.Max[1], y)
				if !province.Contains(at) {
					if s.astray++; s.astray == 1 {
						found := at // apart, so that the others need no memory
						s.first = Place{Position: &found, Part: part, Ring: r + 1, Vertex: i + 1}
					}
				}
			}
		}
	})
	return s
}

// within is the spread of a geometry all of whose positions are numbers and lie in the
// province, as nearly all do; false for any other.
func within(g *geometry) (spread, bool) {
	s := spread{bound: orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}}
	g.walk(func(_ int, p *geometry) {
		for _, l := range p.lines {
			west, south, east, north := s.bound.Min[0], s.bound.Min[1], s.bound.Max[0], s.bound.Max[1]
			for i := 0; i+1 < len(l.c); i += l.dims {
				x, y := l.c[i], l.c[i+1]
				west, south, east, north = min(west, x), min(south, y), max(east, x), max(north, y) // NaN if one is
			}
			s.bound = orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
			s.n += l.len()
		}
	})
	return s, covers(province, s.bound)
}

// position judges where the feature lies; false if that is nowhere on earth.
func (v *Examination) position(g *geometry) bool {
	s := spreadOf(g)
	v.bound = s.bound
	if s.astray == 0 {
		v.regions(s.bound)
		return true
	}
	onEarth := covers(earth, s.bound)
	if s.bound.Intersects(province) && s.astray < s.n {
		v.astray(s)
		return onEarth
	}
	var fixes []correction
	if home := v.home(); home != nil { // what the feature says of itself narrows it down
		fixes = v.judge.corrected(s.bound, home)
	}
	if len(fixes) == 0 {
		fixes = v.judge.corrected(s.bound, func(b orb.Bound) bool { return covers(province, b) })
	}
	switch {
	case covers(indonesia, s.bound):
		v.outside(s, fixes)
	case len(fixes) > 0:
		fix := fixes[0]
		i := Issue{Rule: fix.rule, Place: s.shown(), Message: say("%s lies outside Indonesia; inside the province it would be with %s", "%s berada di luar Indonesia; akan berada di dalam provinsi dengan %s", lonLat(*s.first.Position), listed(fixes))}
		v.add(i)
	case !onEarth:
		v.nowhere(s)
	default:
		v.outside(s, nil)
	}
	return onEarth
}

// shown is the first position astray, if it can be drawn on a map.
func (s spread) shown() Place {
	if s.first.Position != nil && !earth.Contains(*s.first.Position) {
		p := s.first
		p.Position = nil
		return p
	}
	return s.first
}

// listed joins the corrections found.
func listed(fixes []correction) geo.Text {
	var en, id []string
	for _, f := range fixes {
		en, id = append(en, f.what.EN), append(id, f.what.ID)
	}
	return geo.Text{EN: strings.Join(en, "; or "), ID: strings.Join(id, "; atau ")}
}

func (v *Examination) nowhere(s spread) {
	metres := fitting(s.bound)
	if len(metres) == 0 {
		v.add(Issue{Rule: coordinateOutOfRange, Place: s.shown(), Message: say("%s is no longitude, latitude", "%s bukan bujur, lintang", lonLat(*s.first.Position))})
		return
	}
	var names []string
	for _, c := range metres {
		name := c.CRS.Code + " (" + c.CRS.Name + ")"
		if c.Swapped {
			name += ", northing first"
		}
		names = append(names, name)
	}
	i := Issue{Rule: coordinatesProjected, Place: s.shown(), Message: say("%s are metres that lie in the province in %s", "%s adalah meter yang berada di dalam provinsi menurut %s", lonLat(*s.first.Position), strings.Join(names, ", "))}
	i.Remedy = say("--crs %s, if that is the system", "--crs %s, bila itu sistemnya", metres[0].CRS.Code)
	v.add(i)
}

func (v *Examination) outside(s spread, fixes []correction) {
	i := Issue{Rule: outsideProvince, Place: s.first, Message: say("%s lies outside East Kalimantan", "%s berada di luar Kalimantan Timur", lonLat(*s.first.Position))}
	if len(fixes) > 0 {
		i.Message = say("%s lies outside East Kalimantan; inside it would be with %s", "%s berada di luar Kalimantan Timur; akan berada di dalamnya dengan %s", lonLat(*s.first.Position), listed(fixes))
	}
	v.add(i)
}

// astray tells of a feature that lies partly in the province: across its border if what is
// outside is near, else with vertices that went astray.
func (v *Examination) astray(s spread) {
	reach := 3.0 // degrees
	near := orb.Bound{Min: orb.Point{province.Min[0] - reach, province.Min[1] - reach}, Max: orb.Point{province.Max[0] + reach, province.Max[1] + reach}}
	if !covers(near, s.bound) && 10*s.astray <= s.n {
		i := Issue{Rule: vertexAstray, Place: s.shown(), Message: say("%d of %d vertices lie outside the province, the first at %s", "%d dari %d titik berada di luar provinsi, yang pertama di %s", s.astray, s.n, lonLat(*s.first.Position))}
		if !covers(earth, s.bound) {
			i.Rule = coordinateOutOfRange
		}
		v.add(i)
		return
	}
	if !covers(earth, s.bound) {
		v.nowhere(s)
		return
	}
	v.outside(s, nil)
}

// anywhere is a position on the feature, for findings that concern all of it.
func (v *Examination) anywhere() Place { return anywhere(v.feature.WKB) }

func anywhere(wkb []byte) Place {
	g, err := decode(wkb)
	if err != nil {
		return Place{}
	}
	var place Place
	g.walk(func(_ int, p *geometry) {
		for _, l := range p.lines {
			if place.Position == nil && l.len() > 0 {
				if x, y := l.at(0); finite(x) && finite(y) && earth.Contains(orb.Point{x, y}) {
					place.Position = &orb.Point{x, y}
				}
			}
		}
	})
	return place
}
