package postgis_test

import (
	"testing"

	"kawasan/geo"
)

// Whatever a change to a table is made through, it is seen, or the table is not taken to be followed.
func TestChangesByEveryWay(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE TABLE kawasan.parted (id int, k int, geom geometry(Point, 4326), PRIMARY KEY (id)) PARTITION BY RANGE (id);
		CREATE TABLE kawasan.parted_1 PARTITION OF kawasan.parted FOR VALUES FROM (0) TO (100);
		CREATE SCHEMA elsewhere;
		CREATE TABLE elsewhere.parted_2 PARTITION OF kawasan.parted FOR VALUES FROM (100) TO (200);
		CREATE TABLE kawasan.parent (id int PRIMARY KEY, geom geometry(Point, 4326));
		CREATE TABLE kawasan.heir (PRIMARY KEY (id)) INHERITS (kawasan.parent);
		CREATE TABLE kawasan.other (id text PRIMARY KEY, name text, geom geometry(Point, 4326)); INSERT INTO kawasan.other VALUES ('a', 'x', ST_Point(116, -1, 4326))`)
	store := openStore(t, options)
	changes := feed(t, store)
	published := func(collection string) geo.Version {
		catalogue, _ := store.Catalogue(t.Context())
		c, err := catalogue.Collection(collection)
		if err != nil {
			return 0
		}
		return c.Version
	}
	// seen waits until reads are promised to be followed, and gives the version then.
	seen := func(collection string, after geo.Version) geo.Version {
		t.Helper()
		for {
			if v := published(collection); v > after {
				return v
			}
			await(t, changes, collection)
		}
	}
	for _, step := range []struct{ collection, sql string }{
		{"parted", `INSERT INTO kawasan.parted VALUES (1, 1, ST_Point(116, -1, 4326)), (150, 1, ST_Point(116, -1, 4326))`},
		{"parted", `INSERT INTO kawasan.parted_1 VALUES (2, 1, ST_Point(116, -1, 4326))`},
		{"parted", `UPDATE elsewhere.parted_2 SET k = 2`},
		{"parted", `UPDATE kawasan.parted SET id = id + 40`},
		{"parted", `ALTER TABLE kawasan.parted DETACH PARTITION elsewhere.parted_2`},
		{"parted", `ALTER TABLE kawasan.parted ATTACH PARTITION elsewhere.parted_2 FOR VALUES FROM (100) TO (300)`},
		{"parted", `TRUNCATE elsewhere.parted_2`},
		{"ports", `SET session_replication_role = replica; UPDATE kawasan.ports SET status = 'listed' WHERE id = 'kkt'`},
		{"ports", `BEGIN; ALTER TABLE kawasan.ports DISABLE TRIGGER USER; DELETE FROM kawasan.ports WHERE id = 'kkt'; ALTER TABLE kawasan.ports ENABLE TRIGGER USER; COMMIT`},
		{"ports", `BEGIN; DROP TRIGGER kawasan_delete ON kawasan.ports; DELETE FROM kawasan.ports WHERE id = 'maloy'; COMMIT`},
		{"ports", `BEGIN; ALTER TABLE kawasan.ports RENAME TO ports_old; ALTER TABLE kawasan.other RENAME TO ports; COMMIT`},
		{"ports", `ALTER TABLE kawasan.ports RENAME COLUMN id TO code`},
	} {
		before := seen(step.collection, 0)
		exec(t, options, step.sql)
		seen(step.collection, before)
	}
	before := published("ports")
	exec(t, options, `INSERT INTO kawasan.ports (code) VALUES ('b')`)
	seen("ports", before)
	exec(t, options, `ALTER TABLE kawasan.towns DISABLE TRIGGER USER`)
	for published("towns") != 0 {
		await(t, changes, "towns")
	}
	catalogue, err := store.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if towns, err := catalogue.Collection("towns"); err != nil || !towns.Modified.IsZero() {
		t.Errorf("towns: got a time of change %v, err %v; want none, since changes can't be seen", towns.Modified, err)
	}
	for _, name := range []string{"parent", "heir"} {
		if v := published(name); v != 0 {
			t.Errorf("%s: got version %d of a table whose changes can't be seen", name, v)
		}
	}
}

// A writer of features gets no more rights by what the triggers look up.
func TestTriggersUseNoNamesOfTheWriter(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `CREATE SCHEMA trap; CREATE TABLE trap.sprung (who text);
		CREATE FUNCTION trap.array_agg(x text) RETURNS text[] LANGUAGE plpgsql AS $$ BEGIN INSERT INTO trap.sprung VALUES (current_user); RETURN ARRAY[x]; END $$;
		CREATE FUNCTION trap.pg_notify(a text, b text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO trap.sprung VALUES (current_user); END $$;
		SET search_path = trap, pg_catalog, public;
		DELETE FROM kawasan.ports WHERE id = 'kkt';
		SET search_path = kawasan, public, pg_catalog;
		DO $$ BEGIN IF EXISTS (SELECT FROM trap.sprung) THEN RAISE 'a function of the writer ran with the rights of the owner'; END IF; END $$`)
}
