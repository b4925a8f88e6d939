package parquet

import (
	"fmt"
	"math"
	"strings"
	"time"

	"kawasan/geo/format/source"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// logicalGeometry finds the column that is a geometry by its own type, GEOMETRY or GEOGRAPHY, in
// files without the metadata of GeoParquet; "" if there is none.
func (r *reader) logicalGeometry() string {
	found := ""
	for _, c := range r.file.Root().Columns() {
		if !c.Leaf() || c.Repeated() || c.Type().Kind() != parquet.ByteArray || c.Type().LogicalType() == nil {
			continue
		}
		var system string
		spherical := false
		switch l := c.Type().LogicalType().Value.(type) {
		case *format.GeometryType:
			system = l.CRS
		case *format.GeographyType:
			system, spherical = l.CRS, true
		default:
			continue
		}
		if found != "" {
			continue // take says that it is left out
		}
		found = c.Name()
		r.layer.GeometryType = "Geometry"
		r.layer.SetCRS(r.systemOf(system))
		if spherical {
			r.sphericalEdges()
		}
	}
	return found
}

// sphericalEdges notes that edges are taken for others than the file means.
func (r *reader) sphericalEdges() {
	r.layer.Note("the edges are great circles in the file, and are taken as straight between longitudes and latitudes", "sisi-sisinya lingkaran besar dalam berkas, dan dianggap lurus antara bujur dan lintang")
}

// systemOf gives the text of a reference system, as the type of a column names it.
func (r *reader) systemOf(name string) string {
	kind, rest, has := strings.Cut(name, ":")
	switch {
	case name == "":
		return "OGC:CRS84"
	case has && strings.EqualFold(kind, "srid") && rest == "0":
		return ""
	case has && strings.EqualFold(kind, "srid"):
		return "EPSG:" + rest
	case has && strings.EqualFold(kind, "projjson"):
		text, _ := r.file.Lookup(rest)
		return text
	}
	return name
}

// uuid writes 16 bytes the usual way.
func uuid(v parquet.Value) (any, bool) {
	b := v.ByteArray()
	if len(b) != 16 {
		return nil, false
	}
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), true
}

// findHalves finds the leaves of the type FLOAT16, which the library keeps to itself.
func (r *reader) findHalves() {
	r.halves = map[int]bool{}
	leaf := 0
	for _, e := range r.file.Metadata().Schema {
		if e.NumChildren.Valid && e.NumChildren.V > 0 {
			continue
		}
		if _, is := e.LogicalType.Value.(*format.Float16Type); is {
			r.halves[leaf] = true
		}
		leaf++
	}
}

// half reads a number of 16 bits.
func half(v parquet.Value) (any, bool) {
	b := v.ByteArray()
	if len(b) != 2 {
		return nil, false
	}
	bits := uint16(b[0]) | uint16(b[1])<<8
	exponent, fraction := int(bits>>10&0x1f), float64(bits&0x3ff)
	var f float64
	switch exponent {
	case 0:
		f = math.Ldexp(fraction, -24)
	case 0x1f:
		return nil, true // infinite, or no number
	default:
		f = math.Ldexp(fraction+0x400, exponent-25)
	}
	if bits&0x8000 != 0 {
		f = -f
	}
	return source.Number(f), true
}

// day96 reads an instant as programs wrote it that knew no other: nanoseconds of the day, and its Julian number.
func day96(v parquet.Value) (any, bool) {
	n := v.Int96()
	const unix = 2440588 // 1 January 1970
	nanoseconds := int64(uint64(n[1])<<32 | uint64(n[0]))
	seconds := (int64(n[2]) - unix) * 24 * 60 * 60
	return source.Instant(time.Unix(seconds, nanoseconds)), nanoseconds >= 0
}
