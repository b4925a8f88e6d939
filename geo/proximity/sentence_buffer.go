package proximity

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/wording"
)

// bufferSentences says how large each area is; the features come by origin and radius.
func (b *building) bufferSentences() []geo.Text {
	origins := map[string]*Origin{}
	for _, o := range b.Origins {
		origins[o.Ref] = o
	}
	var all []geo.Text
	for _, f := range b.Features[:min(len(b.Features), maxSentences)] {
		if o, ok := origins[f.Text("from")]; ok {
			all = append(all, bufferSentence(o, f))
		}
	}
	return all
}

// bufferSentence says how large the area around an origin is, as far as its boundary is known.
func bufferSentence(o *Origin, f *geo.Feature) geo.Text {
	radius, _ := f.Number("radius_m")
	area, _ := f.Number("area_ha")
	size := bufferSize(o, f, radius, area)
	return wording.Say("The area within %s of %s (straight line, the place itself included) is %s.",
		"Wilayah dalam jarak %s dari %s (garis lurus, termasuk tempat itu sendiri) adalah %s.", wording.Metres(radius), o.Name, size)
}

// bufferSize words the area of a buffer. A boundary that is off by u moves that of
// the buffer by at most u. Where a point lies makes no difference.
func bufferSize(o *Origin, f *geo.Feature, radius, area float64) geo.Text {
	off := geodesy.BufferTolerance(radius)
	if o.measured.Vertices() > 1 {
		if o.Party.UncertaintyM == nil {
			return PhraseHectares(area, nil, nil)
		}
		off += *o.Party.UncertaintyM
	}
	change := area // if its edge can't be measured, nothing is known but the area itself
	if g, err := f.Geometry(); err == nil {
		if shape, err := geodesy.Prepare(g); err == nil {
			change = geodesy.Hectares(geodesy.Perimeter(shape)*off + math.Pi*off*off)
		}
	}
	least, most := max(0, area-change), area+change
	if k := o.Party.Kind; k == geodesy.OuterEnvelope || k == geodesy.LegalBBox {
		q := wording.Quantity{Value: area, Least: &least, Most: &most, Unit: "ha"}
		return wording.Say("at most %s (the true boundary lies somewhere within the stored one)",
			"paling banyak %s (batas yang sebenarnya terletak di dalam batas tersimpan)", wording.Hectares(*q.Rounded().Most))
	}
	return PhraseHectares(area, &least, &most)
}
