package crs

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"kawasan/geo"
)

// Recognise finds the supported system that a file means by what it says of its
// coordinates: a code, URI or URN as for [Parse], also those of ESRI and the old
// 900913; well-known text of any dialect (WKT1, ESRI's .prj, ISO 19162); PROJJSON;
// the crs member of old GeoJSON; a PROJ string. Text and JSON are compared by their
// parameters (projection, ellipsoid, datum, meridian, scale, false origin), never by
// name alone, so that World Mercator (3395) and Web Mercator (3857) can't be taken
// for each other. Axis order is not looked at: files have longitude or easting first.
//
// It fails with Unsupported, saying why, for a system that is understood but would
// need more than is done here (a datum shift for ID74, Batavia, Gunung Segara), and
// with Invalid for text that contradicts itself or says nothing.
func Recognise(text string) (*CRS, error) {
	text = strings.TrimSpace(strings.TrimLeft(strings.Trim(text, "\x00"), "\ufeff"))
	switch {
	case text == "":
		return nil, geo.Errorf(geo.Invalid, "nothing is said of the coordinate reference system").Try("its code, such as EPSG:32750")
	case strings.HasPrefix(text, "{"):
		return recogniseJSON(text)
	case strings.HasPrefix(text, "+"):
		return recognisePROJ(text)
	case strings.ContainsAny(text, "[(") && !strings.HasPrefix(text, "["):
		n, err := parseWKT(text)
		if err != nil {
			flaw, _ := geo.AsError(err).Said()
			return nil, unclear("the well-known text of the coordinate reference system can't be read: %s", flaw)
		}
		return match(describeWKT(n))
	}
	return recogniseCode(text)
}

func unclear(format string, args ...any) *geo.Error {
	return geo.Errorf(geo.Invalid, format, args...).Try("the code of the system, such as EPSG:32750 (--crs)")
}

// aliases are codes that others gave to systems of ours.
var aliases = map[string]int{
	"EPSG:900913": 3857, "EPSG:102100": 3857, "EPSG:102113": 3857, "EPSG:3785": 3857, "EPSG:3587": 3857, "EPSG:41001": 3857,
	"ESRI:102100": 3857, "ESRI:102113": 3857, "ESRI:900913": 3857, "OSGEO:41001": 3857, "SR-ORG:6627": 3857, "SR-ORG:7483": 3857,
	"ESRI:54004": 3395, "EPSG:54004": 3395, "ESRI:4326": 4326, "EPSG:4979": 4326, "OGC:84": 4326, "EPSG:9469": 9470,
}

// aliased gives the EPSG number that a code of EPSG stands for.
func aliased(code string) int {
	if n, ok := aliases["EPSG:"+code]; ok {
		return n
	}
	return atoi(code)
}

func recogniseCode(text string) (*CRS, error) {
	code := strings.ToUpper(normalise(text))
	if n, ok := aliases[code]; ok {
		return ByEPSG(n), nil
	}
	if reason := refused(code); reason != nil {
		return nil, reason
	}
	return Parse(text)
}

// ours are the supported systems by their parameters, from their own definitions.
var ours = sync.OnceValue(func() map[*CRS]*described {
	list := map[*CRS]*described{}
	for _, c := range load() {
		if n, err := parseWKT(c.WKT2); err == nil && c.EPSG != 0 {
			if d := describeWKT(n); d != nil {
				list[c] = d
			}
		}
	}
	return list
})

// match finds the supported system with the parameters.
func match(d *described) (*CRS, error) {
	if d == nil {
		return nil, unclear("the text describes no geographic or projected system")
	}
	if err := d.refuse(); err != nil {
		return nil, err
	}
	frame := d.frame()
	if frame == sphere || frame == unnamed {
		frame = wgs84
	}
	var found *CRS
	for _, c := range load() {
		o := ours()[c]
		if o == nil || c.Code == "OGC:CRS84h" || o.frame() != frame || !d.same(o) {
			continue
		}
		if found == nil || c.Code == "EPSG:4326" { // a file says EPSG:4326 for what is CRS84 on the wire
			found = c
		}
	}
	if found == nil {
		return nil, d.unmatched()
	}
	return found, d.contradiction(found)
}

// contradiction compares what was found with the code that the text gives itself.
func (d *described) contradiction(found *CRS) error {
	if d.method == mercatorM && d.callsItselfWeb() {
		return unclear("the definition calls itself %q but has the parameters of World Mercator (EPSG:3395); taking one for the other shifts boundaries here by up to 840 m", clip(d.name))
	}
	if d.authority != "EPSG" && d.authority != "ESRI" {
		return nil
	}
	said := d.authority + ":" + d.code
	if n, ok := aliases[said]; ok {
		said = fmt.Sprintf("EPSG:%d", n)
	}
	if own := ByEPSG(atoi(said)); own != nil && own != found && own.Code == said {
		return unclear("the definition calls itself %s (%s) but has the parameters of %s (%s)", said, own.Name, found.Code, found.Name)
	}
	return nil
}

