package gpkg

import (
	"bytes"
	"testing"

	"kawasan/geo/format/internal/sample"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
)

// FuzzGeometry hands hostile bytes to what takes a geometry out of its GeoPackage form,
// without a file around them.
func FuzzGeometry(f *testing.F) {
	for _, text := range []string{"POINT (116.8 -1.2)", "LINESTRING Z (1 2 3,4 5 6)", "MULTIPOLYGON (((0 0,1 0,1 1,0 0),(0.1 0.1,0.2 0.1,0.2 0.2,0.1 0.1)))", "GEOMETRYCOLLECTION (POINT (1 2),POLYGON EMPTY)"} {
		body := sample.WKB(f, text)
		f.Add(append([]byte("GP\x00\x01\xe6\x10\x00\x00"), body...))
		f.Add(append(append([]byte("GP\x00\x03\xe6\x10\x00\x00"), make([]byte, 32)...), body...))
	}
	// A curve polygon of a circle.
	circle := wkb.AppendFloats(wkb.AppendCount(wkb.AppendHeader(wkb.AppendCount(wkb.AppendHeader(nil, 10, false, false), 1), 8, false, false), 3), 0, 0, 2, 0, 0, 0)
	f.Add(append([]byte("GP\x00\x01\xe6\x10\x00\x00"), circle...))
	f.Add([]byte("GP\x00\x01\xe6\x10\x00\x00\x01\x02\x00\x00\x00\xff\xff\xff\x7f"))
	f.Fuzz(func(t *testing.T, blob []byte) {
		g, _, err := new(readTable).geometryOf(blob, source.Place{File: "a.gpkg"})
		if err != nil {
			sample.CheckFault(t, err)
			return
		}
		if again, err := wkb.Normalise(nil, g); err != nil || !bytes.Equal(again, g) {
			t.Fatalf("%x is not sound: %v", g, err)
		}
	})
}

// FuzzNormal asks of a geometry whether it is as it should be, which it is where nothing is
// changed by making it so.
func FuzzNormal(f *testing.F) {
	for _, text := range []string{"POINT ZM (1 2 3 4)", "MULTIPOLYGON (((0 0,1 0,1 1,0 0),(0.1 0.1,0.2 0.1,0.2 0.2,0.1 0.1)))", "GEOMETRYCOLLECTION (POINT (1 2),MULTIPOINT ((3 4),(5 6)),POLYGON EMPTY)"} {
		f.Add(sample.WKB(f, text))
	}
	// As PostGIS writes them: a point with an SRID, one with big ends and heights, and both in collections.
	const srid = "\x01\x01\x00\x00\x20\xe6\x10\x00\x00" + "\x00\x00\x00\x00\x00\x00\xf0\x3f" + "\x00\x00\x00\x00\x00\x00\x00\x40"
	const big = "\x00\x80\x00\x00\x01" + "\x3f\xf0\x00\x00\x00\x00\x00\x00" + "\x40\x00\x00\x00\x00\x00\x00\x00" + "\x40\x08\x00\x00\x00\x00\x00\x00"
	for _, point := range []string{srid, big} {
		f.Add([]byte(point))
		f.Add([]byte("\x01\x07\x00\x00\x00\x01\x00\x00\x00" + point))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		made, err := wkb.Normalise(nil, data)
		if want := err == nil && bytes.Equal(made, data); wkb.Normal(data) != want {
			t.Fatalf("%x: got %v, want %v (%x, %v)", data, !want, want, made, err)
		}
	})
}
