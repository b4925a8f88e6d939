package postgis

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"kawasan/geo"
)

// copying streams features into a table as rows: the id, some of the properties, the
// geometry. The driver's own COPY can't be told to freeze, and makes each value anew.
type copying struct {
	collection *geo.Collection
	columns    []int // properties, by their place
	geometry   bool
	integerID  bool

	unlocated int64 // rows without a geometry so far

	types  *pgtype.Map
	fields []copyField
	rows   []byte // encoded and not yet read
	read   int    // of rows
}

// copyField is a column of the table, with the way in which its last value was encoded.
type copyField struct {
	oid  uint32
	kind reflect.Type
	plan pgtype.EncodePlan
}

// What COPY in binary form begins and ends with; see the page of COPY in PostgreSQL's manual.
const (
	copyHead = "PGCOPY\n\xff\r\n\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00"
	copyEnd  = "\xff\xff"
)

// into streams the features into a table that this transaction has made, and gives their
// number. The rows are frozen: written once as everybody may see them, they need no second
// writing by whoever reads them first, nor by VACUUM. Nobody sees the table before the
// transaction ends, so nobody sees them too early.
func (r *copying) into(ctx context.Context, conn *pgx.Conn, table pgx.Identifier, columns []string, features iter.Seq2[*geo.Feature, error]) (int64, error) {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = quote(c)
	}
	list := strings.Join(names, ", ")
	described, err := conn.PgConn().Prepare(ctx, "", "SELECT "+list+" FROM "+table.Sanitize(), nil)
	if err != nil {
		return 0, err
	}
	r.types, r.fields = conn.TypeMap(), make([]copyField, len(described.Fields))
	for i, f := range described.Fields {
		r.fields[i].oid = f.DataTypeOID
	}
	next, stop := iter.Pull2(features)
	r.rows = append(r.rows[:0], copyHead...)
	stream := &copyStream{rows: r, next: next}
	defer stream.close(stop)
	tag, err := conn.PgConn().CopyFrom(ctx, stream, "COPY "+table.Sanitize()+" ("+list+") FROM STDIN (FORMAT binary, FREEZE)")
	if failed := stream.fault(); failed != nil { // the driver would hand it on as the server's
		return 0, failed
	}
	return tag.RowsAffected(), err
}

// copyStream reads as the rows of features.
type copyStream struct {
	rows  *copying
	next  func() (*geo.Feature, error, bool)
	ended bool

	// reading is held while the source is asked: where the connection breaks, the driver comes
	// back while it still reads.
	reading sync.Mutex
	closed  bool
	failed  error // of the source of the features
}

// close ends the reading, and then the source.
func (s *copyStream) close(stop func()) {
	s.reading.Lock()
	defer s.reading.Unlock()
	s.closed = true
	stop()
}

// fault gives the error of the source; nil if it has none.
func (s *copyStream) fault() error {
	s.reading.Lock()
	defer s.reading.Unlock()
	return s.failed
}

// Read implements io.Reader.
func (s *copyStream) Read(p []byte) (int, error) {
	s.reading.Lock()
	defer s.reading.Unlock()
	r := s.rows
	if s.failed != nil {
		return 0, s.failed
	}
	if s.closed {
		return 0, io.ErrClosedPipe
	}
	for len(r.rows)-r.read < len(p) && !s.ended {
		if r.read > 0 {
			r.rows, r.read = append(r.rows[:0], r.rows[r.read:]...), 0
		}
		f, err, ok := s.next()
		switch {
		case err == nil && ok:
			err = r.add(f)
		case err == nil:
			s.ended, r.rows = true, append(r.rows, copyEnd...)
		}
		if err != nil {
			s.failed = err
			return 0, err
		}
	}
	n := copy(p, r.rows[r.read:])
	if r.read += n; n == 0 && s.ended {
		return 0, io.EOF
	}
	return n, nil
}

// add appends the row of a feature.
func (r *copying) add(f *geo.Feature) error {
	r.rows = binary.BigEndian.AppendUint16(r.rows, uint16(len(r.fields)))
	var id any = f.ID
	if r.integerID {
		n, err := strconv.ParseInt(f.ID, 10, 64)
		if err != nil {
			return geo.Errorf(geo.Invalid, "the id %q is no integer", f.ID).Because(err)
		}
		id = n
	}
	if err := r.value(0, id); err != nil {
		return err
	}
	for k, i := range r.columns {
		var v any
		if i < len(f.Values) {
			v = forCopy(f.Values[i])
		}
		if err := r.value(k+1, v); err != nil {
			return fmt.Errorf("feature %s: %s: %w", f.ID, r.collection.Properties[i].Name, err)
		}
	}
	if !r.geometry {
		return nil
	}
	if len(f.WKB) == 0 {
		r.unlocated++
		r.rows = append(r.rows, noValue...)
		return nil
	}
	err := r.sized(func(dst []byte) ([]byte, error) { return appendWithSRID(dst, f.WKB) })
	if err != nil {
		return fmt.Errorf("feature %s: %w", f.ID, err)
	}
	return nil
}

// noValue stands for null.
const noValue = "\xff\xff\xff\xff"

// value appends the value of a column, encoded as its type wants it.
func (r *copying) value(k int, v any) error {
	if v == nil {
		r.rows = append(r.rows, noValue...)
		return nil
	}
	field := &r.fields[k]
	if s, ok := v.(string); ok && field.oid == pgtype.TextOID {
		r.rows = append(binary.BigEndian.AppendUint32(r.rows, uint32(len(s))), s...)
		return nil
	}
	if kind := reflect.TypeOf(v); kind != field.kind {
		field.kind, field.plan = kind, r.types.PlanEncode(field.oid, pgtype.BinaryFormatCode, v)
		if field.plan == nil {
			return fmt.Errorf("a %v can't be stored in a column of the type %d", kind, field.oid)
		}
	}
	return r.sized(func(dst []byte) ([]byte, error) { return field.plan.Encode(v, dst) })
}

// sized appends what encode does, behind its length.
func (r *copying) sized(encode func(dst []byte) ([]byte, error)) error {
	start := len(r.rows)
	out, err := encode(append(r.rows, noValue...))
	if err != nil {
		return err
	}
	binary.BigEndian.PutUint32(out[start:], uint32(len(out)-start-len(noValue)))
	r.rows = out
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
		return nil, geo.Errorf(geo.Invalid, "%d bytes are no geometry", len(wkb))
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
