package proximity

import (
	"fmt"
	"math"

	"kawasan/geo"
	"kawasan/geo/geodesy"
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
	distance := FormatDistance(radius)
	return geo.Text{
		EN: fmt.Sprintf("The area within %s of %s (straight line, the place itself included) is %s.", distance, o.Name, size.EN),
		ID: fmt.Sprintf("Wilayah dalam jarak %s dari %s (garis lurus, termasuk tempat itu sendiri) adalah %s.", comma(distance), o.Name, size.ID),
	}
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
		_, _, end := RoundRange(area, &least, &most)
		return geo.Text{
			EN: fmt.Sprintf("at most %s ha (the true boundary lies somewhere within the stored one)", thousands(math.Ceil(*end), ",")),
			ID: fmt.Sprintf("paling banyak %s ha (batas yang sebenarnya terletak di dalam batas tersimpan)", thousands(math.Ceil(*end), ".")),
		}
	}
	return PhraseHectares(area, &least, &most)
}
