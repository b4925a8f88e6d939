package postgis

import (
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"

	"kawasan/geo"
)

// largestExact is the largest integer up to which every one is a float64.
const largestExact = 1 << 53

// widenColumns makes columns of integers take numbers where what came has decimals.
func (i *importing) widenColumns() error {
	for _, k := range i.load.Widened {
		var decimals bool
		if err := i.tx.QueryRow(i.ctx, fmt.Sprintf("SELECT EXISTS (SELECT FROM %s WHERE %[2]s <> trunc(%[2]s) OR abs(%[2]s) > %[3]d)", stage, stageColumn(k), largestExact)).Scan(&decimals); err != nil {
			return err
		}
		if !decimals {
			continue
		}
		if err := i.widen(i.load.Collection.Properties[k].Name); err != nil {
			return err
		}
	}
	return nil
}

// ownColumn is the way out where a column can't be widened.
const ownColumn = "--map COLUMN=another_name, which puts them in a column of their own"

// widen makes one column take numbers, if no integer of it would lose digits.
func (i *importing) widen(name string) error {
	var huge bool
	if err := i.tx.QueryRow(i.ctx, fmt.Sprintf("SELECT EXISTS (SELECT FROM %s WHERE abs(%s::numeric) > %d)", i.target.relation, quote(name), largestExact)).Scan(&huge); err != nil {
		return err
	}
	if huge {
		return geo.Errorf(geo.Conflict, "the file has decimals for the column %q, whose integers of more than 15 digits would lose some as numbers", name).Try(ownColumn)
	}
	if _, err := i.tx.Exec(i.ctx, "ALTER TABLE "+i.target.relation+" ALTER COLUMN "+quote(name)+" TYPE double precision"); err != nil {
		var pg *pgconn.PgError
		if errors.As(err, &pg) && (pg.Code == "0A000" || pg.Code == "42804" || pg.Code == "2BP01" || pg.Code == "42501" || pg.Code == "42883") {
			return geo.Errorf(geo.Conflict, "the file has decimals for the column %q of integers, which can't become one of numbers: a view or a rule uses it, or the database user does not own the table", name).Try(ownColumn).Because(err)
		}
		return err
	}
	t := *i.target
	t.columns = slices.Clone(t.columns)
	for n := range t.columns {
		if c := &t.columns[n]; c.property.Name == name {
			c.property.Type, c.sqlType = geo.Number, castTypeName(geo.Number)
		}
	}
	i.target = &t
	i.stored.Widened = append(i.stored.Widened, name)
	return nil
}
