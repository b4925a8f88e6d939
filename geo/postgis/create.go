package postgis

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
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

// copyFeatures streams features into their table.
func copyFeatures(ctx context.Context, tx pgx.Tx, c *geo.Collection, features iter.Seq2[*geo.Feature, error]) (int64, error) {
	columns := []string{"id"}
	for _, p := range c.Properties {
		columns = append(columns, p.Name)
	}
	if c.GeometryType != "" {
		columns = append(columns, "geom")
	}
	next, stop := iter.Pull2(features)
	defer stop()
	row := make([]any, 0, len(columns))
	var failed error // of the source: the driver would hand it on as the server's
	source := pgx.CopyFromFunc(func() ([]any, error) {
		f, err, ok := next()
		if err != nil || !ok {
			failed = err
			return nil, err
		}
		row = append(row[:0], f.ID)
		for i := range c.Properties {
			var v any
			if i < len(f.Values) {
				v = forCopy(f.Values[i])
			}
			row = append(row, v)
		}
		if c.GeometryType != "" {
			geometry, err := withSRID(f.WKB)
			if err != nil {
				failed = fmt.Errorf("feature %s: %w", f.ID, err)
				return nil, failed
			}
			row = append(row, geometry)
		}
		return row, nil
	})
	n, err := tx.CopyFrom(ctx, pgx.Identifier{Schema, c.ID}, columns, source)
	if failed != nil {
		return 0, failed
	}
	return n, err
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
