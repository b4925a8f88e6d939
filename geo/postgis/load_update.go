package postgis

import (
	"context"
	"fmt"

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
	add, change, gone := s.compare(known, taken, done)
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

// compare holds the rows shipped now against what was loaded and what is there, and notes what becomes of each.
func (s shippedSet) compare(known map[string]standing, taken map[string]bool, done *Loaded) (add, change []shippedRow, gone []string) {
	prefix, shipped := s.collection.ID+"/", map[string]bool{}
	for _, r := range s.rows {
		shipped[r.id] = true
		before, was := known[r.id]
		switch {
		case !was && taken[r.id], was && before.hash != r.hash && before.isEdited():
			done.Kept = append(done.Kept, prefix+r.id)
		case !was:
			add, done.Added = append(add, r), append(done.Added, prefix+r.id)
		case before.hash != r.hash:
			change, done.Updated = append(change, r), append(done.Updated, prefix+r.id)
		}
	}
	for id, before := range known {
		switch {
		case shipped[id] || before.now == nil:
		case before.isEdited():
			done.Kept = append(done.Kept, prefix+id)
		default:
			gone, done.Removed = append(gone, id), append(done.Removed, prefix+id)
		}
	}
	return add, change, gone
}

// isEdited reports whether somebody has changed the row since the load, or removed it.
func (s standing) isEdited() bool { return s.now == nil || *s.now != s.revision }

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
