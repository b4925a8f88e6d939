package parquet_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/parquet"
	"kawasan/geo/format/wkb"

	goparquet "github.com/fraugster/parquet-go"
	thrift "github.com/fraugster/parquet-go/parquet"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

// zstandard makes the second reader understand the compression.
type zstandard struct{}

func (zstandard) CompressBlock(b []byte) ([]byte, error) { return b, nil }

func (zstandard) DecompressBlock(b []byte) ([]byte, error) {
	d, err := zstd.NewReader(nil)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.DecodeAll(b, nil)
}

// read opens a file with a reader that shares no code with the writer.
func read(t *testing.T, b []byte) ([]map[string]any, map[string]string, *goparquet.FileReader) {
	t.Helper()
	goparquet.RegisterBlockCompressor(thrift.CompressionCodec_ZSTD, zstandard{})
	r, err := goparquet.NewFileReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	for {
		row, err := r.NextRow()
		if errors.Is(err, io.EOF) {
			return rows, r.MetaData(), r
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

// stored is how the second reader shows a value.
func stored(v any) any {
	list := func(n int, at func(int) any) any {
		elements := []map[string]any{}
		for i := range n {
			elements = append(elements, map[string]any{"element": at(i)})
		}
		if n == 0 {
			return map[string]any{}
		}
		return map[string]any{"list": elements}
	}
	switch v := v.(type) {
	case string:
		return []byte(v)
	case json.RawMessage:
		return []byte(v)
	case geo.Date:
		return int32(v)
	case time.Time:
		return v.UnixMicro()
	case []string:
		return list(len(v), func(i int) any { return []byte(v[i]) })
	case []int64:
		return list(len(v), func(i int) any { return v[i] })
	case []float64:
		return list(len(v), func(i int) any { return v[i] })
	}
	return v
}

func TestAgainstAnotherReader(t *testing.T) {
	t.Parallel()
	sample.EachLayer(t, func(t *testing.T, l sample.Layer) {
		rows, about, _ := read(t, sample.Bytes(t, parquet.Format(), export.Options{}, l))
		if len(rows) != len(l.Features) {
			t.Fatalf("got %d rows, want %d", len(rows), len(l.Features))
		}
		byID := map[string]map[string]any{}
		for _, row := range rows {
			byID[idOf(row)] = row
		}
		for _, f := range l.Features {
			want := map[string]any{"id": stored(f.ID)}
			if l.Collection.IntegerID {
				var n int64
				_, _ = fmt.Sscan(f.ID, &n)
				want["id"] = n
			}
			for _, c := range l.Columns() {
				if v := c.Value(f); v != nil {
					want[c.Name] = stored(v)
				}
			}
			geometry, err := l.AppendWKB(nil, f)
			if err != nil {
				t.Fatal(err)
			}
			if len(geometry) > 0 {
				box, _ := wkb.Bounds(geometry)
				want["geometry"] = geometry
				want["bbox"] = map[string]any{"xmin": box.MinX, "ymin": box.MinY, "xmax": box.MaxX, "ymax": box.MaxY}
			}
			if d := cmp.Diff(want, byID[f.ID]); d != "" {
				t.Errorf("%s (-want +got):\n%s", f.ID, d)
			}
		}
		checkMetadata(t, l, about)
	})
}

func checkMetadata(t *testing.T, l sample.Layer, about map[string]string) {
	t.Helper()
	if !strings.Contains(about["provenance"], `"licence":"CC-BY-4.0"`) {
		t.Errorf("the origin is %s", about["provenance"])
	}
	text, found := about["geo"]
	if found != l.HasGeometry() {
		t.Fatalf("the key geo is there: %v", found)
	}
	if !found {
		return
	}
	var m struct {
		Version       string
		PrimaryColumn string `json:"primary_column"`
		Columns       map[string]struct {
			Encoding string
			Types    []string `json:"geometry_types"`
			CRS      *struct {
				Type string
				ID   struct{ Code int }
			}
			Covering struct{ Bbox map[string][]string }
		}
	}
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	c := m.Columns["geometry"]
	if m.Version != "1.1.0" || m.PrimaryColumn != "geometry" || c.Encoding != "WKB" || c.Types == nil || c.Covering.Bbox["xmax"][1] != "xmax" {
		t.Errorf("got %s", text)
	}
	if l.IsWGS84() != (c.CRS == nil) {
		t.Errorf("the system is %+v", c.CRS)
	}
	if c.CRS != nil && c.CRS.ID.Code != l.System().EPSG {
		t.Errorf("the system is %d, want %d", c.CRS.ID.Code, l.System().EPSG)
	}
}

// Measures have no place in GeoParquet; heights have.
func TestMeasuresAreLeftOut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"POINT ZM (1 2 3 4)": "POINT Z (1 2 3)", "LINESTRING M (1 2 3, 4 5 6)": "LINESTRING (1 2, 4 5)",
		"MULTIPOLYGON ZM (((0 0 1 2, 1 0 1 2, 1 1 1 2, 0 0 1 2)))": "MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)))",
	} {
		l := sample.New(t, "measured", "Geometry", true, text)
		l.Collection.HasM = true
		rows, _, _ := read(t, sample.Bytes(t, parquet.Format(), export.Options{}, l))
		if got := rows[0]["geometry"]; !bytes.Equal(got.([]byte), sample.WKB(t, want)) {
			t.Errorf("%s: got %x", text, got)
		}
	}
}

// idOf gives the id of a row as text.
func idOf(row map[string]any) string {
	if b, ok := row["id"].([]byte); ok {
		return string(b)
	}
	return fmt.Sprint(row["id"])
}

// points gives a layer of so many points, which come in no order of space.
func points(t *testing.T, n int) sample.Layer {
	t.Helper()
	l := sample.New(t, "many", "Point", false, "POINT (116 0)")
	one := l.Features[0]
	l.Features = nil
	for i := range n {
		f := *one
		f.ID = fmt.Sprint(i)
		f.Values = make([]any, len(one.Values))
		x := uint32(i) * 2654435761 // spread, the same in each run
		f.WKB = wkb.AppendFloats([]byte{1, 1, 0, 0, 0}, 114+float64(x>>16)/16384, float64(x&0xffff)/32768-1)
		l.Features = append(l.Features, &f)
	}
	return l
}

// Large collections come in row groups that readers can skip: what lies near in
// space is in the same one, and its statistics say where that is.
func TestRowGroups(t *testing.T) {
	t.Parallel()
	l := points(t, 120_000)
	b := sample.Bytes(t, parquet.Format(), export.Options{}, l)
	goparquet.RegisterBlockCompressor(thrift.CompressionCodec_ZSTD, zstandard{})
	r, err := goparquet.NewFileReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if r.RowGroupCount() != 3 || r.NumRows() != 120_000 {
		t.Errorf("got %d row groups with %d rows", r.RowGroupCount(), r.NumRows())
	}
	var area float64
	for range r.RowGroupCount() {
		if err := r.PreLoad(); err != nil {
			t.Fatal(err)
		}
		var box [4]float64
		for i, side := range []struct {
			name string
			of   func(*thrift.Statistics) []byte
		}{{"xmin", (*thrift.Statistics).GetMinValue}, {"ymin", (*thrift.Statistics).GetMinValue}, {"xmax", (*thrift.Statistics).GetMaxValue}, {"ymax", (*thrift.Statistics).GetMaxValue}} {
			for _, c := range r.CurrentRowGroup().Columns {
				if strings.Join(c.MetaData.PathInSchema, ".") != "bbox."+side.name {
					continue
				}
				value := side.of(c.MetaData.Statistics)
				if len(value) != 8 {
					t.Fatalf("%s has no statistics", side.name)
				}
				box[i] = math.Float64frombits(binary.LittleEndian.Uint64(value))
			}
		}
		area += (box[2] - box[0]) * (box[3] - box[1])
		r.SkipRowGroup()
	}
	if whole := 4.0 * 2; area > 1.5*whole || area < 0.9*whole {
		t.Errorf("the boxes of the row groups have the area %v, where all points together have %v", area, whole)
	}
}

// An order that was asked for is kept; so is that of what has no geometry.
func TestOrderThatWasAskedFor(t *testing.T) {
	t.Parallel()
	for _, ordered := range []bool{true, false} {
		l := points(t, 100)
		l.Ordered, l.SkipGeometry = ordered, !ordered
		rows, _, _ := read(t, sample.Bytes(t, parquet.Format(), export.Options{}, l))
		for i, row := range rows {
			if idOf(row) != l.Features[i].ID {
				t.Fatalf("row %d is %s, want %s", i, idOf(row), l.Features[i].ID)
			}
		}
	}
}

// A large geometry stands in the file once: not in the header of its page too, which
// readers refuse when it is beyond 16 MB.
func TestLargeGeometryStandsThereOnce(t *testing.T) {
	t.Parallel()
	l := points(t, 1)
	random := rand.New(rand.NewPCG(1, 2)) // what can't be compressed
	ring := binary.LittleEndian.AppendUint32([]byte{1, 2, 0, 0, 0}, 100_000)
	for range 200_000 {
		ring = binary.LittleEndian.AppendUint64(ring, math.Float64bits(random.Float64()))
	}
	l.Collection.GeometryType, l.Features[0].WKB = "LineString", ring
	b := sample.Bytes(t, parquet.Format(), export.Options{}, l)
	if len(b) > len(ring)*3/2 {
		t.Errorf("a geometry of %d bytes makes a file of %d", len(ring), len(b))
	}
}
