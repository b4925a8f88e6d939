package api

import (
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// system is a coordinate reference system that positions can be asked for in.
type system struct {
	*crs.CRS
	// decimals that make a centimetre or less.
	decimals int
	// header is the URI as Content-Crs has it.
	header string
}

const (
	uriCRS84  = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	uriCRS84h = "http://www.opengis.net/def/crs/OGC/0/CRS84h"
)

// listSystems are offered for every collection, as on the command line; the first is the
// default. That with heights comes besides where there are any, see withHeights.
func listSystems() []*system {
	var list []*system
	for _, c := range crs.All() {
		if c.URI != uriCRS84h {
			list = append(list, newSystem(c))
		}
	}
	return list
}

func newSystem(c *crs.CRS) *system {
	s := &system{CRS: c, header: "<" + c.URI + ">", decimals: 3}
	if c.IsGeographic() {
		s.decimals = 7
	}
	return s
}

func (s *Server) systems() []*system { return s.referenceSystems }

// systemsFor are those in which all of a collection can be given: a plane made for
// one part of the world has no sensible value, or none at all, on the other side of it.
func (s *Server) systemsFor(c *geo.Collection) []*system {
	if c == nil || !c.HasGeometry() || c.Extent.IsEmpty() {
		return s.referenceSystems
	}
	var list []*system
	for _, k := range s.referenceSystems {
		if k.reaches(c.Extent) {
			list = append(list, k)
		}
	}
	return list
}

// reaches reports whether the system has sensible positions for all of an extent.
func (s *system) reaches(extent orb.Bound) bool {
	if s.IsGeographic() {
		return true
	}
	// A transverse Mercator still measures 30° from its zone, if poorly. Poles have no place in any of them.
	const beside, highest = 30, 85.06
	return extent.Min[0] >= s.Area[0]-beside && extent.Max[0] <= s.Area[2]+beside && extent.Min[1] >= -highest && extent.Max[1] <= highest
}

// findSystem looks up a reference system by URI, CURIE or URN among those offered.
func (s *Server) findSystem(parameter, text string) (*system, error) {
	return findAmong(s.referenceSystems, parameter, text)
}

// namedSystems is how many systems an error names of those that would be right.
const namedSystems = 6

func findAmong(list []*system, parameter, text string) (*system, error) {
	wanted, err := crs.Parse(text)
	for _, k := range list {
		if err == nil && k.URI == wanted.URI {
			return k, nil
		}
	}
	return nil, geo.Invalidf(parameter, "the reference system %q is not offered", geo.Clip(text)).Try("%s, or another one of the member crs of the collection", strings.Join(urisOf(list[:min(len(list), namedSystems)]), ", "))
}

// findSystem looks up a reference system for what the request is about: that with
// heights is offered besides where geometries have them.
func (x *exchange) findSystem(parameter, text string) (*system, error) {
	if text == uriCRS84h && x.collection != nil && x.collection.HasZ {
		return withHeights(), nil
	}
	if parameter == "crs" {
		return findAmong(x.server.systemsFor(x.collection), parameter, text)
	}
	return x.server.findSystem(parameter, text)
}

// withHeights is longitude and latitude with ellipsoidal height.
func withHeights() *system {
	c := *crs.CRS84()
	c.URI = uriCRS84h
	return newSystem(&c)
}
