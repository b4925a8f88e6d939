package parquet

import (
	"encoding/json"
	"slices"

	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"
)

// geoMetadata is the value of the key geo, as version 1.1.0 of the standard wants it.
type geoMetadata struct {
	Version       string                    `json:"version"`
	PrimaryColumn string                    `json:"primary_column"`
	Columns       map[string]geometryFacets `json:"columns"`
}

type geometryFacets struct {
	Encoding      string          `json:"encoding"`
	GeometryTypes []string        `json:"geometry_types"`
	CRS           json.RawMessage `json:"crs,omitempty"` // longitude, latitude without it
	Edges         string          `json:"edges"`
	Bbox          []float64       `json:"bbox,omitempty"`
	Covering      covering        `json:"covering"`
}

// covering names the columns that hold the box of each geometry.
type covering struct {
	Bbox map[string][2]string `json:"bbox"`
}

// describe gives the metadata once all features are written.
func describe(l export.Layer, types []string, box wkb.Box) (string, error) {
	slices.Sort(types)
	f := geometryFacets{Encoding: "WKB", GeometryTypes: types, Edges: "planar", Covering: covering{Bbox: map[string][2]string{}}}
	for _, name := range []string{"xmin", "ymin", "xmax", "ymax"} {
		f.Covering.Bbox[name] = [2]string{boxColumn, name}
	}
	if !l.IsWGS84() {
		f.CRS = l.System().PROJJSON
	}
	if !box.IsEmpty() {
		f.Bbox = []float64{box.MinX, box.MinY, box.MaxX, box.MaxY}
	}
	b, err := json.Marshal(geoMetadata{Version: "1.1.0", PrimaryColumn: geometryColumn, Columns: map[string]geometryFacets{geometryColumn: f}})
	return string(b), err
}

// origin gives what is known of where the layer comes from, as a JSON object.
func origin(l export.Layer, o export.Options) (string, error) {
	facts := map[string]string{}
	for _, f := range l.Provenance(o) {
		facts[f.Name] = f.Value
	}
	b, err := json.Marshal(facts)
	return string(b), err
}
