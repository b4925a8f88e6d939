package postgis

import (
	"context"
	"iter"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

// Create makes a new collection and fills it, all or nothing, in one
// transaction with one entry in the change log. Features stream through COPY, so
// memory does not grow with their number. It gives the number stored; Conflict if
// the collection exists. The user of the migrator's URL owns the new table.
func Create(ctx context.Context, options Options, collection *geo.Collection, features iter.Seq2[*geo.Feature, error]) (int64, error) {
	conn, err := connect(ctx, options.withDefaults().MigratorURL)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := usePostGIS(ctx, conn); err != nil {
		return 0, err
	}
	var stored int64
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		stored, err = createFilled(ctx, tx, collection, features, func() error { return nil })
		return err
	})
	if err != nil {
		return 0, queryFault(ctx, err)
	}
	_, err = conn.Exec(ctx, "ANALYZE "+quote(Schema)+"."+quote(collection.ID))
	return stored, err
}

// createFilled makes the table of a collection and streams its features into it; Conflict
// if there is one. Key, index and triggers come when the rows are there: that is faster,
// and the rows need not be kept twice for the log, which gets its entry of them at the end.
// An error of settle, which may take its time behind the last feature, undoes all.
func createFilled(ctx context.Context, tx pgx.Tx, c *geo.Collection, features iter.Seq2[*geo.Feature, error], settle func() error) (int64, error) {
	relation := quote(Schema) + "." + quote(c.ID)
	var exists bool
	if err := tx.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL`, relation).Scan(&exists); err != nil {
		return 0, err
	}
	if exists {
		return 0, geo.Errorf(geo.Conflict, "there is a collection %q already", c.ID).Try("another name, or --mode append, upsert or replace")
	}
	if err := createTable(ctx, tx, c); err != nil {
		return 0, err
	}
	columns := []string{"id"}
	rows := &copying{collection: c, geometry: c.GeometryType != ""}
	for i, p := range c.Properties {
		columns = append(columns, p.Name)
		rows.columns = append(rows.columns, i)
	}
	if rows.geometry {
		columns = append(columns, "geom")
	}
	n, err := rows.into(ctx, tx.Conn(), pgx.Identifier{Schema, c.ID}, columns, features)
	if err != nil {
		return 0, err
	}
	if err := finishTable(ctx, tx, c, rows.unlocated == 0); err != nil {
		return 0, err
	}
	if err := settle(); err != nil {
		return 0, err
	}
	if n > 0 {
		_, err = tx.Exec(ctx, `SELECT kawasan._append($1, 'insert', array_agg(id)) FROM `+relation, c.ID)
	}
	return n, err
}
