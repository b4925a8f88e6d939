package dxf

import (
	"math"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/export"
)

// Format describes the files.
func Format() export.Format {
	return export.Format{
		Name: "dxf", MediaType: "image/vnd.dxf", Extension: ".dxf",
		Title: geo.Text{EN: "DXF drawing", ID: "Gambar DXF"}, Use: geo.Text{EN: "for CAD programs, in metres", ID: "untuk program CAD, dalam meter"},
		MultiLayer: true, NeedsGeometry: true, New: New, System: System, Size: size,
	}
}

// System gives the system that coordinates are written in: the layer's own if it
// has metres, else the UTM zone (south) of the middle of the collection, 50S where
// that is East Kalimantan or not known.
func System(l export.Layer) *crs.CRS {
	if !l.System().IsGeographic() {
		return l.System()
	}
	const first, home, last = 47, 50, 54 // zones of Indonesia
	zone := home
	const world = 360 // degrees: so wide is what is not looked at yet, or has no middle
	if b := l.Collection.Extent; !b.IsEmpty() && b.Max[0]-b.Min[0] < world {
		// The whole province is drawn in the zone of most of it.
		if lon := b.Center()[0]; lon < 111 || lon > 123 {
			zone = min(max(int(math.Floor(lon/6))+31, first), last)
		}
	}
	return crs.ByEPSG(32700 + zone)
}
