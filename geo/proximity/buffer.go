package proximity

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/wording"
)

// BufferRequest asks for the area within one or several distances of each origin.
type BufferRequest struct {
	From []Source
	// Radii in metres, above 0, at most [MaxBufferRadius] and [MaxRings] of them.
	Radii []float64
	// AsOf is the legal date asked for; nil: whatever is stored.
	AsOf *geo.Date
	// Principal is who asks.
	Principal geo.Principal
}

// maxBuffers bounds the areas of one answer.
const maxBuffers = 1000

// Buffer gives, for each origin and radius by rising radius, the area within
// that geodesic distance, the origin included. Every point of its boundary is
// within geodesy.BufferTolerance of the radius: 0.1 % of it, at least 0.1 m. The
// rings are whole: a larger one contains the smaller.
func (e *Engine) Buffer(ctx context.Context, r BufferRequest) (*Answer, error) {
	radii, err := checkRadii(r.Radii)
	if err != nil {
		return nil, err
	}
	// A buffer has no targets; the origins are what is read.
	q := Question{From: r.From, Measure: Boundary, AsOf: r.AsOf, Principal: r.Principal}
	q.To = []Target{{}}
	if err := q.check(); err != nil {
		return nil, err
	}
	q.To = nil
	catalogue, err := e.reader.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{Engine: e, catalogue: catalogue, question: q, used: map[string]*geo.Collection{}}
	origins, err := s.origins(ctx)
	if err != nil {
		return nil, err
	}
	if len(origins)*len(radii) > maxBuffers {
		return nil, geo.Errorf(geo.TooLarge, "%d radii around %d places are more than %d areas", len(radii), len(origins), maxBuffers).
			Try("name fewer places")
	}
	a := s.answer(kindBuffer)
	a.Method = geo.Text{
		EN: "geodesic buffer on WGS84; boundary within 0.1 % of the radius, at least 0.1 m",
		ID: "penyangga geodesik pada WGS84; batas dalam 0,1 % dari jari-jari, paling sedikit 0,1 m",
	}
	if err := a.drawBuffers(ctx, origins, radii); err != nil {
		return nil, err
	}
	if a.Unlocated = s.nowhere; a.Unlocated.Count() > 0 {
		t := a.Unlocated.Note()
		a.note(t.EN, t.ID)
	}
	a.sentences()
	if slices.ContainsFunc(origins, func(o *Origin) bool { return o.Feature != nil }) {
		a.note("The area follows the stored boundary; where that is uncertain, so is the area.",
			"Wilayah mengikuti batas yang tersimpan; bila batas itu tidak pasti, wilayah ini pun demikian.")
	}
	return a.Answer, nil
}

// drawBuffers puts the area within each radius of each origin into the answer.
func (b *building) drawBuffers(ctx context.Context, origins []*Origin, radii []float64) error {
	columns := bufferColumns(b.Method.EN)
	for _, o := range origins {
		b.Origins = append(b.Origins, o)
		for _, radius := range radii {
			if err := ctx.Err(); err != nil {
				return err
			}
			f, err := columns.buffer(ctx, o, radius)
			if err != nil {
				return err
			}
			b.Features = append(b.Features, f)
		}
	}
	columns.describe(b.Features)
	columns.collection.Count = int64(len(b.Features))
	b.Collection, b.Measured = columns.collection, len(columns.collection.Properties)
	return nil
}

func checkRadii(radii []float64) ([]float64, error) {
	if len(radii) == 0 {
		return nil, geo.Invalidf("distance", "no radius is given").Try("write a number and a unit, for example 10km")
	}
	if len(radii) > MaxRings {
		return nil, geo.Errorf(geo.TooLarge, "more than %d radii are given", MaxRings).Try("give fewer").In("distance")
	}
	for _, r := range radii {
		if err := checkDistance(r); err != nil {
			return nil, geo.AsError(err).In("distance")
		}
		if r == 0 || r > MaxBufferRadius {
			return nil, geo.Invalidf("distance", "a buffer of %g km can't be drawn", r/1000).Try("give more than 0 and at most %.0f km", MaxBufferRadius/1000)
		}
	}
	sorted := slices.Clone(radii)
	slices.Sort(sorted)
	return slices.Compact(sorted), nil
}

// bufferOf is the area within radius metres of an origin; of 0, the origin itself.
func bufferOf(ctx context.Context, o *Origin, radius float64) (orb.MultiPolygon, error) {
	if radius <= 0 {
		g, err := o.Geometry()
		return polygons(g), err
	}
	if n := o.measured.Vertices(); n > MaxBufferVertices {
		return nil, geo.Errorf(geo.TooLarge, "%s has %d vertices; a buffer is drawn around at most %d", o.Ref, n, MaxBufferVertices).
			Try("simplify the geometry first").In("from")
	}
	m, err := geodesy.Buffer(ctx, o.measured, radius)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil && !geo.IsCode(err, geo.Internal) {
		err = geo.AsError(err).In("distance")
	}
	return m, err
}

