package tile

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// UncertaintyLayer names the layer of a tile that shows how far the boundaries of
// a collection may be off. It has areas, one in the other around each boundary that is
// not firm: one for each step of the uncertainty, with the properties feature (the
// id of the feature) and share (1 divided by the number of steps), so that areas
// drawn with an opacity of share times something fade outwards.
func UncertaintyLayer(collection string) string { return collection + "_uncertainty" }

const (
	// leastBand is how wide, in pixels of a map at the equator, the uncertainty
	// must be to be drawn.
	leastBand = 2.0
	// mostBands is how many features of a collection have one in a tile: the most
	// uncertain ones.
	mostBands = 400
	metresAt0 = 40075016.68557849 / 512 // a pixel of zoom 0
)

func metresPerPixel(zoom int) float64 { return math.Ldexp(metresAt0, -zoom) }

// bandSteps is how many areas show an uncertainty of so many pixels.
func bandSteps(pixels float64) int {
	switch {
	case pixels < leastBand:
		return 0
	case pixels < 6:
		return 2
	case pixels < 24:
		return 4
	}
	return 8
}

// hasBands reports whether a collection says how uncertain boundaries are.
func hasBands(c *geo.Collection) bool {
	return has(c, "boundary_kind") && has(c, "position_uncertainty_m") && c.HasGeometry() && c.GeometryType != "Point" && c.GeometryType != "MultiPoint"
}

// bands gives the uncertainty of a collection as far as a tile shows it; nil where
// there is none.
func (m *Maker) bands(ctx context.Context, r Request, id string) (*layer, geo.Version, error) {
	catalogue, err := m.reader.Catalogue(ctx)
	if err != nil {
		return nil, 0, err
	}
	about, err := catalogue.Collection(id)
	if err != nil {
		return nil, 0, err
	}
	perPixel := metresPerPixel(r.Address.Zoom)
	reach, err := m.reach(ctx, about)
	if err != nil || reach < leastBand*perPixel {
		return nil, 0, err
	}
	view := r.Address.bounds(margin + pixel)
	uncertain, version, err := m.uncertain(ctx, r, id, padded(view, reach), leastBand*perPixel)
	if err != nil {
		return nil, 0, err
	}
	l := newLayer(bandCollection(id), r.Address.Set)
	for _, f := range uncertain {
		if ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		fringe, err := m.fringes.of(f, r.Address.Zoom)
		if err != nil {
			return nil, 0, err
		}
		if err := l.addBands(f, fringe, view); err != nil {
			return nil, 0, err
		}
	}
	return l, version, nil
}

// addBands appends the uncertainty of the collections to a tile, as far as there is room.
func (m *Maker) addBands(ctx context.Context, r Request, ids []string, t *Tile) error {
	c := m.composer(r.Address)
	defer m.recycle(c)
	for i, id := range ids {
		l, version, err := m.bands(ctx, r, id)
		if err != nil {
			return err
		}
		if l == nil {
			continue
		}
		if version != t.Versions[i] {
			t.Versions[i] = 0 // the data changed meanwhile: nobody may keep this
		}
		s := c.source(l, Request{Address: r.Address}, nil)
		for at := range l.features {
			s.found = append(s.found, int32(at))
		}
	}
	sources := c.sources[:c.used]
	if err := c.fit(ctx, sources, m.options.MaxTileBytes-len(t.Data)); err != nil {
		return err
	}
	for _, s := range sources {
		t.Data = s.append(t.Data)
	}
	return nil
}

// bandCollection describes the features of a layer of uncertainty.
func bandCollection(of string) *geo.Collection {
	return (&geo.Collection{ID: UncertaintyLayer(of), GeometryType: "MultiPolygon", Properties: bandProperties()}).Index()
}

func bandProperties() []geo.Property {
	return []geo.Property{{Name: "feature", Type: geo.String}, {Name: "share", Type: geo.Number}}
}

