package crs

import (
	"math"
	"slices"
)

// Box bounds coordinates of unknown meaning: smallest and largest of the first and of the second.
type Box struct{ MinX, MinY, MaxX, MaxY float64 }

// Candidate is a system in which coordinates would lie where they are expected.
type Candidate struct {
	CRS *CRS
	// Swapped says that the first coordinate must be the northing or latitude.
	Swapped bool
	// Where the box would lie: west, south, east, north in degrees.
	Bounds [4]float64
}

// eastKalimantan is the box of the regencies of the province with its sea, as west,
// south, east, north.
var eastKalimantan = [4]float64{113.6, -2.65, 119.2, 2.8}

// Guess lists the systems that put a box of coordinates into East Kalimantan,
// best first: those whose own area of use it lies in (no more than a degree of longitude beside it), then degrees before metres and
// coordinates as they stand before swapped ones. Of systems that differ in the datum
// alone, and give the same places to within a metre, only that on WGS 84 is named.
// It is for a question to the user, never to be applied silently.
func Guess(b Box) []Candidate {
	if !(b.MinX <= b.MaxX && b.MinY <= b.MaxY) || math.IsInf(b.MaxX-b.MinX+b.MaxY-b.MinY, 0) {
		return nil
	}
	var found []Candidate
	for _, swapped := range []bool{false, true} {
		box := b
		if swapped {
			box = Box{b.MinY, b.MinX, b.MaxY, b.MaxX}
		}
		for _, c := range load() {
			if c.Code == "OGC:CRS84h" || c.Code == "EPSG:4326" {
				continue // the same as CRS84 in a file
			}
			where, ok := c.unprojectBox(box)
			if !ok || !within(where, eastKalimantan) || where[0] > c.Area[2]+1 || where[2] < c.Area[0]-1 || slices.ContainsFunc(found, func(o Candidate) bool {
				return o.Swapped == swapped && near(o.Bounds, where, 1e-5)
			}) {
				continue
			}
			found = append(found, Candidate{CRS: c, Swapped: swapped, Bounds: where})
		}
	}
	slices.SortStableFunc(found, func(x, y Candidate) int { return x.rank() - y.rank() })
	return found
}

func (c Candidate) rank() int {
	rank := 0
	if c.Swapped {
		rank += 4
	}
	if !overlaps(c.Bounds, c.CRS.Area) {
		rank += 2
	}
	if !c.CRS.IsGeographic() {
		rank++
	}
	return rank
}

// unprojectBox bounds the corners and the middles of the sides of a box, in degrees.
func (c *CRS) unprojectBox(b Box) ([4]float64, bool) {
	out := [4]float64{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, x := range []float64{b.MinX, (b.MinX + b.MaxX) / 2, b.MaxX} {
		for _, y := range []float64{b.MinY, (b.MinY + b.MaxY) / 2, b.MaxY} {
			lon, lat := c.Unproject(x, y)
			if math.IsNaN(lon+lat) || math.IsInf(lon+lat, 0) {
				return out, false
			}
			out = [4]float64{math.Min(out[0], lon), math.Min(out[1], lat), math.Max(out[2], lon), math.Max(out[3], lat)}
		}
	}
	return out, true
}

func within(a, b [4]float64) bool {
	return a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3]
}

func overlaps(a, b [4]float64) bool {
	return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

func near(a, b [4]float64, tolerance float64) bool {
	for i := range a {
		if math.Abs(a[i]-b[i]) > tolerance {
			return false
		}
	}
	return true
}

// MercatorSwap gives the place of a position (lon, lat in degrees) had its source
// taken one Mercator for the other: toWorld for data that were in World Mercator
// (3395) but read as Web Mercator (3857), else the other way round. In East
// Kalimantan the two differ by some 740 m for each degree of latitude: 840 m around
// IKN, 1.9 km at the northern border. Longitudes stay.
func MercatorSwap(lon, lat float64, toWorld bool) (float64, float64) {
	read, meant := ByEPSG(3857), ByEPSG(3395)
	if !toWorld {
		read, meant = meant, read
	}
	return meant.Unproject(read.Project(lon, lat))
}
