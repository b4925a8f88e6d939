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
	all := append(placeColumns(), distanceColumns()...)
	if k != kindOverlap {
		all = append(all, waterShareColumn())
	}
	if k != kindMatrix {
		all = append(all, certaintyColumns(k)...)
	}
	if k == kindNearest {
		all = append(all, notToldApartColumn())
	}
	if k == kindOverlap {
		all = append(all, overlapColumns()...)
	} else {
		all = append(all, publishedColumn())
	}
	return append(all, methodColumn())
}

// placeColumns say what is measured from and to.
func placeColumns() []column {
	return []column{
		{
			prop("rank", geo.Integer, "",
				geo.Text{EN: "Rank", ID: "Peringkat"},
				geo.Text{EN: "Place in the order of distance from the origin, from 1.", ID: "Urutan menurut jarak dari titik asal, mulai dari 1."}),
			func(p *Pair) any { return int64(p.Rank) },
		},
		{
			prop("from", geo.String, "",
				geo.Text{EN: "From", ID: "Dari"},
				geo.Text{EN: "Ref of the place measured from.", ID: "Rujukan tempat asal pengukuran."}),
			func(p *Pair) any { return p.From.refValue },
		},
		{
			prop("from_name", geo.String, "",
				geo.Text{EN: "From (name)", ID: "Dari (nama)"},
				geo.Text{EN: "Name of the place measured from.", ID: "Nama tempat asal pengukuran."}),
			func(p *Pair) any { return p.From.nameValue },
		},
		{
			prop("to", geo.String, "",
				geo.Text{EN: "To", ID: "Ke"},
				geo.Text{EN: "Ref of the feature found.", ID: "Rujukan objek yang ditemukan."}),
			func(p *Pair) any { return p.Ref() },
		},
		{
			prop("to_name", geo.String, "",
				geo.Text{EN: "To (name)", ID: "Ke (nama)"},
				geo.Text{EN: "Name of the feature found.", ID: "Nama objek yang ditemukan."}),
			nameValue,
		},
	}
}

// distanceColumns say how far it is, how far it may be, and in which direction.
func distanceColumns() []column {
	return []column{
		{
			prop("distance_m", geo.Number, "m",
				geo.Text{EN: "Distance", ID: "Jarak"},
				geo.Text{EN: "Straight geodesic distance on WGS84 between the stored shapes, 0 where they meet.", ID: "Jarak lurus geodesik pada WGS84 antara bentuk yang tersimpan, 0 bila bersentuhan."}),
			func(p *Pair) any { return millimetres(p.Metres) },
		},
		{
			prop("distance_min_m", geo.Number, "m",
				geo.Text{EN: "Smallest distance", ID: "Jarak terkecil"},
				geo.Text{EN: "Smallest distance that the uncertainties of both positions allow.", ID: "Jarak terkecil menurut ketidakpastian kedua posisi."}),
			func(p *Pair) any { return millimetres(p.Interval.MinM) },
		},
		{
			prop("distance_max_m", geo.Number, "m",
				geo.Text{EN: "Largest distance", ID: "Jarak terbesar"},
				geo.Text{EN: "Largest distance that the uncertainties of both positions allow; null when one is unknown.", ID: "Jarak terbesar menurut ketidakpastian kedua posisi; null bila ada yang tidak diketahui."}),
			func(p *Pair) any { return optional(p.Interval.MaxM, millimetres) },
		},
		{
			prop("bearing_deg", geo.Number, "°",
				geo.Text{EN: "Bearing", ID: "Arah"},
				geo.Text{EN: "Azimuth from the nearest point of the origin, degrees clockwise from north; null where the shapes meet.", ID: "Azimut dari titik terdekat asal, derajat searah jarum jam dari utara; null bila bersentuhan."}),
			func(p *Pair) any {
				if p.Meets() {
					return nil
				}
				return math.Mod(math.Round(p.BearingDeg*100)/100, 360)
			},
		},
	}
}

func waterShareColumn() column {
	return column{
		prop("water_share", geo.Number, "",
			geo.Text{EN: "Share over water", ID: "Bagian di atas air"},
			geo.Text{EN: "Part of the straight line, 0 to 1, that is not on known land; null when unknown. A line over water is not a road.", ID: "Bagian garis lurus, 0 sampai 1, yang tidak berada di daratan yang diketahui; null bila tidak diketahui. Garis di atas air bukan jalan."}),
		func(p *Pair) any { return optional(p.WaterShare, func(v float64) float64 { return v }) },
	}
}

// certaintyColumns say how sure the answer to a question of that kind is.
func certaintyColumns(k kind) []column {
	return []column{
		{
			worded("certainty", geo.String, "",
				geo.Text{EN: "Certainty", ID: "Kepastian"},
				geo.Text{EN: "How sure it is that this lies within the distance asked for, or overlaps: certain, likely or depends_on_boundary.", ID: "Seberapa pasti objek ini dalam jarak yang diminta, atau tumpang tindih: certain (pasti), likely (mungkin sekali), atau depends_on_boundary (tergantung batas)."}),
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
		{
			prop("margin_m", geo.Number, "m",
				geo.Text{EN: "Margin", ID: "Selisih aman"},
				geo.Text{EN: "Metres left between what the uncertainties allow and a different answer; negative when they allow one.", ID: "Sisa meter antara yang dimungkinkan ketidakpastian dan jawaban yang berbeda; negatif bila jawaban dapat berbeda."}),
			func(p *Pair) any {
				if p.Judgement == nil {
					return nil
				}
				return optional(p.Judgement.MarginM, millimetres)
			},
		},
	}
}

func notToldApartColumn() column {
	return column{
		prop("not_told_apart_from", geo.TextArray, "",
			geo.Text{EN: "Not told apart from", ID: "Tidak terbedakan dari"},
			geo.Text{EN: "Refs of other features whose distance may be the smaller or the larger, as far as the uncertainties go.", ID: "Rujukan objek lain yang jaraknya bisa lebih kecil atau lebih besar menurut ketidakpastian."}),
		func(p *Pair) any {
			if len(p.NotToldApart) == 0 {
				return nil
			}
			return p.NotToldApart
		},
	}
}

func publishedColumn() column {
	return column{
		prop("published_distances", geo.JSON, "",
			geo.Text{EN: "Published distances", ID: "Jarak yang dipublikasikan"},
			geo.Text{EN: "Distances by road, toll road or ferry that somebody published for this pair.", ID: "Jarak jalan, jalan tol, atau feri yang pernah dipublikasikan untuk pasangan ini."}),
		publishedValue,
	}
}

func methodColumn() column {
	return column{
		prop("method", geo.String, "",
			geo.Text{EN: "Method", ID: "Metode"},
			geo.Text{EN: "How it was measured.", ID: "Cara pengukurannya."}),
		nil,
	}
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
func worded(name string, t geo.PropertyType, unit string, title, description geo.Text) geo.Property {
	p := prop(name, t, unit, title, description)
	p.Words = wording.Common(name)
	return p
}

// prop is a property that the question gives; the unit is "" for none.
func prop(name string, t geo.PropertyType, unit string, title, description geo.Text) geo.Property {
	return geo.Property{Name: name, Type: t, Unit: unit, ReadOnly: true, Title: title, Description: description}
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
