package postgis

import (
	"context"
	"errors"
	"regexp"

	"github.com/jackc/pgx/v5/pgconn"

	"kawasan/geo"
	"kawasan/geo/intake"
)

// copyLine finds the number of the row in what PostgreSQL says of a COPY.
var copyLine = regexp.MustCompile(`COPY [^,]+, line (\d+)`)

// importFault turns a refusal of the database into an error about the features.
func importFault(ctx context.Context, err error, load intake.Load) error {
	var known *geo.Error
	var pg *pgconn.PgError
	if errors.As(err, &known) || !errors.As(err, &pg) {
		if known == nil && ctx.Err() == nil && !lost(err) {
			return err // of the source of the features: its own
		}
		return queryFault(ctx, err)
	}
	fault := func(code geo.Code, format string, args ...any) *geo.Error {
		e := geo.Errorf(code, format, args...)
		if m := copyLine.FindStringSubmatch(pg.Where); m != nil {
			what, _ := e.Said()
			e = e.Saying("feature %s: %s", m[1], what)
		}
		e.Place.Collection = load.Collection.ID
		return e.Because(err)
	}
	exists := func() error {
		return fault(geo.Conflict, "there is a collection %q already", load.Collection.ID).Try("another name, or --mode append, upsert or replace")
	}
	switch pg.Code {
	case "23505":
		if load.Mode == intake.New && pg.TableName != load.Collection.ID { // of the catalogue: somebody else makes it at this moment
			return exists()
		}
		return fault(geo.Conflict, "an id or another value that must be unique occurs twice").Try("--id with a column that is different in each row, or --id %s", intake.RowNumber)
	case "23502":
		return fault(geo.Invalid, "the property %q must have a value", pg.ColumnName).Try("a value in each row")
	case "23514":
		return fault(geo.Invalid, "a value is not one of those that the collection allows").Try("the values that /collections/%s/queryables lists", load.Collection.ID)
	case "23503":
		return fault(geo.Conflict, "a value refers to something that isn't there")
	case "42P07":
		return exists()
	case "42501":
		return fault(geo.Unauthorised, "the database user may not change the collection").Try("--writer-url, or --migrator-url for a new collection, with a user who may")
	case "25006":
		return fault(geo.Unavailable, "the database takes no changes: it is a replica, or set to be read only").Try("the same import with the address of the primary")
	case "55P03", "40P01", "40001":
		return fault(geo.Conflict, "somebody else changes the collection at this moment").Try("the same import again in a minute")
	case "53100":
		return fault(geo.Unavailable, "the database has no room left on its disk").Try("more room, then the same import again")
	}
	if pg.Code[:2] == "22" {
		return fault(geo.Invalid, "a value is outside of what the database can hold")
	}
	return queryFault(ctx, err)
}
