package postgis_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/postgis"
)

func TestLoadLeavesEditsAlone(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options,
		// an older shipment of three rows: two untouched since, one edited, one deleted by hand
		`UPDATE kawasan._shipped SET content_hash = 'older' WHERE collection = 'ports' AND id IN ('kkt', 'maloy', 'samarinda')`,
		`UPDATE kawasan.ports SET operator = 'edited' WHERE id = 'maloy'`,
		`DELETE FROM kawasan.ports WHERE id = 'samarinda'`,
		// a row that is no longer shipped
		`INSERT INTO kawasan.ports (id, name, geom) VALUES ('gone', 'Gone', ST_Point(117, 0, 4326))`,
		`INSERT INTO kawasan._shipped VALUES ('ports', 'gone', 'x', 1)`,
		// words of an older shipment, one of them edited
		`UPDATE kawasan._property SET words = '{"public": {"en": "anyone", "id": "siapa pun"}}' WHERE collection = 'ports' AND name = 'access'`)
	done, err := postgis.Load(t.Context(), options, false, nil)
	if err != nil || len(done.Created)+len(done.Updated)+len(done.Kept) != 0 {
		t.Errorf("load without update: got %+v, %v, want nothing done", done, err)
	}
	before, err := openStore(t, options).Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ports, _ := before.Collection("ports")
	access, _ := ports.Property("access")
	if words := access.Words; words["public"].EN != "anyone" || words["company"].EN != "company, for its own use" {
		t.Errorf("words: got %v, want the edited one and the shipped others", words)
	}
	done, err = postgis.Load(t.Context(), options, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := &postgis.Loaded{
		Created: map[string]int{}, Updated: []string{"ports/kkt"}, Removed: []string{"ports/gone"}, Kept: []string{"ports/maloy", "ports/samarinda"},
	}
	if diff := cmp.Diff(want, done); diff != "" {
		t.Errorf("load --update (-want +got):\n%s", diff)
	}
	f, err := geo.FeatureByID(t.Context(), openStore(t, options), "ports", "maloy")
	if err != nil || f.Text("operator") != "edited" {
		t.Errorf("edited row: got operator %q, %v", f.Text("operator"), err)
	}
}

func TestHistoryKeepsWhatWasReplaced(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options,
		`SELECT set_config('kawasan.principal', 'steward', false), set_config('kawasan.reason', 'new decree', false);`,
		`UPDATE kawasan.zones SET status = 'new' WHERE id = 'kik'`, `DELETE FROM kawasan.zones WHERE id = 'kik'`)
	conn, err := pgx.Connect(t.Context(), options.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	rows, err := conn.Query(t.Context(), `SELECT operation, replaced_by, properties->>'status', (properties->>'revision')::int8, ST_NPoints(geom)::int8 FROM kawasan._history WHERE collection = 'zones' ORDER BY entry`)
	if err != nil {
		t.Fatal(err)
	}
	type kept struct {
		Operation, By, Status string
		Revision, Points      int64
	}
	got, err := pgx.CollectRows(rows, pgx.RowToStructByPos[kept])
	if err != nil {
		t.Fatal(err)
	}
	want := []kept{{"update", "steward", "operating, partially built", 1, 205}, {"delete", "steward", "new", 2, 205}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestMigrateTwiceAndRefuseNewer(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	var steps []string
	if err := postgis.Migrate(t.Context(), options, func(s string) { steps = append(steps, s) }); err != nil || len(steps) != 0 {
		t.Errorf("second migration: got steps %v, %v, want none", steps, err)
	}
	if err := postgis.Migrated(t.Context(), options); err != nil {
		t.Errorf("migrated: %v", err)
	}
	exec(t, options, `UPDATE kawasan._schema_version SET version = 999`)
	for name, err := range map[string]error{"migrate": postgis.Migrate(t.Context(), options, nil), "migrated": postgis.Migrated(t.Context(), options)} {
		if !geo.IsCode(err, geo.Conflict) {
			t.Errorf("%s on a newer database: got %v, want a conflict", name, err)
		}
	}
}
