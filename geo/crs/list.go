package crs

import (
	_ "embed" // for the definitions
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// definitions are those of EPSG as PROJ writes them; testdata/generate.py made the file.
//
//go:embed definitions.json
var definitions []byte

type definition struct {
	Code, Name, ESRI, WKT1, WKT2 string
	Axes                         []string
	Parameters                   map[string]float64
	Area                         [4]float64
	PROJJSON                     json.RawMessage
}

var load = sync.OnceValue(func() []*CRS {
	var list []definition
	if err := json.Unmarshal(definitions, &list); err != nil {
		panic(fmt.Sprintf("crs: the embedded definitions can't be read: %v", err)) //nolint:forbidigo // a fault of the build, never of input
	}
	systems := make([]*CRS, 0, len(list))
	for _, d := range list {
		systems = append(systems, d.system())
	}
	return systems
})

// All gives the supported systems, CRS84 first. The slice is the caller's.
func All() []*CRS { return append([]*CRS(nil), load()...) }

// CRS84 is WGS84 longitude, latitude: the default of everything.
func CRS84() *CRS { return load()[0] }

func (d definition) system() *CRS {
	authority, code, _ := strings.Cut(d.Code, ":")
	c := &CRS{
		Code: d.Code, Name: d.Name, Area: d.Area, EPSG: 4326,
		WKT1: d.WKT1, ESRI: d.ESRI, WKT2: d.WKT2, PROJJSON: d.PROJJSON,
		URI: "http://www.opengis.net/def/crs/OGC/0/" + code,
	}
	if code == "CRS84" {
		c.URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	}
	if authority == "EPSG" {
		c.URI = "http://www.opengis.net/def/crs/EPSG/0/" + code
		c.EPSG, _ = strconv.Atoi(code)
	}
	switch {
	case len(d.Parameters) > 0:
		c.Axes = EastingNorthing
	case d.Axes[0] == "north":
		c.Axes = LatLon
	default:
		c.Axes = LonLat
	}
	switch {
	case c.Axes != EastingNorthing:
	case c.EPSG == 3857:
		c.projection = webMercator{}
	case c.EPSG == 3395:
		c.projection = mercator{e: eccentricity()}
	default:
		c.projection = newTransverse(d.Parameters["Longitude of natural origin"], d.Parameters["Scale factor at natural origin"],
			d.Parameters["False easting"], d.Parameters["False northing"])
	}
	return c
}
