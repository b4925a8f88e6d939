package proximity

import (
	"encoding/json"
	"math"

	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/wording"
)

var titles = map[kind]geo.Text{
	kindNearest: {EN: "Nearest features", ID: "Objek terdekat"},
	kindWithin:  {EN: "Features within a distance", ID: "Objek dalam jarak tertentu"},
	kindMatrix:  {EN: "Distances of all pairs", ID: "Jarak semua pasangan"},
	kindBuffer:  {EN: "Area within a distance", ID: "Wilayah dalam jarak tertentu"},
	kindOverlap: {EN: "Shared areas", ID: "Wilayah yang tumpang tindih"},
}

// columnsOf has the columns of each kind of question.
var columnsOf = map[kind][]column{
	kindNearest: measuredColumns(kindNearest), kindWithin: measuredColumns(kindWithin),
	kindMatrix: measuredColumns(kindMatrix), kindOverlap: measuredColumns(kindOverlap),
}

// measuredColumns are the properties that a question gives to each pair.
func measuredColumns(k kind) []column {
	all := []column{
		{
			prop("rank", geo.Integer, "", "Rank", "Peringkat", "Place in the order of distance from the origin, from 1.", "Urutan menurut jarak dari titik asal, mulai dari 1."),
			func(p *Pair) any { return int64(p.Rank) },
		},
		{
			prop("from", geo.String, "", "From", "Dari", "Ref of the place measured from.", "Rujukan tempat asal pengukuran."),
			func(p *Pair) any { return p.From.refValue },
		},
		{
			prop("from_name", geo.String, "", "From (name)", "Dari (nama)", "Name of the place measured from.", "Nama tempat asal pengukuran."),
			func(p *Pair) any { return p.From.nameValue },
		},
		{
			prop("to", geo.String, "", "To", "Ke", "Ref of the feature found.", "Rujukan objek yang ditemukan."),
			func(p *Pair) any { return p.Ref() },
		},
		{
			prop("to_name", geo.String, "", "To (name)", "Ke (nama)", "Name of the feature found.", "Nama objek yang ditemukan."),
			nameValue,
		},
		{
			prop("distance_m", geo.Number, "m", "Distance", "Jarak", "Straight geodesic distance on WGS84 between the stored shapes, 0 where they meet.", "Jarak lurus geodesik pada WGS84 antara bentuk yang tersimpan, 0 bila bersentuhan."),
			func(p *Pair) any { return millimetres(p.Metres) },
		},
		{
			prop("distance_min_m", geo.Number, "m", "Smallest distance", "Jarak terkecil", "Smallest distance that the uncertainties of both positions allow.", "Jarak terkecil menurut ketidakpastian kedua posisi."),
			func(p *Pair) any { return millimetres(p.Interval.MinM) },
		},
		{
			prop("distance_max_m", geo.Number, "m", "Largest distance", "Jarak terbesar", "Largest distance that the uncertainties of both positions allow; null when one is unknown.", "Jarak terbesar menurut ketidakpastian kedua posisi; null bila ada yang tidak diketahui."),
			func(p *Pair) any { return optional(p.Interval.MaxM, millimetres) },
		},
		{
			prop("bearing_deg", geo.Number, "°", "Bearing", "Arah", "Azimuth from the nearest point of the origin, degrees clockwise from north; null where the shapes meet.", "Azimut dari titik terdekat asal, derajat searah jarum jam dari utara; null bila bersentuhan."),
			func(p *Pair) any {
				if p.Meets() {
					return nil
				}
				return math.Mod(math.Round(p.BearingDeg*100)/100, 360)
			},
		},
	}
	if k != kindOverlap {
		all = append(all,
			column{
				prop("water_share", geo.Number, "", "Share over water", "Bagian di atas air", "Part of the straight line, 0 to 1, that is not on known land; null when unknown. A line over water is not a road.", "Bagian garis lurus, 0 sampai 1, yang tidak berada di daratan yang diketahui; null bila tidak diketahui. Garis di atas air bukan jalan."),
				func(p *Pair) any { return optional(p.WaterShare, func(v float64) float64 { return v }) },
			})
	}
	if k == kindWithin || k == kindNearest || k == kindOverlap {
		all = append(all,
			column{
				worded("certainty", geo.String, "", "Certainty", "Kepastian", "How sure it is that this lies within the distance asked for, or overlaps: certain, likely or depends_on_boundary.", "Seberapa pasti objek ini dalam jarak yang diminta, atau tumpang tindih: certain (pasti), likely (mungkin sekali), atau depends_on_boundary (tergantung batas)."),
				func(p *Pair) any {
					if p.Judgement == nil {
						return nil
					}
					if k != kindOverlap && !p.Judgement.Holds {
						return string(geodesy.DependsOnBoundary) // the verdict is on its lying outside
					}
					return string(p.Judgement.Verdict)
				},
			},
			column{
				prop("margin_m", geo.Number, "m", "Margin", "Selisih aman", "Metres left between what the uncertainties allow and a different answer; negative when they allow one.", "Sisa meter antara yang dimungkinkan ketidakpastian dan jawaban yang berbeda; negatif bila jawaban dapat berbeda."),
				func(p *Pair) any {
					if p.Judgement == nil {
						return nil
					}
					return optional(p.Judgement.MarginM, millimetres)
				},
			})
	}
	if k == kindNearest {
		all = append(all,
			column{
				prop("not_told_apart_from", geo.TextArray, "", "Not told apart from", "Tidak terbedakan dari", "Refs of other features whose distance may be the smaller or the larger, as far as the uncertainties go.", "Rujukan objek lain yang jaraknya bisa lebih kecil atau lebih besar menurut ketidakpastian."),
				func(p *Pair) any {
					if len(p.NotToldApart) == 0 {
						return nil
					}
					return p.NotToldApart
				},
			})
	}
	if k == kindOverlap {
		all = append(all, overlapColumns()...)
	} else {
		all = append(all,
			column{
				prop("published_distances", geo.JSON, "", "Published distances", "Jarak yang dipublikasikan", "Distances by road, toll road or ferry that somebody published for this pair.", "Jarak jalan, jalan tol, atau feri yang pernah dipublikasikan untuk pasangan ini."),
				publishedValue,
			})
	}
	return append(all,
		column{prop("method", geo.String, "", "Method", "Metode", "How it was measured.", "Cara pengukurannya."), nil})
}

