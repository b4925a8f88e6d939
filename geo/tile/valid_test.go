package tile_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/tile"
)

// rugged makes areas that moving vertices would break: coasts of many small teeth,
// with narrow necks and islands close by, and two parts that share a border.
func rugged(n int) *geotest.Layer {
	r := rand.New(rand.NewPCG(5, 6))
	l := geotest.NewLayer("rugged", "MultiPolygon")
	for i := range n {
		x, y, size := 116+0.4*r.Float64(), -1+0.4*r.Float64(), math.Exp2(-3-7*r.Float64())
		ring := func(reach float64, vertices int) orb.Ring {
			var points orb.Ring
			for k := range vertices {
				angle := 2 * math.Pi * float64(k) / float64(vertices)
				d := reach * size * (0.3 + 0.7*math.Abs(math.Sin(2.5*angle)) + 0.12*r.Float64())
				points = append(points, orb.Point{x + d*math.Cos(angle), y + d*math.Sin(angle)})
			}
			return append(points, points[0])
		}
		vertices := 20 + r.IntN(400)
		shape := orb.MultiPolygon{{ring(1, vertices)}}
		if i%2 == 0 {
			hole := ring(0.25, vertices/3+3)
			hole.Reverse()
			shape[0] = append(shape[0], hole)
		}
		if i%3 == 0 { // an island beyond, which shares a border with another
			w, e, s := x+1.3*size, x+1.6*size, y-0.3*size
			m := orb.Ring{{w, s}, {(w + e) / 2, s}, {(w+e)/2 + 0.02*size, s + 0.3*size}, {(w + e) / 2, s + 0.6*size}, {w, s + 0.6*size}, {w, s}}
			o := orb.Ring{{(w + e) / 2, s}, {e, s}, {e, s + 0.6*size}, {(w + e) / 2, s + 0.6*size}, {(w+e)/2 + 0.02*size, s + 0.3*size}, {(w + e) / 2, s}}
			shape = append(shape, orb.Polygon{m}, orb.Polygon{o})
		}
		l.Add(fmt.Sprintf("r%03d", i), shape, nil)
	}
	return l
}

// Areas in tiles are valid as PostGIS has it, wherever moved vertices and cuts would
// have made rings cross or touch themselves, and their parts meet.
func TestValid(t *testing.T) {
	t.Parallel()
	connection, err := pgx.Connect(t.Context(), pgtest.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close(context.Background()) }()
	shipped := geotest.Shipped(t)
	for _, c := range []struct {
		reader     geo.Reader
		collection string
		around     orb.Point
	}{
		{shipped, "regencies", orb.Point{117.2, -0.6}},
		{shipped, "ikn", orb.Point{116.75, -1.0}},
		{geotest.NewReader(rugged(150)), "rugged", orb.Point{116.2, -0.8}},
		{geotest.NewReader(plantations(2000)), "plantations", orb.Point{116.5, 0.3}},
	} {
		maker := tile.NewMaker(c.reader, tile.Options{MaxTileBytes: 4 << 20})
		areas := 0
		for z := 0; z <= 16; z++ {
			a := at(c.around, z)
			for _, step := range [][2]int{{0, 0}, {0, 1}, {1, 0}, {1, 1}} {
				near := a
				if z > 6 {
					near.Row, near.Col = a.Row+step[0], a.Col+step[1]
				}
				layer := decode(t, mustMake(t, maker, near, c.collection).Data)[c.collection]
				if layer == nil {
					continue
				}
				var shapes [][]byte
				var ids []any
				for _, f := range layer.Features {
					m := polygons(f.Geometry)
					if len(m) == 0 {
						continue
					}
					for _, p := range m {
						for k, ring := range p {
							if want := [...]orb.Orientation{orb.CCW, orb.CW}[min(k, 1)]; ring.Orientation() != want {
								t.Errorf("%s z%d: ring %d of %v runs the wrong way", c.collection, z, k, f.Properties["id"])
							}
						}
					}
					bytes, err := wkb.Marshal(m)
					if err != nil {
						t.Fatal(err)
					}
					shapes, ids = append(shapes, bytes), append(ids, f.Properties["id"])
				}
				areas += len(shapes)
				for i, reason := range faults(t, connection, shapes) {
					t.Errorf("%s z%d, row %d, column %d: %v: %s", c.collection, z, near.Row, near.Col, ids[i], reason)
				}
			}
		}
		if areas < 40 {
			t.Errorf("%s: only %d areas were looked at", c.collection, areas)
		}
	}
}

// faults gives the reasons why shapes are not valid, by their places.
func faults(t *testing.T, c *pgx.Conn, shapes [][]byte) map[int]string {
	t.Helper()
	found := map[int]string{}
	rows, err := c.Query(t.Context(), `
		SELECT at::int - 1, ST_IsValidReason(geom)
		FROM (SELECT at, ST_GeomFromWKB(wkb) AS geom FROM unnest($1::bytea[]) WITH ORDINALITY AS u(wkb, at)) AS s
		WHERE NOT ST_IsValid(geom)`, shapes)
	if err != nil {
		t.Fatal(err)
	}
	var at int
	var reason string
	if _, err := pgx.ForEachRow(rows, []any{&at, &reason}, func() error {
		found[at] = reason
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return found
}
