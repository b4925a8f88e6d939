package zone

import (
	"context"
	"encoding/json"
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// Words of areas.
var (
	areaMethod   = geo.Text{EN: "area on the WGS84 ellipsoid between edges straight in lon/lat", ID: "luas pada elipsoid WGS84 di antara sisi yang lurus dalam bujur/lintang"}
	asStated     = geo.Text{EN: "as stated", ID: "sebagaimana dinyatakan"}
	notStated    = geo.Text{EN: "not stated", ID: "tidak dinyatakan"}
	statedArea   = geo.Text{EN: "Stated area", ID: "Luas yang dinyatakan"}
	computedArea = geo.Text{EN: "Computed area", ID: "Luas hasil perhitungan"}
)

// Area is a computed area with the least and the greatest that the uncertainty
// of the boundary allows, in hectares. Max is nil when it is unknown.
type Area struct {
	Hectares float64
	Min      float64
	Max      *float64
}

// AreaOf computes the area of a feature. If the boundary may be off by u, the
// true area lies between that of the shape less all places within u of its
// boundary, and that of its buffer of u. Of an outer envelope it may be anything
// down to 0. Features without an area give ok false. A stored geometry that is not valid
// has no such least and is Internal: it is ours to repair.
func AreaOf(ctx context.Context, f *geo.Feature) (a Area, ok bool, err error) {
	shape, err := proximity.ShapeOf(f)
	if err != nil || shape == nil || shape.Dimension() < 2 {
		return a, false, err
	}
	square := geodesy.Area(shape)
	a.Hectares = geodesy.Hectares(square)
	u, known := f.Number("position_uncertainty_m")
	if !known || !(u >= 0) || u > proximity.MaxBufferRadius {
		return a, true, nil
	}
	a.Min = a.Hectares
	most := a.Hectares
	if u > 0 {
		if most, a.Min, err = areaWithin(ctx, f, shape, square, u); err != nil {
			return a, true, err
		}
	}
	switch geodesy.BoundaryKind(f.Text("boundary_kind")) {
	case geodesy.OuterEnvelope, geodesy.LegalBBox:
		a.Min = 0
	}
	a.Max = &most
	return a, true, nil
}

// areaWithin gives the greatest and the least area, hectares, of a shape whose
// boundary may be u metres off.
func areaWithin(ctx context.Context, f *geo.Feature, shape *geodesy.Shape, square, u float64) (most, least float64, err error) {
	u += geodesy.BufferTolerance(u)
	outer, err := geodesy.Buffer(ctx, shape, u)
	if err != nil {
		return 0, 0, err
	}
	outerArea, err := geodesy.AreaOf(outer)
	if err != nil {
		return 0, 0, err
	}
	g, err := f.Geometry()
	if err != nil {
		return 0, 0, err
	}
	edge, err := geodesy.Prepare(rings(g))
	if err != nil {
		return 0, 0, err
	}
	band, err := geodesy.Buffer(ctx, edge, u)
	if err != nil {
		return 0, 0, err
	}
	_, lost, err := geodesy.Overlap(ctx, g, band)
	if err != nil {
		e := geo.Errorf(geo.Internal, "the least area of %s/%s cannot be computed: its boundary cannot be intersected", f.Collection.ID, f.ID).Because(err)
		e.Place.Collection, e.Place.Feature = f.Collection.ID, f.ID
		return 0, 0, e
	}
	return geodesy.Hectares(outerArea), geodesy.Hectares(max(0, square-lost)), nil
}

// rings are the boundaries of the areas of a geometry.
func rings(g orb.Geometry) orb.MultiLineString {
	var all orb.MultiLineString
	switch g := g.(type) {
	case orb.Polygon:
		for _, r := range g {
			all = append(all, orb.LineString(r))
		}
	case orb.MultiPolygon:
		for _, p := range g {
			all = append(all, rings(p)...)
		}
	case orb.Collection:
		for _, m := range g {
			all = append(all, rings(m)...)
		}
	}
	return all
}

// claim is an area that somebody stated.
type claim struct {
	Hectares *float64 `json:"value_ha"`
	Meaning  string   `json:"meaning"`
	Source   string   `json:"source"`
}

// area sets stated areas beside the computed one; none is made to fit another.
func (m *maker) area(ctx context.Context) (Section, error) {
	s := Section{Name: "area", Title: geo.Text{EN: "Area: stated and computed", ID: "Luas: dinyatakan dan dihitung"}, Items: []Item{}}
	if _, ok := m.zone.Collection.PropertyIndex("stated_area_ha"); ok {
		i := Item{Key: "stated", Name: statedArea.EN, Unit: "ha", Value: numberOf(m.zone, "stated_area_ha"), Method: asStated.EN, Said: Said{Name: statedArea, Method: asStated}}
		if i.Value == nil {
			i.Text, i.Said.Text = notStated.EN, notStated
		}
		rest(&i, m.zone)
		i.BoundaryKind, i.UncertaintyM = "", nil
		s.Items = append(s.Items, i)
	}
	var claims []claim
	if raw, ok := m.zone.Value("area_claims").(json.RawMessage); ok && json.Unmarshal(raw, &claims) == nil {
		p, _ := m.zone.Collection.Property("area_claims")
		for _, c := range claims {
			s.Items = append(s.Items, Item{Key: "claim", Name: c.Meaning, Value: c.Hectares, Unit: "ha", Method: asStated.EN, Source: c.Source, Said: Said{Name: wording.Value(p, c.Meaning), Method: asStated, Source: wording.Value(p, c.Source)}})
		}
	}
	a, ok, err := AreaOf(ctx, m.zone)
	if err != nil {
		return s, err
	}
	if ok {
		i := Item{
			Key: "computed", Name: computedArea.EN, Unit: "ha", Value: round(a.Hectares), Min: round(a.Min), Method: areaMethod.EN,
			Said: Said{Name: computedArea, Method: areaMethod},
		}
		if a.Max != nil {
			i.Max = round(*a.Max)
		}
		rest(&i, m.zone)
		s.Items = append(s.Items, i)
	}
	return s, nil
}

func numberOf(f *geo.Feature, property string) *float64 {
	if v, ok := f.Number(property); ok {
		return &v
	}
	return nil
}

// round keeps what a figure can carry: a hundredth.
func round(v float64) *float64 {
	v = math.Round(v*100) / 100
	return &v
}
