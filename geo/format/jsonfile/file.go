package jsonfile

import (
	"io"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/geojson"
)

// flushAt is how many bytes are collected before they are written.
const flushAt = 32 << 10

// file is what the kinds of file share.
type file struct {
	state   export.State
	out     io.Writer
	layer   export.Layer
	options geojson.Options
	bytes   []byte
}

func (w *file) open(l export.Layer, f export.Format) error {
	if err := w.state.Open(l, f); err != nil {
		return err
	}
	w.layer = l
	w.options = geojson.Options{Decimals: l.Decimals(), Properties: l.Properties, SkipGeometry: l.SkipGeometry}
	if !l.IsWGS84() {
		w.options.Transform = l.System().Project
	}
	return nil
}

func (w *file) feature(f *geo.Feature) error {
	var err error
	w.bytes, err = geojson.AppendFeature(w.bytes, f, w.options)
	return w.state.Fail(err)
}

// Discard gives the file up.
func (w *file) Discard() { w.state.Discard() }

// flush writes what has been collected if it is more than limit.
func (w *file) flush(limit int) error {
	if len(w.bytes) <= limit {
		return nil
	}
	_, err := w.out.Write(w.bytes)
	w.bytes = w.bytes[:0]
	return w.state.Fail(err)
}

// appendCRS writes the member crs, unless coordinates are WGS84.
func appendCRS(dst []byte, l export.Layer) []byte {
	if l.IsWGS84() {
		return dst
	}
	authority, code, _ := strings.Cut(l.System().Code, ":")
	dst = append(dst, `,"crs":{"type":"name","properties":{"name":`...)
	dst = geojson.AppendString(dst, "urn:ogc:def:crs:"+authority+"::"+code)
	return append(dst, "}}"...)
}
