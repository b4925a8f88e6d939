package gpkg

import (
	"encoding/binary"
	"math"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"
)

// columnType gives the type in SQL, of those that the standard lists.
func columnType(t geo.PropertyType) string {
	switch t {
	case geo.Integer:
		return "integer"
	case geo.Number:
		return "real"
	case geo.Boolean:
		return "boolean"
	case geo.DateOnly:
		return "date"
	case geo.Timestamp:
		return "datetime"
	}
	return "text"
}

// geometryType gives the name that the standard has for the type of a collection:
// GEOMETRY for all that it has no name for.
func geometryType(c *geo.Collection) string {
	for t := wkb.Point; t <= wkb.GeometryCollection; t++ {
		if t.String() == c.GeometryType {
			return strings.ToUpper(c.GeometryType)
		}
	}
	return "GEOMETRY"
}

// TitleOf names a property for people, with its unit.
func TitleOf(p geo.Property, lang string) string {
	title := p.Title.In(lang)
	if title == "" {
		title = p.Name
	}
	if p.Unit != "" {
		title += " (" + p.Unit + ")"
	}
	return title
}

// about describes a collection in a line.
func about(c *geo.Collection, lang string) string {
	title, description := c.Title.In(lang), c.Description.In(lang)
	if title != "" && description != "" {
		return title + ": " + description
	}
	return title + description
}

const (
	flagLittleEndian = 1
	flagEnvelopeXY   = 1 << 1
	flagEmpty        = 1 << 4
)

// blob gives the geometry in the binary form of the standard: a header with the
// system and, for all but points, the bounds; then ISO WKB. Nil if there is none. It is
// valid until the next call.
func (t *table) blob(f *geo.Feature) ([]byte, wkb.Box, error) {
	var err error
	if t.wkb, err = t.layer.AppendWKB(t.wkb[:0], f); err != nil || len(t.wkb) == 0 {
		return nil, wkb.EmptyBox(), err
	}
	box, err := wkb.Bounds(t.wkb)
	if err != nil {
		return nil, box, export.Locate(err, t.layer, f)
	}
	t.kinds[binary.LittleEndian.Uint32(t.wkb[1:])/1000%4] = true
	flags := byte(flagLittleEndian)
	switch {
	case box.IsEmpty():
		flags |= flagEmpty
	case box.MinX < box.MaxX || box.MinY < box.MaxY:
		flags |= flagEnvelopeXY
	}
	b := append(t.geometry[:0], 'G', 'P', 0, flags)
	b = binary.LittleEndian.AppendUint32(b, uint32(t.layer.System().EPSG))
	if flags&flagEnvelopeXY != 0 {
		for _, v := range []float64{box.MinX, box.MaxX, box.MinY, box.MaxY} {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
	}
	t.geometry = append(b, t.wkb...)
	return t.geometry, box, nil
}
