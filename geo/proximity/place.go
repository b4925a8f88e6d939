package proximity

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"kawasan/geo"
)

// Ref names a feature as collection/id, or a whole collection when ID is empty.
type Ref struct{ Collection, ID string }

// String gives the ref as it is written in a request.
func (r Ref) String() string {
	if r.ID == "" {
		return r.Collection
	}
	return r.Collection + "/" + r.ID
}

// maxName bounds each half of a ref, in bytes.
const maxName = 200

// ParseRef reads collection/id or collection; the id may have slashes. Invalid if it is neither.
func ParseRef(text string) (Ref, error) {
	s := strings.TrimSpace(text)
	collection, id, hasID := strings.Cut(s, "/")
	if !isName(collection) || hasID && !isName(strings.ReplaceAll(id, "/", "-")) {
		return Ref{}, geo.Invalidf("", "%q does not name a feature or a collection", clip(text)).
			Try("write collection/id, for example zones/kik, or the id of a collection")
	}
	return Ref{collection, id}, nil
}

func isName(s string) bool {
	if s == "" || len(s) > maxName || !utf8.ValidString(s) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r == '/' || r == ',' || r == ';' || r == 0x7f || r == 0xA0
	})
}

// ParseSources reads the places that a question starts from: refs separated by
// commas (zones/kik,zones/kib), whole collections (zones), or a point as
// lon,lat; several points, or points and refs, are separated by semicolons.
//
// Home bounds the data served, lon and lat; it tells a position whose numbers
// are swapped, which is refused with the remedy. Pass an empty bound if unknown.
func ParseSources(text string, home orb.Bound) ([]Source, error) {
	if !utf8.ValidString(text) {
		return nil, geo.Invalidf("", "the text is not valid UTF-8").Try("percent-encode the text as UTF-8")
	}
	var all []Source
	for _, piece := range strings.Split(text, ";") {
		if isPoint(piece) {
			p, err := ParsePoint(piece, home)
			if err != nil {
				return nil, err
			}
			all = append(all, Source{Geometry: p})
		} else {
			for _, name := range strings.Split(piece, ",") {
				ref, err := ParseRef(name)
				if err != nil {
					return nil, err
				}
				all = append(all, Source{Ref: ref})
			}
		}
		if len(all) > MaxOrigins {
			return nil, geo.Errorf(geo.TooLarge, "more than %d places are named", MaxOrigins).Try("name fewer")
		}
	}
	return all, nil
}

// isPoint reports whether the text is meant as a position: it begins like a number
// and every part between commas does.
func isPoint(text string) bool {
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" || !strings.ContainsRune("0123456789+-.", rune(part[0])) {
			return false
		}
		if strings.Contains(part, "/") {
			return false
		}
	}
	return true
}

// ParsePoint reads lon,lat in degrees. It refuses a position out of range, and
// one outside home that would lie in it with its numbers swapped.
func ParsePoint(text string, home orb.Bound) (orb.Point, error) {
	const form = "write longitude,latitude in degrees, for example 116.79,-1.17"
	parts := strings.Split(text, ",")
	if len(parts) != 2 {
		return orb.Point{}, geo.Invalidf("", "%q is not a position: it has %d numbers", clip(text), len(parts)).Try(form)
	}
	var p orb.Point
	for i, part := range parts {
		part = strings.TrimSpace(part)
		v, err := strconv.ParseFloat(part, 64)
		if err != nil || strings.Trim(part, "0123456789.eE+-") != "" {
			return orb.Point{}, geo.Invalidf("", "%q is not a number of degrees", clip(part)).Try(form)
		}
		p[i] = v + 0 // no negative zero
	}
	return p, CheckPoint(p, home)
}

// CheckPoint refuses a position (lon, lat) out of range, and one that lies
// outside home and in it with its numbers swapped.
func CheckPoint(p orb.Point, home orb.Bound) error {
	swapped := orb.Point{p[1], p[0]}
	inRange := p[0] >= -180 && p[0] <= 180 && p[1] >= -90 && p[1] <= 90
	around := home.Pad(1)
	if !home.IsEmpty() && !around.Contains(p) && around.Contains(swapped) || !inRange && swapped[0] >= -180 && swapped[0] <= 180 && swapped[1] >= -90 && swapped[1] <= 90 {
		return geo.Invalidf("", "the position %g,%g looks like latitude,longitude", p[0], p[1]).
			Try("write longitude first: %g,%g", swapped[0], swapped[1])
	}
	if !inRange {
		return geo.Invalidf("", "the position %g,%g lies outside the range of longitude and latitude", p[0], p[1]).
			Try("give a longitude from -180 to 180 and a latitude from -90 to 90")
	}
	return nil
}
