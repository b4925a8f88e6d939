package fgb

import (
	"encoding/binary"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/geojson"
	"kawasan/geo/format/wkb"

	flatbuffers "github.com/google/flatbuffers/go"
)

// header gives the header with its size before it.
func (w *writer) header(indexed bool) []byte {
	b, l, c, lang := w.builder, w.layer, w.layer.Collection, w.options.Lang
	b.Reset()
	columns := w.headerColumns()
	metadata := text(b, w.metadata())
	crs := w.headerCRS()
	name, title, description := text(b, c.ID), text(b, c.Title.In(lang)), text(b, c.Description.In(lang))
	var envelope flatbuffers.UOffsetT
	if box := w.shelf.Box(); !box.IsEmpty() {
		envelope = floats(b, []float64{box.MinX, box.MinY, box.MaxX, box.MaxY})
	}
	b.StartObject(headerFields)
	b.PrependUint64Slot(headerFeaturesCount, uint64(w.shelf.Len()), 0)
	slot(b, headerName, name)
	slot(b, headerEnvelope, envelope)
	slot(b, headerColumns, columns)
	slot(b, headerCRS, crs)
	slot(b, headerTitle, title)
	slot(b, headerDescription, description)
	slot(b, headerMetadata, metadata)
	size := uint16(0)
	if indexed {
		size = nodeSize
	}
	b.PrependUint16Slot(headerIndexNodeSize, size, 16)
	if l.HasGeometry() {
		b.PrependUint8Slot(headerGeometryType, geometryCode(c.GeometryType), 0)
		b.PrependBoolSlot(headerHasZ, c.HasZ, false)
		b.PrependBoolSlot(headerHasM, c.HasM, false)
	}
	b.FinishSizePrefixed(b.EndObject())
	return b.FinishedBytes()
}

// geometryCode gives the code of a type; 0 for mixed geometries.
func geometryCode(name string) uint8 {
	for t := wkb.Point; t <= wkb.GeometryCollection; t++ {
		if t.String() == name {
			return uint8(t) // the codes of FlatGeobuf are those of WKB
		}
	}
	return 0
}

// headerCRS describes the system, of a layer without geometry too: readers want one.
func (w *writer) headerCRS() flatbuffers.UOffsetT {
	b, c := w.builder, w.layer.EPSG()
	org, name, wkt := text(b, "EPSG"), text(b, c.Name), text(b, c.WKT2)
	b.StartObject(crsFields)
	slot(b, crsOrg, org)
	b.PrependInt32Slot(crsCode, int32(c.EPSG), 0)
	slot(b, crsName, name)
	slot(b, crsWKT, wkt)
	return b.EndObject()
}

// headerColumns describes the id and the attributes.
func (w *writer) headerColumns() flatbuffers.UOffsetT {
	id := geo.Property{Name: "id", Type: geo.String, Required: true}
	if w.layer.Collection.IntegerID {
		id.Type = geo.Integer
	}
	names := export.NewNames("")
	list := []flatbuffers.UOffsetT{w.column(id, names.Take(id.Name), true)}
	for _, c := range w.columns {
		list = append(list, w.column(c.Property, names.Take(c.Name), false))
	}
	return tables(w.builder, list)
}

func (w *writer) column(p geo.Property, name string, key bool) flatbuffers.UOffsetT {
	b, lang := w.builder, w.options.Lang
	nameAt, title, description := b.CreateString(name), text(b, p.Title.In(lang)), text(b, p.Description.In(lang))
	metadata := text(b, factsOf(p))
	b.StartObject(columnFields)
	slot(b, columnName, nameAt)
	slot(b, columnTitle, title)
	slot(b, columnDescription, description)
	slot(b, columnMetadata, metadata)
	b.PrependUint8Slot(columnType, typeOf(p.Type), 0)
	b.PrependBoolSlot(columnNullable, !key && !p.Required, true)
	b.PrependBoolSlot(columnUnique, key, false)
	b.PrependBoolSlot(columnPrimaryKey, key, false)
	return b.EndObject()
}

// metadata is the origin of the layer as a JSON object.
func (w *writer) metadata() string {
	out := []byte{'{'}
	for i, fact := range w.layer.Provenance(w.options) {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(geojson.AppendString(out, fact.Name), ':')
		out = geojson.AppendString(out, fact.Value)
	}
	return string(append(out, '}'))
}

// text writes a string; 0 for an empty one, which is left out.
func text(b *flatbuffers.Builder, s string) flatbuffers.UOffsetT {
	if s == "" {
		return 0
	}
	return b.CreateString(s)
}

// slot refers to what has been written before; 0 leaves the field out.
func slot(b *flatbuffers.Builder, field int, at flatbuffers.UOffsetT) {
	b.PrependUOffsetTSlot(field, at, 0)
}

func floats(b *flatbuffers.Builder, list []float64) flatbuffers.UOffsetT {
	b.StartVector(8, len(list), 8)
	for i := len(list) - 1; i >= 0; i-- {
		b.PrependFloat64(list[i])
	}
	return b.EndVector(len(list))
}

// floatBytes writes a list of floats from the bytes that they have in a file. The
// library copies lists of bytes alone in one go; so it gets one, aligned for floats,
// whose count is then put right.
func floatBytes(b *flatbuffers.Builder, list []byte) flatbuffers.UOffsetT {
	b.Prep(8, len(list))
	at := b.CreateByteVector(list)
	binary.LittleEndian.PutUint32(b.Bytes[b.Head():], uint32(len(list)/8))
	return at
}

func tables(b *flatbuffers.Builder, list []flatbuffers.UOffsetT) flatbuffers.UOffsetT {
	b.StartVector(4, len(list), 4)
	for i := len(list) - 1; i >= 0; i-- {
		b.PrependUOffsetT(list[i])
	}
	return b.EndVector(len(list))
}
