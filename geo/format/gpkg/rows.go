package gpkg

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"io"
	"iter"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// Features reads the rows of a table in their order in the file.
func (r *reader) Features(ctx context.Context, layer int) iter.Seq2[*source.Feature, error] {
	return source.Sequence(func(give func(*source.Feature, error) error) error { return r.each(ctx, r.tables[layer], give) })
}

func (r *reader) each(ctx context.Context, t *readTable, give func(*source.Feature, error) error) error {
	// The rows of the driver itself: those of database/sql copy each geometry once more.
	return r.conn.Raw(func(of any) error {
		conn, ok := of.(driver.QueryerContext)
		if !ok {
			return geo.Errorf(geo.Internal, "the driver of SQLite can't query")
		}
		// Each step is short, so that looking between them is enough; the driver would
		// wait for the context at each.
		rows, err := conn.QueryContext(context.WithoutCancel(ctx), t.selection(), nil)
		if err != nil {
			return r.fault(ctx, err)
		}
		defer func() { _ = rows.Close() }()
		return r.rows(ctx, t, rows, give)
	})
}

func (r *reader) rows(ctx context.Context, t *readTable, rows driver.Rows, give func(*source.Feature, error) error) error {
	at := r.at
	at.Layer = t.name
	cells := make([]driver.Value, t.width())
	for {
		switch err := rows.Next(cells); {
		case err == io.EOF: //nolint:errorlint // as driver.Rows has it
			return nil
		case err != nil:
			return r.fault(ctx, err)
		}
		if at.Feature++; at.Feature > r.limits.Features {
			return at.Errorf(geo.TooLarge, "the layer has more than %d features", r.limits.Features).Try("the same data in several files")
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := give(t.feature(cells, at)); err != nil {
			return err
		}
	}
}

// selection reads the key, the geometry if there is one, and the attributes. The sign +
// takes the declared type off a column, so that the driver hands over what is stored.
func (t *readTable) selection() string {
	columns := []string{"rowid"}
	if t.key != "" {
		columns[0] = "+" + quote(t.key)
	}
	if t.geometry != "" {
		columns = append(columns, "+"+quote(t.geometry))
	}
	for _, name := range t.columns {
		columns = append(columns, "+"+quote(name))
	}
	return "select " + strings.Join(columns, ", ") + " from " + quote(t.name)
}

// width is how many columns selection has.
func (t *readTable) width() int {
	if t.geometry != "" {
		return 2 + len(t.columns)
	}
	return 1 + len(t.columns)
}

// feature makes one of a row, and takes what bytes are in it. What is wrong with it alone
// is a Fault.
func (t *readTable) feature(cells []driver.Value, at source.Place) (f *source.Feature, err error) {
	f = &source.Feature{Number: at.Feature, ID: source.AsText(cells[0]), Values: make([]any, len(t.columns))}
	cells = cells[1:]
	if t.geometry != "" {
		if blob := bytesOf(cells[0]); blob != nil {
			f.WKB, f.Curved, err = t.geometryOf(blob, at)
		}
		cells = cells[1:]
	}
	for i, cell := range cells {
		v, ok := valueOf(cell, t.layer.Properties[i].Type)
		if !ok {
			f.Faults = append(f.Faults, geo.Textf("%q in the column %s is no value of its type, %s", "%q di kolom %s bukan nilai dengan tipenya, %s", shortened(cell), t.columns[i], t.layer.Properties[i].Type))
			continue
		}
		f.Values[i] = v
	}
	return f, err
}

// bytesOf gives what is stored where bytes should be; nil for null.
func bytesOf(cell driver.Value) []byte {
	switch v := cell.(type) {
	case nil:
		return nil
	case []byte:
		return v
	}
	return []byte(source.AsText(cell))
}

// valueOf gives a value of the column's type for what is stored, which in SQLite may be of any.
func valueOf(cell any, t geo.PropertyType) (any, bool) {
	switch v := cell.(type) {
	case string:
		if s := source.Text(v); s != v { // else it need not be put into an interface again
			cell = s
		}
	case []byte:
		cell = source.Text(string(v))
	case float64:
		cell = source.Number(v)
	}
	if t == geo.JSON {
		if s, ok := cell.(string); ok {
			raw, valid := source.JSONValue([]byte(s))
			if !valid {
				return nil, s == ""
			}
			return raw, true
		}
	}
	return source.Convert(cell, t)
}

func shortened(v any) string {
	r := []rune(source.AsText(v))
	if len(r) > 40 {
		r = append(r[:40], '…')
	}
	return string(r)
}

// geometryOf takes the header of the standard off a geometry, in place. Nil for an empty one
// that says so and has nothing behind its header.
func (t *readTable) geometryOf(blob []byte, at source.Place) (out []byte, curved bool, err error) {
	const header = 8
	if len(blob) < header || blob[0] != 'G' || blob[1] != 'P' {
		return nil, false, at.Fault("the geometry has not the form that a GeoPackage gives it", "bentuk geometrinya bukan seperti dalam GeoPackage")
	}
	flags := blob[3]
	envelopes := [8]int{0, 32, 48, 48, 64, -1, -1, -1}
	envelope := envelopes[flags>>1&7]
	switch {
	case flags&(1<<5) != 0:
		return nil, false, at.Fault("the geometry is of a kind that only one program knows (an extended GeoPackage type)", "jenis geometrinya hanya dikenal satu program (tipe GeoPackage yang diperluas)")
	case envelope < 0 || len(blob) < header+envelope:
		return nil, false, at.Fault("the geometry ends within its header", "geometrinya berakhir di dalam kepalanya")
	}
	body := blob[header+envelope:]
	if isSurface(body) {
		return nil, false, at.Fault("the geometry is a surface in space (TIN, polyhedron); ogr2ogr -nlt MULTIPOLYGON makes areas of its faces", "geometrinya permukaan dalam ruang (TIN, polihedron); ogr2ogr -nlt MULTIPOLYGON menjadikan muka-mukanya bidang")
	}
	if out, curved, err = t.layer.Geometry(body); err != nil {
		return nil, false, at.Fault("the geometry can't be read: %s", "geometrinya tidak terbaca: %s", err)
	}
	return out, curved, nil
}

// isSurface reports whether a geometry is one of those in space that are made of faces.
func isSurface(body []byte) bool {
	const smallest, largest = 15, 17 // PolyhedralSurface, TIN, Triangle
	if len(body) < 5 || body[0] != 1 {
		return false
	}
	code := binary.LittleEndian.Uint32(body[1:]) % 1000
	return code >= smallest && code <= largest
}
