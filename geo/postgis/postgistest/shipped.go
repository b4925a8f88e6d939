// Package postgistest gives tests databases of their own with what Kawasan ships.
package postgistest

import (
	"context"
	"testing"

	"kawasan/geo/localpg/pgtest"
	"kawasan/geo/postgis"
)

// Shipped gives the address of a database of the test's own, with the structure and the
// shipped data. It is a copy of a template that a run of tests makes once.
func Shipped(t testing.TB) string {
	t.Helper()
	return pgtest.Template(t, "shipped", func(dsn string) error {
		options := postgis.Options{URL: dsn}
		if err := postgis.Migrate(context.Background(), options, nil); err != nil {
			return err
		}
		_, err := postgis.Load(context.Background(), options, false, nil)
		return err
	})
}
