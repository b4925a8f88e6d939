package quality

import (
	"context"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// storedAreas is how many stored features at most are compared to find swapped Mercators.
const storedAreas = 100_000

// swapped looks for new features that would lie on stored ones, of whatever
// collection, had their file been read in World Mercator (3395) instead of Web
// Mercator (3857), or the other way round: the mistake in published files of IKN.
func (n *neighbourhood) swapped(ctx context.Context) error {
	o := n.judge.o
	if o.Stored == nil || o.Judged {
		return nil
	}
	catalogue, err := o.Stored.Catalogue(ctx)
	if err != nil {
		return err
	}
	all := n.tree.levels[len(n.tree.levels)-1][0]
	shift := 0.03 // degrees, more than the two Mercators differ in the province
	around := orb.Bound{Min: orb.Point{all.Min[0], all.Min[1] - shift}, Max: orb.Point{all.Max[0], all.Max[1] + shift}}
	looked := 0
	for _, c := range catalogue.Collections {
		if !strings.Contains(c.GeometryType, "Polygon") || c.Count > storedAreas {
			continue
		}
		err := n.swappedWith(ctx, c, around, &looked)
		if err != nil || looked > storedAreas {
			return err
		}
	}
	return nil
}

func (n *neighbourhood) swappedWith(ctx context.Context, c *geo.Collection, around orb.Bound, looked *int) error {
	s, err := n.judge.o.Stored.Open(ctx, geo.Query{Collection: c.ID, Bounds: []orb.Bound{around}})
	if err != nil {
		return err
	}
	defer s.Close()
	for f, err := range s.Features() {
		if err != nil {
			return err
		}
		if *looked++; *looked > storedAreas {
			return nil
		}
		g, err := decode(f.WKB)
		if err != nil || g.empty() {
			continue
		}
		n.swappedLike(f, spreadOf(g).bound)
	}
	return nil
}

// swappedLike compares the boxes of the new features with that of a stored one.
func (n *neighbourhood) swappedLike(f *geo.Feature, there orb.Bound) {
	for _, world := range []bool{true, false} {
		// Where the stored one would lie had it been read wrongly: there the new one is.
		wrong := orb.Bound{Min: mercatorSwapped(there.Min, !world), Max: mercatorSwapped(there.Max, !world)}
		shift := math.Max(apartBy(there.Min, wrong.Min), apartBy(there.Max, wrong.Max))
		if shift < 20 {
			continue // too near the equator to tell
		}
		n.tree.search(wrong, func(k int) bool {
			own := n.judge.spool.list[k].bound
			off := math.Max(apartBy(own.Min, wrong.Min), apartBy(own.Max, wrong.Max))
			if off < math.Min(150, shift/4) {
				n.tellSwapped(k, f, world, shift)
			}
			return true
		})
	}
}

// tellSwapped says so once for each new feature.
func (n *neighbourhood) tellSwapped(k int, f *geo.Feature, world bool, shift float64) {
	if n.told[k] {
		return
	}
	own, err := n.feature(k)
	if err != nil {
		return // the next look at it says so
	}
	n.told[k] = true
	right, wrong := 3395, 3857
	if !world {
		right, wrong = wrong, right
	}
	i := Issue{Rule: mercatorsSwapped, Collection: n.judge.o.Collection.ID, Feature: own.id, Name: own.name, Row: own.row, Place: n.anywhere(own), Other: f.Ref(), Severity: Warning}
	i.Message = say("read in EPSG:%d instead of EPSG:%d it would lie on %s, %s m away", "bila dibaca dalam EPSG:%d, bukan EPSG:%d, fitur ini akan berimpit dengan %s, bergeser %s m", right, wrong, shown(f.Ref(), 60), figure(shift))
	i.Remedy = say("--crs EPSG:%d, if the coordinates of the file are in World Mercator or Web Mercator", "--crs EPSG:%d, bila koordinat berkas dalam World Mercator atau Web Mercator", right)
	n.judge.report.add(i, true)
}

func mercatorSwapped(p orb.Point, toWorld bool) orb.Point {
	lon, lat := crs.MercatorSwap(p[0], p[1], toWorld)
	return orb.Point{lon, lat}
}

// apartBy is the distance of two near positions in metres.
func apartBy(a, b orb.Point) float64 {
	m := newPlane(a)
	p := m.metres(b)
	return math.Hypot(p[0], p[1])
}