// uncertain finds the features within a box whose boundaries may be off by so many
// metres or more, the most uncertain first.
func (m *Maker) uncertain(ctx context.Context, r Request, id string, within orb.Bound, metres float64) ([]*geo.Feature, geo.Version, error) {
	q := r.query(id)
	q.Bounds = []orb.Bound{within}
	s, err := m.reader.Open(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	defer s.Close()
	var found []*geo.Feature
	for f, err := range s.Features() {
		if err != nil {
			return nil, 0, err
		}
		if u, ok := f.Number("position_uncertainty_m"); ok && u >= metres && !math.IsInf(u, 1) && f.WKB != nil && !IsFirm(f.Text("boundary_kind")) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b *geo.Feature) int {
		x, _ := a.Number("position_uncertainty_m")
		y, _ := b.Number("position_uncertainty_m")
		return cmp.Compare(y, x)
	})
	return found[:min(len(found), mostBands)], s.Collection().Version, nil
}

// addBands adds the steps of a feature's uncertainty within a box. A boundary that none can be
// drawn around, whose fringe is nil, goes without.
func (l *layer) addBands(f *geo.Feature, fringe *geodesy.Fringe, within orb.Bound) error {
	if fringe == nil {
		return nil
	}
	bands, err := fringe.Bands(within)
	if err != nil {
		return nil //nolint:nilerr // too narrow to be seen
	}
	for i, area := range bands {
		if len(area) == 0 {
			continue
		}
		raw, err := wkb.Marshal(area)
		if err != nil {
			continue
		}
		band := &geo.Feature{ID: f.ID + "/" + strconv.Itoa(i+1), Collection: l.collection, Values: []any{f.ID, 1 / float64(len(bands))}, WKB: raw}
		if err := l.add(band, nil); err != nil {
			return err
		}
	}
	return nil
}

// reach is the largest uncertainty of a collection, in metres; 0 where none is known.
func (m *Maker) reach(ctx context.Context, c *geo.Collection) (float64, error) {
	if !hasBands(c) {
		return 0, nil
	}
	if metres, ok := m.reaches.get(c); ok {
		return metres, nil
	}
	s, err := m.reader.Open(ctx, geo.Query{
		Collection: c.ID, SortBy: []geo.SortKey{{Property: "position_uncertainty_m", Descending: true}}, Limit: 1,
		SkipGeometry: true, Properties: []string{"position_uncertainty_m"},
	})
	if err != nil {
		return 0, err
	}
	defer s.Close()
	metres := 0.0
	for f, err := range s.Features() {
		if err != nil {
			return 0, err
		}
		metres, _ = f.Number("position_uncertainty_m")
	}
	// Beyond that a boundary says nothing, and everything would lie within reach.
	metres = max(0, min(metres, 100_000))
	m.reaches.put(s.Collection(), metres)
	return metres, nil
}

// Reach gives the extent of collections with their uncertainty.
func (m *Maker) Reach(ctx context.Context, collections []*geo.Collection) (orb.Bound, error) {
	all := ExtentOf(collections)
	for _, c := range collections {
		metres, err := m.reach(ctx, c)
		if err != nil {
			return all, err
		}
		if metres > 0 && !c.Extent.IsEmpty() {
			all = all.Union(padded(c.Extent, metres))
		}
	}
	return all, nil
}

// padded is a box with so many metres more on each side, within the world.
func padded(b orb.Bound, metres float64) orb.Bound {
	const perDegree = 110_000 // a little less than a degree of latitude has
	lat := metres / perDegree
	far := min(max(math.Abs(b.Min[1]), math.Abs(b.Max[1]))+lat, 89)
	lon := lat / math.Cos(far*math.Pi/180)
	return orb.Bound{
		Min: orb.Point{max(-180, b.Min[0]-lon), max(-90, b.Min[1]-lat)},
		Max: orb.Point{min(180, b.Max[0]+lon), min(90, b.Max[1]+lat)},
	}
}
