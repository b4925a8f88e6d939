package intake

import (
	"math"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/wkb"
)

// swapSample is how many features are tried.
const swapSample = 20

// warnSwap tells people when features in one of the two Mercators would lie just
// where a feature is already, had they been in the other: the labels are mixed up in
// published files, which shifts boundaries here by up to 840 m.
func (r *run) warnSwap(p *part) error {
	other := crs.ByEPSG(map[int]int{3395: 3857, 3857: 3395}[p.system.crs.EPSG])
	if other == nil {
		return nil
	}
	n := 0
	for f, err := range p.source.Features(r.ctx, p.index) {
		if err != nil {
			return err
		}
		here, ok := boxIn(f.WKB, p.system.crs)
		there, fine := boxIn(f.WKB, other)
		if ok && fine && math.Abs(there.MinY-here.MinY) > 3*closeTo(here) {
			match, err := r.at(there)
			if err != nil {
				return err
			}
			if match != "" {
				if now, err := r.at(here); err != nil || now == "" {
					r.out.note("warning: %s: read as %s, feature %d would lie just where %s is; as %s, which is taken now, it lies %.0f m from there. If the label is wrong: --crs %s",
						"peringatan: %s: bila dibaca sebagai %s, fitur %d tepat berimpit dengan %s; sebagai %s, yang dipakai sekarang, letaknya %.0f m dari sana. Bila labelnya keliru: --crs %s",
						p.input.Name, other.Code, f.Number, match, p.system.crs.Code, math.Abs(there.MinY-here.MinY)*metresPerDegree, other.Code)
					return err
				}
			}
		}
		if n++; n == swapSample {
			break
		}
	}
	return nil
}

// metresPerDegree is the length of a degree of latitude near the equator.
const metresPerDegree = 110_574

// closeTo is how far the sides of equal boxes may lie apart, in degrees: 30 m and a
// hundredth of the size.
func closeTo(b wkb.Box) float64 {
	return 30.0/metresPerDegree + 0.01*math.Max(b.MaxX-b.MinX, b.MaxY-b.MinY)
}

// boxIn bounds a geometry of a system, in degrees.
func boxIn(g []byte, c *crs.CRS) (wkb.Box, bool) {
	if len(g) == 0 {
		return wkb.Box{}, false
	}
	g, err := crs.InverseWKB(nil, g, c)
	if err != nil {
		return wkb.Box{}, false
	}
	b, err := wkb.Bounds(g)
	return b, err == nil && !b.IsEmpty()
}

// at finds a stored feature that the box bounds, as collection/id; "" if there is none.
func (r *run) at(box wkb.Box) (string, error) {
	catalogue, err := r.store.Catalogue(r.ctx)
	if err != nil {
		return "", err
	}
	tolerance := closeTo(box)
	bound := orb.Bound{Min: orb.Point{box.MinX, box.MinY}, Max: orb.Point{box.MaxX, box.MaxY}}
	for _, c := range catalogue.Collections {
		if !c.HasGeometry() || c.Extent.IsEmpty() || !c.Extent.Intersects(bound) || c.ID == "quality_issues" {
			continue
		}
		found, _, err := geo.Collect(r.ctx, r.store, geo.Query{Collection: c.ID, Bounds: []orb.Bound{bound}, Properties: []string{}, Limit: 200})
		if err != nil {
			return "", err
		}
		for _, f := range found {
			b, err := wkb.Bounds(f.WKB)
			if err == nil && math.Abs(b.MinX-box.MinX) < tolerance && math.Abs(b.MinY-box.MinY) < tolerance &&
				math.Abs(b.MaxX-box.MaxX) < tolerance && math.Abs(b.MaxY-box.MaxY) < tolerance {
				return f.Ref(), nil
			}
		}
	}
	return "", nil
}