func atoi(code string) int {
	n := 0
	for _, r := range code[strings.IndexByte(code, ':')+1:] {
		if r < '0' || r > '9' || n > 1e7 {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}

// unmatched says which parameters are those of no supported system.
func (d *described) unmatched() error {
	name := clip(d.name)
	if d.method == none {
		return geo.Errorf(geo.Unsupported, "the geographic system %q is not supported", name).Try("WGS 84, DGN95 or SRGI2013")
	}
	return geo.Errorf(geo.Unsupported, "the system %q (%s, central meridian %g, scale %g, false easting %g, false northing %g) is none of those supported",
		name, clip(d.projection), d.p[centralMeridian], d.p[scaleFactor], d.p[falseEasting], d.p[falseNorthing]).
		Try("the same data in one of %s", supported())
}

func clip(s string) string {
	r := []rune(s)
	if len(r) > 64 {
		return string(r[:63]) + "…"
	}
	return s
}

// recogniseJSON reads PROJJSON or the crs member of GeoJSON 2008.
func recogniseJSON(text string) (*CRS, error) {
	if len(text) > maxDefinition {
		return nil, unclear("the definition of the coordinate reference system is too long")
	}
	var old struct {
		Type       string
		Properties *struct {
			Name, Href string
			Code       json.Number
		}
	}
	if json.Unmarshal([]byte(text), &old) == nil && old.Properties != nil {
		switch p := old.Properties; {
		case p.Name != "":
			return Recognise(p.Name)
		case strings.EqualFold(old.Type, "EPSG") && p.Code != "":
			return recogniseCode("EPSG:" + p.Code.String())
		case p.Href != "":
			return nil, unclear("the coordinate reference system is a link, which is not followed")
		}
	}
	var j projjson
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		return nil, unclear("the JSON of the coordinate reference system can't be read")
	}
	d := describeJSON(&j, 0)
	if d == nil && j.ID != nil {
		return recogniseCode(j.ID.Authority + ":" + j.ID.Code.String())
	}
	return match(d)
}

// recognisePROJ reads a PROJ string such as +proj=utm +zone=50 +south +datum=WGS84.
func recognisePROJ(text string) (*CRS, error) {
	p := map[string]string{}
	for _, part := range strings.Fields(text) {
		k, v, _ := strings.Cut(strings.TrimPrefix(part, "+"), "=")
		p[k] = v
	}
	number := func(key string, fallback float64) float64 {
		x := fallback
		if s, ok := p[key]; ok {
			if _, err := fmt.Sscan(s, &x); err != nil {
				return math.NaN()
			}
		}
		return x
	}
	if init := p["init"]; init != "" {
		return recogniseCode(init)
	}
	d := &described{name: text, projection: p["proj"], method: methodNamed(p["proj"]), angle: 1, length: 1, semiMajor: semiMajor, inverse: 1 / flattening, datum: "WGS84"}
	if _, shifted := p["towgs84"]; !slices.Contains([]string{"", "WGS84"}, p["datum"]) || !slices.Contains([]string{"", "WGS84", "GRS80"}, p["ellps"]) ||
		shifted && strings.Trim(p["towgs84"], "0,.") != "" {
		return nil, geo.Errorf(geo.Unsupported, "the PROJ string has a datum other than WGS 84").Try("the same data in WGS 84")
	}
	d.p = [5]float64{number("lat_0", 0), number("lon_0", 0), number("k", number("k_0", 1)), number("x_0", 0), number("y_0", 0)}
	switch p["proj"] {
	case "longlat", "latlong":
		d.method = none
	case "utm":
		d.method = transverseM
		d.p = [5]float64{0, number("zone", math.NaN())*6 - 183, 0.9996, 500000, 0}
		if _, south := p["south"]; south {
			d.p[falseNorthing] = 1e7
		}
	case "merc":
		if number("a", semiMajor) == semiMajor && number("b", 0) == semiMajor {
			d.method = webMercatorM
		}
	}
	if u := p["units"]; u != "" && u != "m" {
		return nil, geo.Errorf(geo.Unsupported, "the PROJ string has units other than metres").Try("the same data in metres")
	}
	return match(d)
}

// RecogniseSRS finds the system of a row of a GeoPackage's gpkg_spatial_ref_sys. Its
// definition decides where it is one; organisation and code alone elsewhere. A code of
// 0 or -1 means that nothing is known, and fails with Invalid.
func RecogniseSRS(organization string, code int64, definition string) (*CRS, error) {
	if definition = strings.TrimSpace(definition); definition != "" && !strings.EqualFold(definition, "undefined") {
		if c, err := Recognise(definition); err == nil || geo.IsCode(err, geo.Unsupported) {
			return c, err
		}
	}
	if code <= 0 || strings.EqualFold(organization, "none") {
		return nil, unclear("the file says that its coordinate reference system is not known")
	}
	return recogniseCode(fmt.Sprintf("%s:%d", organization, code))
}
