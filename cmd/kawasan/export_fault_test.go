package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo/format"
	"kawasan/geo/localpg/pgtest"
)

// A database that dies in the middle of an export: of each format, over HTTP and
// on the command line, what has come is never taken for a whole file, and nothing
// is left over. The connection that reads the 2,900th of 3,000 rows is ended by the
// row itself.
func TestDatabaseDiesDuringExport(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	// Rows then come in the order of the index, each word made when its row is sent
	// (and not before, since it claims to depend on nothing).
	byHand(t, dsn, `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET enable_sort = off', current_database()); END $$`)
	temporary := t.TempDir()
	r := start(t, "--database-url", dsn, "--memory", "0", "--export-dir", temporary)
	byHand(t, dsn, `CREATE TABLE public.doom (armed boolean)`, `INSERT INTO public.doom VALUES (false)`,
		`CREATE FUNCTION public.word(i int) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
			IF i = 2900 AND (SELECT armed FROM public.doom) THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60); END IF;
			RETURN repeat(md5(i::text), 60); END $$`,
		`CREATE TABLE public.places AS SELECT i, 'p-' || lpad(i::text, 6, '0') AS id, ST_Buffer(ST_SetSRID(ST_MakePoint(116 + i / 1e4, i % 100 / 1e2), 4326), 0.001)::geometry(Polygon, 4326) AS geom FROM generate_series(1, 3000) i`,
		`CREATE UNIQUE INDEX ON public.places (id COLLATE "C")`, `CREATE INDEX ON public.places USING gist (geom)`,
		`CREATE VIEW kawasan.doomed AS SELECT id, public.word(i) AS name, geom FROM public.places`)
	eventually(t, "the view", func() (bool, string) {
		response, body := r.get(t, "/collections/doomed/items?limit=1")
		return response.StatusCode == http.StatusOK, string(body)
	})
	byHand(t, dsn, `UPDATE public.doom SET armed = true`)
	cut := map[string]bool{}
	for _, f := range format.All() {
		t.Run(f.Name, func(t *testing.T) {
			dir := t.TempDir()
			code, _, problems := command(t, t.Context(), dsn, "export", "doomed", "-o", filepath.Join(dir, "x"), "-f", f.Name)
			if left, _ := os.ReadDir(dir); code == 0 || len(left) > 0 || problems == "" || strings.Contains(problems, "SQLSTATE") {
				t.Errorf("the command ends with %d, leaves %v and says %s", code, left, problems)
			}
			response, err := http.Get(r.url + "/collections/doomed/items?f=" + f.Name)
			if err != nil {
				return // cut before the headers left
			}
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			switch {
			case response.StatusCode == http.StatusOK && err == nil:
				t.Errorf("%d bytes look complete", len(body))
			case err == nil && (response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Content-Type") != "application/problem+json" || response.Header.Get("Content-Disposition") != ""):
				t.Errorf("got %d %v %.300s", response.StatusCode, response.Header, body)
			}
			if response.StatusCode == http.StatusOK && len(body) > 0 {
				cut[f.Name] = true
			}
		})
	}
	for _, name := range []string{"geojson", "geojsonseq", "ndjson", "csv", "kml"} { // larger than what is held back
		if !cut[name] {
			t.Errorf("%s: nothing came before the end", name)
		}
	}
	// The server's own folder stays as long as it runs, with its lock alone.
	if left, _ := filepath.Glob(filepath.Join(temporary, "*", "*")); len(left) != 1 || filepath.Base(left[0]) != scratchLock {
		t.Errorf("%v are left over", left)
	}
	byHand(t, dsn, `UPDATE public.doom SET armed = false`)
	response, body := r.get(t, "/collections/doomed/items?f=csv")
	if lines := strings.Count(string(body), "\n"); response.StatusCode != http.StatusOK || lines != 3001 {
		t.Errorf("after that: %d with %d lines", response.StatusCode, lines)
	}
}