// nameValue is the name of the target, as its store has it.
func nameValue(p *Pair) any {
	v := p.To.Value("name")
	if s, ok := v.(string); ok && s != "" {
		return v
	}
	return p.To.ID
}

func publishedValue(p *Pair) any {
	if len(p.Published) == 0 {
		return nil
	}
	b, err := json.Marshal(p.Published)
	if err != nil {
		return nil // numbers read from a store are finite, so this can't happen
	}
	return json.RawMessage(b)
}

// worded is a property whose values are codes that all collections share.
func worded(name string, t geo.PropertyType, unit, titleEN, titleID, en, id string) geo.Property {
	p := prop(name, t, unit, titleEN, titleID, en, id)
	p.Words = wording.Common(name)
	return p
}

func prop(name string, t geo.PropertyType, unit, titleEN, titleID, en, id string) geo.Property {
	return geo.Property{
		Name: name, Type: t, Unit: unit, ReadOnly: true,
		Title: geo.Text{EN: titleEN, ID: titleID}, Description: geo.Text{EN: en, ID: id},
	}
}

// millimetres rounds a length to what the measurement can carry.
func millimetres(m float64) float64 { return math.Round(m*1000) / 1000 }

// optional gives the value of a pointer, nil for none.
func optional(v *float64, round func(float64) float64) any {
	if v == nil {
		return nil
	}
	return round(*v)
}
