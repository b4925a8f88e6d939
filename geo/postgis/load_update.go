package postgis

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
)

// standing is what the database knows of a shipped row.
type standing struct {
	hash     string
	revision int64  // at the load
	now      *int64 // revision of the row today; nil if it is gone
}

// update brings rows that nobody has edited to what is shipped now.
func (s shippedSet) update(ctx context.Context, tx pgx.Tx, done *Loaded) error {
	relation := quote(Schema) + "." + quote(s.collection.ID)
	if err := describe(ctx, tx, s.collection); err != nil {
		return err
	}
	if err := s.addColumns(ctx, tx); err != nil {
		return err
	}
	known, taken, err := s.standings(ctx, tx)
	if err != nil {
		return err
	}
	var add, change []shippedRow
	for _, r := range s.rows {
		before, was := known[r.id]
		switch {
		case !was && taken[r.id]:
			done.Kept = append(done.Kept, s.collection.ID+"/"+r.id)
		case !was:
			add = append(add, r)
		case before.hash == r.hash:
		case before.now == nil || *before.now != before.revision:
			done.Kept = append(done.Kept, s.collection.ID+"/"+r.id)
		default:
			change = append(change, r)
		}
	}
	var gone []string
	for id, before := range known {
		if slices.ContainsFunc(s.rows, func(r shippedRow) bool { return r.id == id }) || before.now == nil {
			continue
		}
		if *before.now != before.revision {
			done.Kept = append(done.Kept, s.collection.ID+"/"+id)
			continue
		}
		gone = append(gone, id)
	}
	for _, r := range add {
		done.Added = append(done.Added, s.collection.ID+"/"+r.id)
	}
	for _, r := range change {
		done.Updated = append(done.Updated, s.collection.ID+"/"+r.id)
	}
	for _, id := range gone {
		done.Removed = append(done.Removed, s.collection.ID+"/"+id)
	}
	if err := s.insert(ctx, tx, add); err != nil {
		return err
	}
	if err := s.change(ctx, tx, change); err != nil {
		return err
	}
	if len(gone) > 0 {
		if _, err := tx.Exec(ctx, "DELETE FROM "+relation+" WHERE id = ANY($1::text[])", gone); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM kawasan._shipped WHERE collection = $1 AND id = ANY($2::text[])", s.collection.ID, gone); err != nil {
			return err
		}
	}
	return s.replaceUnlocated(ctx, tx)
}

// change overwrites rows in one statement.
func (s shippedSet) change(ctx context.Context, tx pgx.Tx, rows []shippedRow) error {
	if len(rows) == 0 {
		return nil
	}
	relation := quote(Schema) + "." + quote(s.collection.ID)
	sets := ""
	for _, p := range s.collection.Properties {
		sets += quote(p.Name) + " = " + jsonColumn(p) + ", "
	}
	if s.collection.GeometryType != "" {
		sets += "geom = ST_SetSRID(ST_GeomFromGeoJSON(r.geometry), 4326), "
	}
	sql := "UPDATE " + relation + " t SET " + sets[:len(sets)-2] +
		" FROM jsonb_to_recordset($1::jsonb) AS r(id text, geometry text, properties jsonb) WHERE t.id = r.id"
	if _, err := tx.Exec(ctx, sql, s.payload(rows)); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return s.remember(ctx, tx, rows)
}

// addColumns makes the columns that are shipped now and were not when the table was made.
func (s shippedSet) addColumns(ctx context.Context, tx pgx.Tx) error {
	for _, p := range s.collection.Properties {
		var exists bool
		err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = $1::text::regclass AND attname = $2 AND NOT attisdropped)`,
			quote(Schema)+"."+quote(s.collection.ID), p.Name).Scan(&exists)
		if err != nil {
			return err
		}
		if exists {
			continue
		}
		if _, err := tx.Exec(ctx, "ALTER TABLE "+quote(Schema)+"."+quote(s.collection.ID)+" ADD COLUMN "+quote(p.Name)+" "+columnType(p.Type)); err != nil {
			return err
		}
	}
	return nil
}

// standings reads what was shipped before, and which ids are in the table.
func (s shippedSet) standings(ctx context.Context, tx pgx.Tx) (map[string]standing, map[string]bool, error) {
	rows, err := tx.Query(ctx, `SELECT coalesce(h.id, t.id), h.content_hash, h.revision, t.revision
		FROM (SELECT * FROM kawasan._shipped WHERE collection = $1) h FULL JOIN `+quote(Schema)+"."+quote(s.collection.ID)+` t ON t.id = h.id`, s.collection.ID)
	if err != nil {
		return nil, nil, err
	}
	known, taken := map[string]standing{}, map[string]bool{}
	var id string
	var hash *string
	var then, now *int64
	_, err = pgx.ForEachRow(rows, []any{&id, &hash, &then, &now}, func() error {
		if hash != nil && then != nil {
			at := now
			if now != nil {
				at = ptr(*now)
			}
			known[id] = standing{*hash, *then, at}
		}
		taken[id] = taken[id] || now != nil
		return nil
	})
	return known, taken, err
}
