package parquet

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"

	"github.com/parquet-go/parquet-go"
)

// Source describes files as they are read: Parquet with a column of geometries, as
// WKB or lists of ordinates, and the metadata of GeoParquet, or without geometry.
func Source() source.Format {
	return source.Format{
		Name: "parquet", Extensions: []string{".parquet", ".geoparquet"}, Title: geo.Text{EN: "GeoParquet"},
		Recognises: func(m *source.Member) bool { return strings.HasPrefix(string(m.Head()), "PAR1") },
		Open:       openSource,
	}
}

// largestFooter is how long the metadata at the end may be.
const largestFooter = 64 << 20

type reader struct {
	name    string
	at      source.Place
	limits  source.Limits
	file    *parquet.File
	layer   source.Layer
	columns []readColumn // by the number of the leaf
	halves  map[int]bool // the leaves that are numbers of 16 bits
	native  nativeGeometry
}

func openSource(_ context.Context, in *source.Input, members []*source.Member, o source.Options) (_ source.Source, err error) {
	if len(members) > 1 {
		return nil, source.Place{File: in.Name}.Errorf(geo.Unsupported, "there are %d Parquet files in it", len(members)).Try("one at a time")
	}
	r := &reader{name: members[0].Base(), at: source.Place{File: members[0].Name}, limits: o.WithDefaults()}
	defer r.guard(&err)
	file, size, err := members[0].ReaderAt()
	if err != nil {
		return nil, err
	}
	if err := r.checkFooter(file, size); err != nil {
		return nil, err
	}
	if r.file, err = parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true)); err != nil {
		return nil, r.fault(err)
	}
	if err := r.checkPages(file, size); err != nil {
		return nil, err
	}
	if err := r.describe(); err != nil {
		return nil, err
	}
	return r, nil
}

// guard turns a panic of the library over broken bytes into an error about the file.
func (r *reader) guard(err *error) {
	if p := recover(); p != nil {
		*err = r.at.Broken("the file is damaged").Because(fmt.Errorf("panic: %v", p))
	}
}

func (r *reader) fault(err error) error {
	var known *geo.Error
	if errors.As(err, &known) {
		return known
	}
	return r.at.Broken("the file is damaged or not complete").Because(err)
}

// checkFooter makes sure that the metadata are as long as they say before room is made for them.
func (r *reader) checkFooter(file io.ReaderAt, size int64) error {
	var end [8]byte
	if size < 12 {
		return r.at.Broken("the file ends too early")
	}
	if _, err := file.ReadAt(end[:], size-8); err != nil {
		return r.fault(err)
	}
	footer := int64(binary.LittleEndian.Uint32(end[:]))
	switch {
	case string(end[4:]) != "PAR1":
		return r.at.Broken("the end of the file is missing")
	case footer > size-12:
		return r.at.Broken("the metadata at the end announce more bytes than the file has")
	case footer > largestFooter:
		return r.at.Errorf(geo.TooLarge, "the metadata have %d MB; %d MB are the limit", footer>>20, largestFooter>>20)
	}
	return nil
}

// Layers gives the one layer.
func (r *reader) Layers() []source.Layer { return []source.Layer{r.layer} }

// Close does nothing: the file is the input's.
func (r *reader) Close() error { return nil }

// batch is how many rows are read at a time.
const batch = 64

// Features reads row group after row group.
func (r *reader) Features(ctx context.Context, _ int) iter.Seq2[*source.Feature, error] {
	return source.Sequence(func(give func(*source.Feature, error) error) error {
		var number int64
		for _, group := range r.file.RowGroups() {
			rows := group.Rows()
			err := r.group(ctx, rows, &number, give)
			_ = rows.Close() // it was only read
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// group reads the rows of one group.
func (r *reader) group(ctx context.Context, rows parquet.Rows, number *int64, give func(*source.Feature, error) error) error {
	buffer := make([]parquet.Row, batch)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, ended, err := r.read(rows, buffer)
		if err != nil {
			return err
		}
		for _, row := range buffer[:n] {
			if *number++; *number > r.limits.Features {
				return r.at.Errorf(geo.TooLarge, "the file has more than %d rows", r.limits.Features).Try("the same data in several files")
			}
			if err := give(r.feature(row, *number)); err != nil {
				return err
			}
		}
		if ended {
			return nil
		}
	}
}

// read fills the buffer, safe from panics of the library; give runs outside of that.
func (r *reader) read(rows parquet.Rows, buffer []parquet.Row) (n int, ended bool, err error) {
	defer r.guard(&err)
	n, err = rows.ReadRows(buffer)
	if errors.Is(err, io.EOF) {
		return n, true, nil
	}
	if err != nil {
		return 0, false, r.fault(err)
	}
	return n, n == 0, nil
}
