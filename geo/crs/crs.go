// Package crs converts positions between WGS84 longitude, latitude and the
// coordinate reference systems in which Kawasan answers and imports: geographic
// systems, UTM and the 3-degree zones of Indonesia (TM-3), and two Mercators.
//
// DGN95, SRGI2013 and WGS84 share one ellipsoid and are taken as one datum here. For
// DGN95 that is EPSG's null transformation. SRGI2013 is fixed to a moving plate:
// PROJ 9.5 shifts it against WGS84 by up to 0.4 m in Indonesia when no epoch is
// given, which is less than the uncertainty of WGS84 itself (2 m as EPSG states it).
package crs

import "encoding/json"

// Axes is the order of the coordinates in which an authority defines a system,
// and so the order on the wire of OGC APIs.
type Axes string

// The orders.
const (
	LonLat          Axes = "lon,lat"          // degrees
	LatLon          Axes = "lat,lon"          // degrees
	EastingNorthing Axes = "easting,northing" // metres
)

// CRS is a coordinate reference system. It is immutable.
type CRS struct {
	URI  string // http://www.opengis.net/def/crs/EPSG/0/32750
	Code string // EPSG:32750, OGC:CRS84
	Name string // WGS 84 / UTM zone 50S
	Axes Axes
	// EPSG is the number of the code; 4326 for CRS84, from which that differs in
	// the order of axes alone.
	EPSG int
	// Area bounds where the system is meant to be used: west, south, east, north in degrees.
	Area [4]float64
	// WKT1 is the definition as GDAL writes it, ESRI as ArcGIS does (.prj), WKT2 by ISO 19162:2019.
	WKT1, ESRI, WKT2 string
	// PROJJSON is the definition as GeoParquet wants it.
	PROJJSON json.RawMessage

	projection projection
}

// projection maps between radians and metres on the plane.
type projection interface {
	forward(lon, lat float64) (x, y float64)
	inverse(x, y float64) (lon, lat float64)
}

// IsGeographic reports whether coordinates are degrees.
func (c *CRS) IsGeographic() bool { return c.projection == nil }

// Project converts degrees to the order of GIS files, whatever the authority
// says: longitude or easting first. NaN where the system has no value.
func (c *CRS) Project(lon, lat float64) (x, y float64) {
	if c.projection == nil {
		return lon, lat
	}
	return c.projection.forward(lon*radians, lat*radians)
}

// Unproject is the inverse of Project.
func (c *CRS) Unproject(x, y float64) (lon, lat float64) {
	if c.projection == nil {
		return x, y
	}
	lon, lat = c.projection.inverse(x, y)
	return lon / radians, lat / radians
}

// Forward converts degrees to the order of Axes, as the wire wants it.
func (c *CRS) Forward(lon, lat float64) (first, second float64) {
	if c.Axes == LatLon {
		return lat, lon
	}
	return c.Project(lon, lat)
}

// Inverse converts coordinates in the order of Axes to degrees.
func (c *CRS) Inverse(first, second float64) (lon, lat float64) {
	if c.Axes == LatLon {
		return second, first
	}
	return c.Unproject(first, second)
}
