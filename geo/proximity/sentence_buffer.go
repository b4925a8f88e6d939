package proximity

import (
	"kawasan/geo"
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
	return wording.Say("The area within %s of %s (straight line, the place itself included) is %s.",
		"Wilayah dalam jarak %s dari %s (garis lurus, termasuk tempat itu sendiri) adalah %s.", wording.Metres(radius), o.Called(), bufferSize(f, area))
}

// bufferSize words the area of a buffer.
func bufferSize(f *geo.Feature, area float64) geo.Text {
	end := func(name string) *float64 {
		if v, ok := f.Number(name); ok {
			return &v
		}
		return nil
	}
	least, most := end("area_min_ha"), end("area_max_ha")
	if least == nil && most != nil {
		q := wording.Quantity{Value: area, Most: most, Unit: "ha"}
		return wording.Say("at most %s (the true boundary lies somewhere within the stored one)",
			"paling banyak %s (batas yang sebenarnya terletak di dalam batas tersimpan)", wording.Hectares(*q.Rounded().Most))
	}
	return PhraseHectares(area, least, most)
}
