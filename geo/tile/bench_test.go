package tile_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/geotest"
	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/tile"
)

// plantations makes polygons of about 72 vertices, 2 to 8 km across, over the province.
func plantations(n int) *geotest.Layer {
	r := rand.New(rand.NewPCG(1, 2))
	l := geotest.NewLayer("plantations", "Polygon", geotest.Prop("name", geo.String), geotest.Prop("company", geo.String),
		geotest.Prop("commodity", geo.String), geotest.Prop("area_ha", geo.Number), geotest.Prop("year", geo.Integer))
	for i := range n {
		x, y, size := 114+5*r.Float64(), -2.3+4.6*r.Float64(), 0.01+0.03*r.Float64()
		vertices := 60 + r.IntN(25)
		ring := make(orb.Ring, 0, vertices+1)
		for k := range vertices {
			angle := 2 * math.Pi * float64(k) / float64(vertices)
			reach := size * (0.8 + 0.2*math.Sin(3*angle) + 0.05*r.Float64())
			ring = append(ring, orb.Point{x + reach*math.Cos(angle), y + reach*math.Sin(angle)})
		}
		l.Add(fmt.Sprintf("p%06d", i), orb.Polygon{append(ring, ring[0])}, geotest.Values{
			"name": fmt.Sprintf("Kebun %d", i), "company": fmt.Sprintf("PT %d", i%400), "commodity": []string{"palm oil", "rubber"}[i%2],
			"area_ha": math.Round(size * 1e5), "year": int64(1990 + i%30),
		})
	}
	return l
}

// randomTile picks a tile over the data between two zooms.
func randomTile(r *rand.Rand, low, high int) tile.Address {
	return at(orb.Point{114 + 5*r.Float64(), -2.3 + 4.6*r.Float64()}, low+r.IntN(high-low+1))
}

var zoomBands = [][2]int{{6, 8}, {9, 11}, {12, 14}}

// BenchmarkTiles makes random tiles of 20,000 polygons without a cache of
// finished ones: from memory, and by ST_AsMVT over one connection.
func BenchmarkTiles(b *testing.B) {
	l := plantations(20_000)
	maker := tile.NewMaker(geotest.NewReader(l), tile.Options{CacheBytes: -1})
	connection := stored(b, l)
	for _, band := range zoomBands {
		b.Run(fmt.Sprintf("memory/z%d-%d", band[0], band[1]), func(b *testing.B) {
			r := rand.New(rand.NewPCG(3, 4))
			mustMake(b, maker, randomTile(r, band[0], band[1]), "plantations")
			size, dropped := 0, 0
			for b.Loop() {
				t := mustMake(b, maker, randomTile(r, band[0], band[1]), "plantations")
				size += len(t.Data)
				dropped += t.Dropped
			}
			b.ReportMetric(float64(size)/float64(b.N), "B/tile")
			b.ReportMetric(float64(dropped)/float64(b.N), "dropped/tile")
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tiles/s")
		})
		b.Run(fmt.Sprintf("postgis/z%d-%d", band[0], band[1]), func(b *testing.B) {
			r := rand.New(rand.NewPCG(3, 4))
			size := 0
			for b.Loop() {
				size += len(asMVT(b, connection, randomTile(r, band[0], band[1])))
			}
			b.ReportMetric(float64(size)/float64(b.N), "B/tile")
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tiles/s")
		})
	}
}

// stored puts a layer into a database, indexed, and gives a connection to it.
func stored(t testing.TB, l *geotest.Layer) *pgx.Conn {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, pgtest.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(ctx) })
	exec := func(sql string) {
		t.Helper()
		if _, err := c.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	exec(`CREATE TABLE p (id text PRIMARY KEY, wkb bytea, name text, company text, commodity text, area_ha float8, year int8)`)
	rows := make([][]any, 0, len(l.Features))
	for _, f := range l.Features {
		rows = append(rows, append([]any{f.ID, f.WKB}, f.Values...))
	}
	if _, err := c.CopyFrom(ctx, pgx.Identifier{"p"}, []string{"id", "wkb", "name", "company", "commodity", "area_ha", "year"}, pgx.CopyFromRows(rows)); err != nil {
		t.Fatal(err)
	}
	exec(`ALTER TABLE p ADD geom geometry(Polygon, 4326)`)
	exec(`UPDATE p SET geom = ST_GeomFromWKB(wkb, 4326)`)
	exec(`ALTER TABLE p DROP wkb`)
	exec(`CREATE INDEX ON p USING gist (geom)`)
	exec(`VACUUM ANALYZE p`)
	return c
}

// asMVT is what tile servers on PostGIS run.
func asMVT(t testing.TB, c *pgx.Conn, a tile.Address) []byte {
	t.Helper()
	var data []byte
	err := c.QueryRow(context.Background(), `
		WITH b AS (SELECT ST_TileEnvelope($1, $2, $3) AS whole, ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096) AS more),
		r AS (SELECT id, name, company, commodity, area_ha, year,
				ST_AsMVTGeom(ST_Transform(geom, 3857), whole, 4096, 64, true) AS geom
			FROM p, b WHERE geom && ST_Transform(more, 4326))
		SELECT ST_AsMVT(r, 'plantations', 4096, 'geom') FROM r`, a.Zoom, a.Col, a.Row).Scan(&data)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
