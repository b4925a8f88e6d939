package intake

import (
	"strings"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/wkb"
)

// system is the reference system taken for a file.
type system struct {
	crs *crs.CRS
}

// systemOf decides which system the coordinates of a part are in.
func (r *run) systemOf(p *part) (system, error) {
	switch {
	case r.o.CRS != nil:
		if p.layer.CRS != nil && p.layer.CRS.EPSG != r.o.CRS.EPSG {
			r.out.note("%s says that its coordinates are in %s; %s is taken, as was asked for", "%s menyebut koordinatnya dalam %s; yang dipakai %s, sesuai permintaan", p.input.Name, p.layer.CRS.Code, r.o.CRS.Code)
		}
		return system{r.o.CRS}, nil
	case p.layer.CRS != nil:
		return system{p.layer.CRS}, nil
	case p.layer.GeometryType == "":
		return system{crs.CRS84()}, nil
	}
	box, err := r.sample(p)
	if err != nil {
		return system{}, err
	}
	e := geo.Invalidf("crs", "%s doesn't say which reference system its coordinates are in", p.input.Name)
	if p.layer.CRSFault != nil {
		why, _ := geo.AsError(p.layer.CRSFault).Said()
		e = geo.Invalidf("crs", "%s: %s", p.input.Name, why)
	}
	if found := candidates(box); len(found) > 0 {
		return system{}, e.Try("--crs with the right one; the first coordinates would lie in East Kalimantan in %s", strings.Join(found, ", "))
	}
	return system{}, e.Try("--crs with the right one; the first coordinates (%.2f, %.2f) lie in East Kalimantan in none of those known here", box.MinX, box.MinY)
}

// sampled is how many features are looked at to guess a system.
const sampled = 200

// sample bounds the first coordinates as they stand in the file.
func (r *run) sample(p *part) (wkb.Box, error) {
	box := wkb.EmptyBox()
	n := 0
	for f, err := range p.source.Features(r.ctx, p.index) {
		if err != nil {
			return box, err
		}
		if b, err := wkb.Bounds(f.WKB); err == nil && len(f.WKB) > 0 {
			box.Union(b)
		}
		if n++; n == sampled {
			break
		}
	}
	return box, nil
}

// shownCandidates is how many systems are named.
const shownCandidates = 6

// candidates names the systems in which the box would lie in East Kalimantan.
func candidates(box wkb.Box) []string {
	if box.IsEmpty() {
		return nil
	}
	var list []string
	for _, c := range crs.Guess(crs.Box(box)) {
		if c.Swapped {
			continue // coordinates have longitude or easting first
		}
		if list = append(list, c.CRS.Code+" ("+c.CRS.Name+")"); len(list) == shownCandidates {
			break
		}
	}
	return list
}
