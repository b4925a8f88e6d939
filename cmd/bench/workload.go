package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// workload is one kind of request to one server. Its paths are asked for in turn.
type workload struct {
	name  string
	from  string // who answers: memory, database, or the name of a peer
	url   string
	paths []string
	n     int // plantations in the table
	// control says that ready bytes of the same size are measured beside it.
	control bool
	// edited names the table of which ten features a second are changed meanwhile.
	edited string
	// server tells its allocations; nil for others.
	server *server
	// geography is the table of which PostGIS counts what lies near Kariangau.
	geography string
}

// The area in which the plantations lie.
const (
	west, south  = 113.9, -2.3
	width, depth = 4.9, 4.7
)

// Marks in a path that each request fills anew, so that no two are the same.
const (
	boxMark      = "{box}"      // a square that meets about 100 plantations
	pointMark    = "{lonlat}"   // a place among them, as lon,lat
	latlonMark   = "{latlon}"   // the same, as lat+lon
	lonMark      = "{lon}"      // its longitude
	latMark      = "{lat}"      // its latitude
	distanceMark = "{distance}" // 25 to 26 km
	idMark       = "{id}"       // of a plantation
)

// Work that other servers are asked too.
const (
	threeZones = "three zones"
	oneZone    = "one zone"
)

// side is that of squares that meet about 100 of n plantations, in degrees.
func side(n int) float64 {
	const plantation = 0.014 // degrees across, on average
	return min(2, math.Sqrt(100*width*depth/float64(n))-plantation)
}

// boxes are some squares that are asked for again and again.
func boxes(n int) []string {
	random := rand.New(rand.NewPCG(7, uint64(n))) // must repeat, not surprise
	var list []string
	for range 200 {
		x, y := west+random.Float64()*(width-side(n)), south+random.Float64()*(depth-side(n))
		list = append(list, fmt.Sprintf("%.4f,%.4f,%.4f,%.4f", x, y, x+side(n), y+side(n)))
	}
	return list
}

// tiles are addresses zoom/column/row of tiles between two zooms, over the plantations.
func tiles(from, to int) [][3]int {
	random := rand.New(rand.NewPCG(9, uint64(from))) // as above
	var list [][3]int
	for range 100 {
		z := from + random.IntN(to-from+1)
		n := math.Exp2(float64(z))
		lon, lat := west+random.Float64()*width, (south+random.Float64()*depth)*math.Pi/180
		list = append(list, [3]int{z, int((lon + 180) / 360 * n), int((1 - math.Asinh(math.Tan(lat))/math.Pi) / 2 * n)})
	}
	return list
}

func each[T any](list []T, path func(T) string) []string {
	var paths []string
	for _, v := range list {
		paths = append(paths, path(v))
	}
	return paths
}

// itemsWork is what every server of OGC API Features can be asked, on the items
// of a table of plantations.
func itemsWork(size, items string) []workload {
	return []workload{
		{name: size + ": bbox page of 10", control: true, paths: []string{items + "?limit=10&bbox=" + boxMark}},
		{name: size + ": bbox page of 100", control: true, paths: []string{items + "?limit=100&bbox=" + boxMark}},
		{name: size + ": one feature", control: true, paths: []string{items + "/" + idMark}},
	}
}

// ownWork is what Kawasan alone is asked.
func ownWork(size string) []workload {
	to := "&to=plantations_" + size
	items := "/collections/plantations_" + size + "/items"
	return []workload{
		{name: size + ": bbox and attribute filter, 10", paths: []string{items + "?limit=10&filter=planted_year%3E2010&bbox=" + boxMark}},
		{name: size + nearestName, control: true, paths: []string{ownNearest(size)}},
		{name: size + ": within 25 km of Kariangau, count and sum", paths: []string{"/proximity/within?from=zones/kik&distance=" + distanceMark + "km&sum=planted_area_ha&summary=only" + to}},
		{name: size + ": bbox page of 10, the same 200 boxes again", control: true, paths: each(boxes(sizes[size]), func(b string) string { return items + "?limit=10&bbox=" + b })},
		{name: size + ": tiles of zoom 9 to 11", paths: each(tiles(9, 11), func(t [3]int) string {
			return fmt.Sprintf("/collections/plantations_%s/tiles/WebMercatorQuad/%d/%d/%d", size, t[0], t[2], t[1])
		})},
	}
}

// workloads are all, in the order of the report.
func (s *stage) workloads(settings *settings) []workload {
	here := func(server *server, from string, list ...workload) []workload {
		for i := range list {
			list[i].from, list[i].url, list[i].server = from, server.url, server
		}
		return list
	}
	list := here(s.memory, "memory",
		workload{name: "a health check", paths: []string{"/healthz"}},
		workload{name: threeZones, control: true, paths: []string{"/collections/zones/items"}},
		workload{name: oneZone, paths: []string{"/collections/zones/items/kik"}},
		workload{name: "3 nearest ports of a zone", paths: []string{"/proximity/nearest?from=zones/kik&to=ports&k=3", "/proximity/nearest?from=zones/kib&to=ports&k=3", "/proximity/nearest?from=zones/kek-mbtk&to=ports&k=3"}},
		workload{name: "mills within 50 km of Maloy", paths: []string{"/proximity/within?from=zones/kek-mbtk&to=mills&distance=50km"}},
		workload{name: "profile of a zone", paths: []string{"/zones/kik/profile", "/zones/kib/profile", "/zones/kek-mbtk/profile"}},
	)
	for _, p := range settings.others() {
		list = append(list, p.zonesWork()...)
	}
	for _, size := range settings.Sizes {
		items := "/collections/plantations_" + size + "/items"
		work := append(itemsWork(size, items), ownWork(size)...)
		for i := range work {
			work[i].n = sizes[size]
		}
		list = append(list, here(s.memory, "memory", work...)...)
		list = append(list, workload{name: size + ": within 25 km of Kariangau, count and sum", from: "PostGIS geography", geography: "plantations_" + size})
		if settings.Edits {
			edited := here(s.memory, "memory, ten edits a second", itemsWork(size, items)[0])[0]
			edited.n = sizes[size]
			edited.edited, edited.control = "plantations_"+size, false
			list = append(list, edited)
		}
		if s.database != nil {
			for _, w := range here(s.database, "database", append(itemsWork(size, items), ownWork(size)[:3]...)...) {
				w.control, w.n = false, sizes[size]
				list = append(list, w)
			}
		}
		for _, p := range settings.others() {
			list = append(list, p.work(size)...)
		}
	}
	if settings.Only != "" {
		var chosen []workload
		for _, w := range list {
			if strings.Contains(w.name+" ("+w.from+")", settings.Only) {
				chosen = append(chosen, w)
			}
		}
		return chosen
	}
	return list
}
