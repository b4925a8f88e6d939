package crs

import (
	"strings"

	"kawasan/geo"
)

// Parse finds a system by the ways in which clients name it: a URI
// (http://www.opengis.net/def/crs/EPSG/0/4326, whatever the version), a URN
// (urn:ogc:def:crs:EPSG::4326), a CURIE ([EPSG:4326]) or a code (EPSG:4326, or
// CRS84 and a bare number). A pair of angle brackets around it is ignored. It
// fails with Invalid, listing what is supported.
func Parse(name string) (*CRS, error) {
	code := normalise(strings.TrimSpace(name))
	for _, c := range load() {
		if strings.EqualFold(c.Code, code) {
			return c, nil
		}
	}
	return nil, geo.Errorf(geo.Invalid, "the coordinate reference system %q is not supported", geo.Clip(name)).Try("one of %s", supported())
}

// ByEPSG finds a system by its EPSG number; nil if it is not supported.
func ByEPSG(number int) *CRS {
	for _, c := range load() {
		if c.EPSG == number && strings.HasPrefix(c.Code, "EPSG:") {
			return c
		}
	}
	return nil
}

// normalise gives AUTHORITY:CODE, or what was given if it has another form.
func normalise(s string) string {
	for _, pair := range []string{"<>", "[]"} {
		if len(s) > 1 && s[0] == pair[0] && s[len(s)-1] == pair[1] {
			s = s[1 : len(s)-1]
		}
	}
	lower := strings.ToLower(s)
	for _, prefix := range []string{"http://www.opengis.net/def/crs/", "https://www.opengis.net/def/crs/"} {
		if strings.HasPrefix(lower, prefix) {
			return join(strings.Split(s[len(prefix):], "/"), s)
		}
	}
	for _, prefix := range []string{"urn:ogc:def:crs:", "urn:x-ogc:def:crs:"} {
		if strings.HasPrefix(lower, prefix) {
			return join(strings.Split(s[len(prefix):], ":"), s)
		}
	}
	switch {
	case strings.Contains(s, ":"):
		return s
	case strings.HasPrefix(lower, "crs84"):
		return "OGC:" + s
	}
	return "EPSG:" + s
}

// join takes authority, version and code; anything else leaves the name as it was.
func join(parts []string, name string) string {
	if len(parts) != 3 || strings.Trim(parts[1], "0123456789.") != "" {
		return name
	}
	return parts[0] + ":" + parts[2]
}

// supported lists the codes, runs of EPSG numbers as from-to.
func supported() string {
	var b strings.Builder
	list := load()
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[i].EPSG > 4326 && list[j+1].EPSG == list[j].EPSG+1 {
			j++
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(list[i].Code)
		if j > i {
			b.WriteString(" to " + strings.TrimPrefix(list[j].Code, "EPSG:"))
		}
		i = j + 1
	}
	return b.String()
}
