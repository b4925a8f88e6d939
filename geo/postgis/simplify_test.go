package postgis_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/simplify"
)

// TestSimplifiedIsValid lets PostGIS judge what is left of shipped geometries at all
// scales: as valid as it was, of the same type, with an area where there was one, and
// within the metres allowed on the ground.
func TestSimplifiedIsValid(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	store := openStore(t, options)
	conn, err := pgx.Connect(t.Context(), options.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	const judge = `SELECT ST_IsValid(s) OR NOT ST_IsValid(w), GeometryType(s) = GeometryType(w), (ST_Area(s) > 0) = (ST_Area(w) > 0),
  coalesce((SELECT max(ST_Distance(d.geom::geography, ST_Segmentize(s, 0.05)::geography)) FROM ST_DumpPoints(w) d WHERE $3), 0)
FROM (SELECT ST_GeomFromWKB($1, 4326) AS s, ST_GeomFromWKB($2, 4326) AS w) x`
	for _, collection := range []string{"regencies", "ikn", "zones", "plantations"} {
		features, _, err := geo.Collect(t.Context(), store, geo.Query{Collection: collection})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range features {
			for name, c := range map[string]struct {
				tolerance simplify.Tolerance
				metres    float64
			}{
				"zoom 0": {simplify.ForZoom(0), 0}, "zoom 5": {simplify.ForZoom(5), 0}, "zoom 8.5": {simplify.ForZoom(8.5), 0}, "zoom 11": {simplify.ForZoom(11), 0},
				"300 m": {simplify.ForMetres(300), 300}, "5 km": {simplify.ForMetres(5000), 5000},
			} {
				out, err := simplify.WKB(f.WKB, c.tolerance)
				if err != nil {
					t.Fatalf("%s: %v", f.Ref(), err)
				}
				var valid, sameType, sameKind bool
				var furthest float64
				if err := conn.QueryRow(t.Context(), judge, out, f.WKB, c.metres > 0 && len(f.WKB) < 20_000).Scan(&valid, &sameType, &sameKind, &furthest); err != nil {
					t.Fatal(err)
				}
				// Holes that can't be seen are left out: their vertices lie further from any line that is left.
				if !valid || !sameType || !sameKind || (c.metres > 0 && furthest > c.metres*1.03+1) {
					t.Errorf("%s, %s: valid %v, type %v, area %v, a vertex is %.0f m away", f.Ref(), name, valid, sameType, sameKind, furthest)
				}
			}
		}
	}
}
