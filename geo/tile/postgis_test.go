package tile_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

// PostGIS puts the same features into a tile, but those it finds too small.
func TestAsPostGIS(t *testing.T) {
	t.Parallel()
	l := plantations(1500)
	connection := stored(t, l)
	maker := tile.NewMaker(geotest.NewReader(l), tile.Options{})
	r := rand.New(rand.NewPCG(5, 6))
	compared := 0
	inside := orb.Bound{Max: orb.Point{tile.Extent, tile.Extent}}
	for z := 4; z <= 16; z++ {
		for range 6 {
			a := randomTile(r, z, z)
			ours := decode(t, mustMake(t, maker, a, "plantations").Data)["plantations"]
			theirs := decode(t, asMVT(t, connection, a))["plantations"]
			if theirs == nil {
				continue
			}
			for _, f := range theirs.Features {
				g := byID(ours, fmt.Sprint(f.Properties["id"]))
				if g == nil {
					// Ours need more than a touch of the margin.
					if b := f.Geometry.Bound(); b.Max[0]-b.Min[0] > 8 && b.Max[1]-b.Min[1] > 8 {
						t.Errorf("z%d: PostGIS shows %v in %v, we don't", z, f.Properties["id"], b)
					}
					continue
				}
				one, other := f.Geometry.Bound(), g.Geometry.Bound()
				if !inside.Contains(one.Min) || !inside.Contains(one.Max) {
					continue // cut at the margin, where a steep edge leaves some units further on
				}
				compared++
				for i, d := range []float64{one.Min[0] - other.Min[0], one.Min[1] - other.Min[1], one.Max[0] - other.Max[0], one.Max[1] - other.Max[1]} {
					if math.Abs(d) > 8 {
						t.Errorf("z%d: side %d of %v is %.0f units from where PostGIS has it", z, i, f.Properties["id"], d)
					}
				}
			}
		}
	}
	if compared < 500 {
		t.Errorf("only %d features were compared", compared)
	}
}
