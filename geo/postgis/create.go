package postgis

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"

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
	n, err := rows.into(ctx, tx, pgx.Identifier{Schema, c.ID}, columns, features)
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

// copying makes rows of features: the id, some of the properties, the geometry.
type copying struct {
	collection *geo.Collection
	columns    []int // properties, by their place
	geometry   bool
	integerID  bool

	unlocated int64  // rows without a geometry so far
	row       []any  // of the last feature, used again,
	bytes     []byte // and its geometry
}

// into streams the rows into a table.
func (r *copying) into(ctx context.Context, tx pgx.Tx, table pgx.Identifier, columns []string, features iter.Seq2[*geo.Feature, error]) (int64, error) {
	next, stop := iter.Pull2(features)
	defer stop()
	var failed error // of the source: the driver would hand it on as the server's
	n, err := tx.CopyFrom(ctx, table, columns, pgx.CopyFromFunc(func() ([]any, error) {
		f, err, ok := next()
		if err == nil && ok {
			err = r.fill(f)
		}
		if err != nil || !ok {
			failed = err
			return nil, err
		}
		return r.row, nil
	}))
	if failed != nil {
		return 0, failed
	}
	return n, err
}

func (r *copying) fill(f *geo.Feature) error {
	r.row = append(r.row[:0], f.ID)
	if r.integerID {
		id, err := strconv.ParseInt(f.ID, 10, 64)
		if err != nil {
			return geo.Errorf(geo.Invalid, "the id %q is no integer", f.ID).Because(err)
		}
		r.row[0] = id
	}
	for _, i := range r.columns {
		var v any
		if i < len(f.Values) {
			v = forCopy(f.Values[i])
		}
		r.row = append(r.row, v)
	}
	if r.geometry {
		if len(f.WKB) == 0 {
			r.unlocated++
			r.row = append(r.row, nil)
			return nil
		}
		geometry, err := appendWithSRID(r.bytes[:0], f.WKB)
		if err != nil {
			return fmt.Errorf("feature %s: %w", f.ID, err)
		}
		r.bytes = geometry
		r.row = append(r.row, geometry)
	}
	return nil
}

// forCopy turns a value of ours into one that the driver encodes.
func forCopy(v any) any {
	switch v := v.(type) {
	case geo.Date:
		return v.Time()
	case json.RawMessage:
		return string(v)
	}
	return v
}

// appendWithSRID appends WKB marked as WGS84, the way PostGIS reads it.
func appendWithSRID(dst, wkb []byte) ([]byte, error) {
	const header, flag = 5, 0x20000000
	if len(wkb) < header {
		return nil, geo.Errorf(geo.Invalid, "a geometry of %d bytes is none", len(wkb))
	}
	var order interface {
		binary.ByteOrder
		binary.AppendByteOrder
	} = binary.LittleEndian
	if wkb[0] == 0 {
		order = binary.BigEndian
	}
	kind := order.Uint32(wkb[1:])
	dst = order.AppendUint32(append(dst, wkb[0]), kind|flag)
	rest := wkb[header:]
	if kind&flag != 0 {
		rest = rest[min(4, len(rest)):]
	}
	return append(order.AppendUint32(dst, wgs84), rest...), nil
}
