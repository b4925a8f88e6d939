package jsonfile

import (
	"io"

	"kawasan/geo"
	"kawasan/geo/format/export"
)

// Collection describes files with one FeatureCollection.
func Collection() export.Format {
	return export.Format{
		Name: "geojson", MediaType: "application/geo+json", Extension: ".geojson", AlsoCalled: []string{".json"},
		Title: geo.Text{EN: "GeoJSON"}, Use: geo.Text{EN: "for web maps and scripts", ID: "untuk peta web dan skrip"},
		Streaming: true, New: newCollection,
		Size: export.Weights{File: 480, Feature: 105, Names: 1.54, Text: 1.12, Digit: 1.23}.Size,
	}
}

// ofRecords estimates the bytes of a file of records.
var ofRecords = export.Weights{Feature: 102, Names: 1.55, Text: 1.09, Digit: 1.23}.Size

// Sequence describes GeoJSON text sequences (RFC 8142): before each feature
// stands the record separator U+001E, behind it a line feed.
func Sequence() export.Format {
	return export.Format{
		Name: "geojsonseq", MediaType: "application/geo+json-seq", Extension: ".geojsons",
		Title: geo.Text{EN: "GeoJSON text sequence", ID: "Urutan teks GeoJSON"}, Use: geo.Text{EN: "for scripts, feature by feature", ID: "untuk skrip, fitur demi fitur"},
		Streaming: true,
		Size:      ofRecords,
		New: func(out io.Writer, _ export.Options) (export.Writer, error) {
			return &sequence{file: file{out: out}, format: Sequence(), separator: "\x1e"}, nil
		},
	}
}

// Lines describes files with one feature a line and nothing else.
func Lines() export.Format {
	return export.Format{
		Name: "ndjson", MediaType: "application/x-ndjson", Extension: ".ndjson", AlsoCalled: []string{".geojsonl", ".jsonl"},
		Title: geo.Text{EN: "GeoJSON, one feature a line", ID: "GeoJSON, satu fitur per baris"}, Use: geo.Text{EN: "for scripts, a feature a line", ID: "untuk skrip, satu fitur per baris"},
		Streaming: true,
		Size:      ofRecords,
		New: func(out io.Writer, _ export.Options) (export.Writer, error) {
			return &sequence{file: file{out: out}, format: Lines()}, nil
		},
	}
}