func bufferColumns(method string) *columns {
	c := &columns{ids: map[string]int{}, collection: &geo.Collection{
		ID: string(kindBuffer), Title: titles[kindBuffer], GeometryType: "MultiPolygon", InMemory: true,
		Properties: []geo.Property{
			prop("from", geo.String, "",
				geo.Text{EN: "From", ID: "Dari"},
				geo.Text{EN: "Ref of the place in the middle.", ID: "Rujukan tempat di tengah."}),
			prop("from_name", geo.String, "",
				geo.Text{EN: "From (name)", ID: "Dari (nama)"},
				geo.Text{EN: "Name of the place in the middle.", ID: "Nama tempat di tengah."}),
			prop("radius_m", geo.Number, "m",
				geo.Text{EN: "Radius", ID: "Jari-jari"},
				geo.Text{EN: "Geodesic distance from the place.", ID: "Jarak geodesik dari tempat itu."}),
			prop("area_ha", geo.Number, "ha",
				geo.Text{EN: "Area", ID: "Luas"},
				geo.Text{EN: "Area on the ellipsoid, the place itself included.", ID: "Luas pada elipsoid, termasuk tempat itu sendiri."}),
			prop("area_min_ha", geo.Number, "ha",
				geo.Text{EN: "Smallest area", ID: "Luas terkecil"},
				geo.Text{EN: "Smallest area that the uncertainty of the boundary allows; null when unknown, or when the true boundary may be any part of the stored one.", ID: "Luas terkecil menurut ketidakpastian batas; null bila tidak diketahui, atau bila batas yang sebenarnya bisa bagian mana pun dari yang tersimpan."}),
			prop("area_max_ha", geo.Number, "ha",
				geo.Text{EN: "Largest area", ID: "Luas terbesar"},
				geo.Text{EN: "Largest area that the uncertainty of the boundary allows; null when unknown.", ID: "Luas terbesar menurut ketidakpastian batas; null bila tidak diketahui."}),
			worded("boundary_kind", geo.String, "",
				geo.Text{EN: "Kind of boundary", ID: "Jenis batas"},
				geo.Text{EN: "What the boundary of the place is.", ID: "Jenis batas tempat itu."}),
			prop("position_uncertainty_m", geo.Number, "m",
				geo.Text{EN: "Uncertainty", ID: "Ketidakpastian"},
				geo.Text{EN: "Largest distance between stored and true boundary of the place; null when unknown.", ID: "Jarak terbesar antara batas yang tersimpan dan yang sebenarnya; null bila tidak diketahui."}),
			prop("method", geo.String, "",
				geo.Text{EN: "Method", ID: "Metode"},
				geo.Text{EN: "How the area was drawn.", ID: "Cara wilayah digambar."}),
		},
	}}
	c.collection.Index()
	c.own = []column{{value: func(*Pair) any { return method }}}
	return c
}

// buffer makes the feature of one origin and radius.
func (c *columns) buffer(ctx context.Context, o *Origin, radius float64) (*geo.Feature, error) {
	m, err := bufferOf(ctx, o, radius)
	if err != nil {
		return nil, err
	}
	area, err := geodesy.AreaOf(m)
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "the buffer can't be measured").Because(err)
	}
	f := &geo.Feature{ID: c.unique(o.Ref, strings.ReplaceAll(wording.Metres(radius).In("en"), ",", "")), Collection: c.collection}
	least, most := bufferEnds(o, m, radius, geodesy.Hectares(area))
	var kind any
	if k := o.Party.Kind; k != "" {
		kind = string(k)
	}
	f.Values = []any{
		o.Ref, o.Name, millimetres(radius), tenThousandths(geodesy.Hectares(area)), least, most,
		kind, optional(o.Party.UncertaintyM, millimetres), c.own[0].value(nil),
	}
	f.WKB, err = encode(m)
	return f, err
}

// bufferEnds are the least and the greatest area of a buffer, hectares; nil where
// that isn't known. A boundary that is off by u moves that of the buffer by at most
// u. Where a point lies makes no difference.
func bufferEnds(o *Origin, buffer orb.MultiPolygon, radius, area float64) (least, most any) {
	off := geodesy.BufferTolerance(radius)
	if o.measured.Vertices() > 1 {
		if o.Party.UncertaintyM == nil {
			return nil, nil
		}
		off += *o.Party.UncertaintyM
	}
	change := area // if its edge can't be measured, nothing is known but the area itself
	if shape, err := geodesy.Prepare(buffer); err == nil {
		change = geodesy.Hectares(geodesy.Perimeter(shape)*off + math.Pi*off*off)
	}
	most = tenThousandths(area + change)
	if encloses(o.Party.Basis) {
		return nil, most
	}
	return tenThousandths(max(0, area-change)), most
}

// tenThousandths rounds an area in hectares to square metres.
func tenThousandths(v float64) float64 { return math.Round(v*1e4) / 1e4 }
