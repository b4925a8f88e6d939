package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"kawasan/geo"
	"kawasan/geo/intake"
	"kawasan/geo/quality"
)

func baseName(path string) string { return filepath.Base(filepath.Clean(path)) }

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// writeImportReport gives the outcome in one of the forms.
func writeImportReport(out io.Writer, o *intake.Outcome, stored bool, form, language string) error {
	switch quality.Form(form) {
	case quality.JSON:
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(importJSON(o, stored))
	case quality.HTML, quality.GeoJSON:
		r := *o.Report
		r.Remarks = slices.Concat([]geo.Text{cameText(o)}, r.Remarks, doneText(o, stored))
		return quality.Write(out, &r, quality.Form(form), language)
	}
	return writeImportText(out, o, stored, true, language)
}

// importDocument is the report as JSON.
type importDocument struct {
	intake.Record
	Stored bool            `json:"stored"`
	DryRun bool            `json:"dry_run"`
	Report *quality.Report `json:"report"`
}

func importJSON(o *intake.Outcome, stored bool) importDocument {
	return importDocument{Record: o.Record, Stored: stored && !o.DryRun, DryRun: o.DryRun, Report: o.Report}
}

// writeImportText tells people what was found and done.
func writeImportText(out io.Writer, o *intake.Outcome, stored, findings bool, language string) error {
	w := &lines{out: out}
	w.line("%s", cameText(o).In(language))
	if findings {
		if w.err == nil {
			w.err = quality.Write(out, o.Report, quality.Text, language)
		}
	} else {
		for _, remark := range o.Report.Remarks {
			w.line("%s", remark.In(language))
		}
	}
	for _, done := range doneText(o, stored) {
		w.line("%s", done.In(language))
	}
	return w.err
}

// cameText says what was read.
func cameText(o *intake.Outcome) geo.Text {
	layer := geo.Text{}
	if o.Layer != "" {
		layer = geo.Textf(", layer %s", ", lapisan %s", o.Layer)
	}
	return geo.Textf("%s: %s%s, %d features, coordinates in %s", "%s: %s%s, %d fitur, koordinat dalam %s", o.File, o.Format, layer, o.Read, o.CRS)
}

// doneText says what came of it; nothing if that was an error.
func doneText(o *intake.Outcome, stored bool) []geo.Text {
	if !stored {
		return nil
	}
	counts := geo.Textf("%s: %d added, %d changed, %d removed, %d as they were", "%s: %d ditambah, %d diubah, %d dihapus, %d tetap",
		o.Collection, o.Inserted, o.Updated, o.Deleted, o.Unchanged)
	if o.DryRun {
		return []geo.Text{{EN: "A dry run: nothing was stored. It would have been:", ID: "Uji coba: tidak ada yang disimpan. Hasilnya akan:"}, counts}
	}
	return []geo.Text{counts, geo.Textf("import %d, SHA-256 %s", "impor %d, SHA-256 %s", o.ID, o.SHA256)}
}

// lines writes lines until one fails.
type lines struct {
	out io.Writer
	err error
}

func (w *lines) line(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.out, format+"\n", args...)
	}
}
