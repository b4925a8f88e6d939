// Package pgtest gives tests real PostGIS databases.
//
// One private cluster serves all test packages that run at the same time. The
// first to need it starts it; a small guard process stops it about half a minute
// after the last test process has gone, however that ended. Each database is a
// clone of a template, takes about 0.15 s and is dropped at the test's cleanup.
//
// With KAWASAN_TEST_DATABASE_URL set, the databases are made on that server
// instead; its role must be allowed to create databases and the extension postgis.
package pgtest

import "testing"

// AdminDSN names the server's maintenance database, for tests that ask
// about the server itself.
func AdminDSN(t testing.TB) string {
	t.Helper()
	return lease(t).admin
}

// DSN makes an empty database with PostGIS for this test and drops it at cleanup.
func DSN(t testing.TB) string {
	t.Helper()
	s := lease(t)
	return s.clone(t, s.template(t, "postgis", nil))
}

// Template makes a database for this test as a clone of the named template,
// and drops it at cleanup. The first call of a run with that name makes the
// template: prepare gets the DSN of an empty database with PostGIS and must have
// closed its connections when it returns. Packages of one `go test` run that use
// the same name share the template, so the name must stand for the content.
func Template(t testing.TB, name string, prepare func(dsn string) error) string {
	t.Helper()
	s := lease(t)
	return s.clone(t, s.template(t, name, prepare))
}
