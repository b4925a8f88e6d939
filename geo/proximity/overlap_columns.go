package proximity

import (
	"cmp"
	"math"
	"slices"

	"kawasan/geo"
)

// overlapColumns are the properties of shared areas.
func overlapColumns() []column {
	return []column{
		{
			prop("shared_area_ha", geo.Number, "ha",
				geo.Text{EN: "Shared area", ID: "Luas bersama"},
				geo.Text{EN: "Area that both share, on the ellipsoid.", ID: "Luas yang dimiliki bersama, pada elipsoid."}),
			func(p *Pair) any { return math.Round(p.Shared.Hectares*1e4) / 1e4 },
		},
		{
			prop("share_of_from", geo.Number, "",
				geo.Text{EN: "Share of the origin", ID: "Bagian dari asal"},
				geo.Text{EN: "Part of the origin's area that is shared, 0 to 1.", ID: "Bagian luas asal yang tumpang tindih, 0 sampai 1."}),
			func(p *Pair) any { return optional(p.Shared.OfFrom, millionths) },
		},
		{
			prop("share_of_to", geo.Number, "",
				geo.Text{EN: "Share of the target", ID: "Bagian dari tujuan"},
				geo.Text{EN: "Part of the target's area that is shared, 0 to 1.", ID: "Bagian luas tujuan yang tumpang tindih, 0 sampai 1."}),
			func(p *Pair) any { return optional(p.Shared.OfTo, millionths) },
		},
	}
}

func millionths(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// byArea orders pairs by the area shared, largest first, ties by ref, and ranks them.
func byArea(pairs []*Pair) {
	slices.SortFunc(pairs, func(a, b *Pair) int {
		return cmp.Or(cmp.Compare(b.Shared.Hectares, a.Shared.Hectares),
			cmp.Compare(a.To.Collection.ID, b.To.Collection.ID), cmp.Compare(a.To.ID, b.To.ID))
	})
	for i, p := range pairs {
		p.Rank = i + 1
	}
}
