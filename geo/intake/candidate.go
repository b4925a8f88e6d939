package intake

import (
	"context"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/source"
	"kawasan/geo/quality"
)

// candidate is a row on its way to become a feature.
type candidate struct {
	examination *quality.Examination
	feature     *geo.Feature // nil if none can be made of it

	renamed, zDropped, mDropped, zGiven, curved bool
}

// taker makes features of a collection from the rows of one part. It may be used by
// several goroutines.
type taker struct {
	r    *run
	p    *part
	fit  fit
	file string // for findings; "" if there is one alone
}

func (r *run) newTaker(p *part) *taker {
	c := r.collection
	t := &taker{r: r, p: p, fit: fitFor(c.GeometryType, c.HasZ, c.HasM)}
	if len(r.parts) > 1 {
		t.file = p.input.Name
	}
	return t
}

// take converts and examines a row. An error means that going on is of no use.
func (t *taker) take(ctx context.Context, f *source.Feature) (candidate, error) {
	id, renamed, integer := t.p.plan.identity.of(f)
	c := candidate{renamed: renamed, curved: f.Curved, examination: t.r.judge.Begin(id, quality.Row{Number: f.Number, Line: f.Line, File: t.file})}
	if !integer {
		c.examination.UnfitID(id)
	}
	for _, fault := range f.Faults {
		c.examination.UnreadableRow(fault)
	}
	if len(f.Faults) > 0 {
		return c, nil
	}
	out := &geo.Feature{ID: id, Collection: t.r.collection}
	out.Values = t.values(f, c.examination)
	var ok bool
	if out.WKB, ok = t.position(f, &c); !ok {
		return c, nil
	}
	if err := c.examination.Feature(ctx, out); err != nil {
		return c, err
	}
	verdict := c.examination.Verdict()
	if verdict.Blocks() {
		return c, nil
	}
	return c, t.flatten(&c, verdict.Feature)
}

// values puts the values of a row where they belong; null for those that don't fit.
func (t *taker) values(f *source.Feature, x *quality.Examination) []any {
	c := t.r.collection
	values := make([]any, len(c.Properties))
	for i := range t.p.plan.from {
		column := t.p.plan.from[i]
		if column < 0 {
			values[i] = t.p.plan.given[i]
			continue
		}
		have := &t.p.layer.Properties[column]
		v := f.Values[column]
		if have.Type != c.Properties[i].Type {
			converted, fits := source.Convert(v, c.Properties[i].Type)
			if !fits {
				x.UnfitValue(have.Name, source.AsText(v), c.Properties[i])
				converted = nil
			}
			v = converted
		}
		if v == nil {
			v = t.p.plan.given[i]
		}
		values[i] = v
	}
	return values
}

// position converts the geometry to WGS84, once, and brings its type in line.
func (t *taker) position(f *source.Feature, c *candidate) ([]byte, bool) {
	if len(f.WKB) == 0 || !t.r.collection.HasGeometry() {
		return nil, true
	}
	g := f.WKB
	if !t.p.system.crs.IsGeographic() {
		var err error
		if g, err = crs.InverseWKB(make([]byte, 0, len(g)), g, t.p.system.crs); err != nil {
			c.examination.Unplaced(t.p.system.crs.Code)
			return nil, false
		}
	}
	g, err := t.fit.kind(g)
	if err == nil && t.fit.hasZ {
		h, _ := header(g)
		if !h.HasZ {
			g, _, _, c.zGiven, err = fit{want: t.fit.want, hasZ: true, hasM: h.HasM}.dimensions(g)
		}
	}
	if err != nil {
		c.examination.Unreadable(err)
		return nil, false
	}
	return g, true
}

// flatten drops the dimensions that the collection doesn't keep, once they have been
// judged, and geometries without a position.
func (t *taker) flatten(c *candidate, f *geo.Feature) error {
	c.feature = f
	if len(f.WKB) == 0 {
		return nil
	}
	g, z, m, _, err := t.fit.dimensions(f.WKB)
	if err != nil {
		return geo.Errorf(geo.Internal, "a geometry that was read can't be written").Because(err)
	}
	c.zDropped, c.mDropped = z, m
	if c.examination.Unlocated() {
		g = nil
	} else if !z && !m && len(g) == len(f.WKB) {
		return nil
	}
	flat := *f
	flat.WKB = g
	c.feature = &flat
	return nil
}
