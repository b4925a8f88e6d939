package pgtest

import "testing"

// What a process left that was ended while it dropped a template can still be
// dropped; it must not stop those that come after.
func TestHalfDroppedTemplatesGo(t *testing.T) {
	t.Parallel()
	s := lease(t)
	s.mu.Lock()
	defer s.mu.Unlock()
	const name = "template_1_1_halfdropped" // of the process 1 at another start: no longer alive
	for _, sql := range []string{
		"drop database if exists " + name,
		"create database " + name + " template template0",
		"update pg_database set datconnlimit = -2 where datname = '" + name + "'",
	} {
		if _, err := s.conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	if err := s.dropStale(t.Context()); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := s.conn.QueryRow(t.Context(), "select count(*) from pg_database where datname = $1", name).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d are left, %v", left, err)
	}
}
