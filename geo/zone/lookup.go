package zone

import (
	"context"

	"kawasan/geo"
	"kawasan/geo/proximity"
)

// ParseFilter turns CQL2 text into a filter on a collection; Invalid if it is wrong.
type ParseFilter func(collection *geo.Collection, text string) (geo.Filter, error)

// Hold makes a reader over features of one collection that are held in memory.
type Hold func(ctx context.Context, collection *geo.Collection, features []*geo.Feature) (geo.Reader, error)

// Lookup is one thing that a profile looks for around a zone.
type Lookup struct {
	// Section names the part of the profile: ports, mills ...
	Section string   `json:"section"`
	Title   geo.Text `json:"-"`
	// Collection is where to look, Filter (CQL2 text) for what; empty for all.
	Collection string `json:"collection"`
	Filter     string `json:"filter,omitempty"`
	// Nearest is how many of the nearest to name; 0 for none.
	Nearest int `json:"nearest,omitempty"`
	// GroupBy names a property, text or a list of texts: the nearest are named for each of its values.
	GroupBy string `json:"group_by,omitempty"`
	// RingsM are distances in metres within which to count.
	RingsM []float64 `json:"rings_m,omitempty"`
	// Sum names a numeric property to sum within the rings, by area.
	Sum string `json:"sum,omitempty"`
}

// DefaultLookups are what a profile looks for unless told otherwise.
func DefaultLookups() []Lookup {
	rings := []float64{10_000, 25_000, 50_000, 100_000}
	return []Lookup{
		{Section: "ports", Title: geo.Text{EN: "Nearest public ports by cargo", ID: "Pelabuhan umum terdekat menurut muatan"}, Collection: "ports", Filter: "access = 'public'", Nearest: 1, GroupBy: "cargo"},
		{Section: "mills", Title: geo.Text{EN: "Palm oil mills by distance", ID: "Pabrik kelapa sawit menurut jarak"}, Collection: "mills", Nearest: 1, RingsM: rings},
		{Section: "plantations", Title: geo.Text{EN: "Planted hectares by distance", ID: "Luas tanam menurut jarak"}, Collection: "plantations", RingsM: rings, Sum: "planted_area_ha"},
		{Section: "capital", Title: geo.Text{EN: "The capital: land boundary and core", ID: "Ibu kota: batas darat dan kawasan inti"}, Collection: "ikn", Filter: "id IN ('ikn','ikn-kipp')", Nearest: 2},
		{Section: "titik_nol", Title: geo.Text{EN: "The capital: zero point", ID: "Ibu kota: Titik Nol"}, Collection: "infrastructure", Filter: "id = 'ikn-titik-nol'", Nearest: 1},
		{Section: "airports", Title: geo.Text{EN: "Airports with scheduled service", ID: "Bandara dengan penerbangan berjadwal"}, Collection: "infrastructure", Filter: "kind = 'airport' AND air_service = 'scheduled'", Nearest: 3},
		{Section: "substations", Title: geo.Text{EN: "Substations", ID: "Gardu induk"}, Collection: "infrastructure", Filter: "kind = 'substation'", Nearest: 3},
		{Section: "power_plants", Title: geo.Text{EN: "Power plants", ID: "Pembangkit listrik"}, Collection: "infrastructure", Filter: "kind = 'power_plant'", Nearest: 3},
		{Section: "towns", Title: geo.Text{EN: "Towns", ID: "Kota dan permukiman"}, Collection: "towns", Nearest: 3},
	}
}

// Options say how a profile or a comparison is made.
type Options struct {
	// Parse reads the filters; needed if a look-up has one.
	Parse ParseFilter
	// Lookups are what to look for; nil means [DefaultLookups].
	Lookups []Lookup
	// AsOf is the legal date asked for; nil: whatever is stored.
	AsOf *geo.Date
	// Principal is who asks.
	Principal geo.Principal
	// Memory is what is kept between questions; nil keeps nothing.
	Memory *proximity.Memory
}

// filter parses the filter of a collection; nil for empty text.
func filter(parse ParseFilter, c *geo.Collection, text string) (geo.Filter, error) {
	if text == "" {
		return nil, nil
	}
	if parse == nil {
		return nil, geo.Errorf(geo.Unsupported, "filters can't be read here")
	}
	return parse(c, text)
}
