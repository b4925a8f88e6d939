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
		var exists bool
		if err := tx.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL`, quote(Schema)+"."+quote(collection.ID)).Scan(&exists); err != nil {
			return err
		}
		if exists {
			return geo.Errorf(geo.Conflict, "there is a collection %q already", collection.ID).Try("another name")
		}
		if err := createTable(ctx, tx, collection); err != nil {
			return err
		}
		stored, err = copyFeatures(ctx, tx, collection, features)
		return err
	})
	if err != nil {
		return 0, queryFault(ctx, err)
	}
	_, err = conn.Exec(ctx, "ANALYZE "+quote(Schema)+"."+quote(collection.ID))
	return stored, err
}

// copyFeatures streams features into the table of their collection.
func copyFeatures(ctx context.Context, tx pgx.Tx, c *geo.Collection, features iter.Seq2[*geo.Feature, error]) (int64, error) {
	columns := []string{"id"}
	rows := &copying{collection: c, geometry: c.GeometryType != ""}
	for i, p := range c.Properties {
		columns = append(columns, p.Name)
		rows.columns = append(rows.columns, i)
	}
	if rows.geometry {
		columns = append(columns, "geom")
	}
	return rows.into(ctx, tx, pgx.Identifier{Schema, c.ID}, columns, features)
}

// copying makes rows of features: the id, some of the properties, the geometry.
type copying struct {
	collection *geo.Collection
	columns    []int // properties, by their place
	geometry   bool
	integerID  bool
	row        []any
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
		geometry, err := withSRID(f.WKB)
		if err != nil {
			return fmt.Errorf("feature %s: %w", f.ID, err)
		}
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

// withSRID marks WKB as WGS84, the way PostGIS reads it. Nil stays nil.
func withSRID(wkb []byte) ([]byte, error) {
	const header, flag = 5, 0x20000000
	if wkb == nil {
		return nil, nil
	}
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
	out := append(make([]byte, 0, len(wkb)+4), wkb[0])
	out = order.AppendUint32(out, kind|flag)
	rest := wkb[header:]
	if kind&flag != 0 {
		rest = rest[min(4, len(rest)):]
	}
	return append(order.AppendUint32(out, wgs84), rest...), nil
}
