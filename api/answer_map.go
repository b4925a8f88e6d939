package api

import (
	"kawasan/geo"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// mappedPairs bounds how many features the map of an answer shows.
const mappedPairs = 500

// answerMap shows what was measured from and, each once, what was found.
func (x *exchange) answerMap(a *proximity.Answer) *pageMap {
	var marks []mapped
	seen := map[string]bool{}
	add := func(f *geo.Feature, outline bool) {
		if ref := f.Ref(); !seen[ref] {
			seen[ref] = true
			m := x.mark(f)
			m.outline = outline
			marks = append(marks, m)
		}
	}
	origins := a.Origins[:min(len(a.Origins), mappedPairs)]
	if len(origins) <= mostNames { // of more that are targets too, none stands out
		for _, o := range origins {
			seen[o.Ref] = true
		}
	}
	overlap := a.Collection.ID == "overlap"
	switch {
	case a.Collection.ID == "buffer":
		marks = x.rings(a)
	case overlap:
		for _, o := range a.Origins {
			if p, ok := a.Apart[o]; ok {
				add(p.To, false)
			}
		}
	}
	lined := len(a.Features) > 0 && a.Collection.GeometryType == "MultiLineString" && !overlap
	for i, p := range a.Pairs[:min(len(a.Pairs), mappedPairs)] {
		add(p.To, overlap)
		if overlap || lined {
			m := x.mark(a.Features[i])
			m.href, m.name, m.unnamed = x.pageOf(p.To.Collection.ID, p.To.ID), x.said(wording.Name(p.To)), true
			marks = append(marks, m)
		}
	}
	for _, o := range origins {
		if seen[o.Ref] && len(origins) > mostNames {
			continue
		}
		marks = append(marks, x.originMark(o))
	}
	return x.drawMarks(x.ctx, marks)
}

// originMark is what was measured from.
func (x *exchange) originMark(o *proximity.Origin) mapped {
	m := mapped{name: o.Name}
	if o.Feature != nil {
		m = x.mark(o.Feature)
	}
	if g, err := o.Geometry(); err == nil {
		m.geometry = g
	}
	m.origin = true
	return m
}

// rings are the areas of an answer as outlines, since the larger contain the smaller.
func (x *exchange) rings(a *proximity.Answer) []mapped {
	var marks []mapped
	for _, f := range a.Features[:min(len(a.Features), mappedPairs)] {
		m := x.mark(f)
		radius, _ := f.Number("radius_m")
		m.name, m.href, m.outline = x.said(wording.Metres(radius)), "", true
		marks = append(marks, m)
	}
	return marks
}
