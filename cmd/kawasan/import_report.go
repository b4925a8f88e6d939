package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"

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
		if o.Report == nil {
			return nil
		}
		return quality.Write(out, o.Report, quality.Form(form), language)
	}
	return writeImportText(out, o, stored, true, language)
}

// importDocument is the report as JSON.
type importDocument struct {
	intake.Record
	Stored bool            `json:"stored"`
	DryRun bool            `json:"dry_run"`
	Notes  []string        `json:"notes"`
	Report *quality.Report `json:"report"`
}

func importJSON(o *intake.Outcome, stored bool) importDocument {
	return importDocument{Record: o.Record, Stored: stored && !o.DryRun, DryRun: o.DryRun, Notes: append([]string{}, o.Notes...), Report: o.Report}
}

// writeImportText tells people what was found and done.
func writeImportText(out io.Writer, o *intake.Outcome, stored, findings bool, language string) error {
	w := &lines{out: out}
	w.line("%s: %s%s, %d features, coordinates in %s", o.File, o.Format, layerOf(o), o.Read, o.CRS)
	for _, n := range o.Notes {
		w.line("note: %s", n)
	}
	if findings && o.Report != nil && w.err == nil {
		w.err = quality.Write(out, o.Report, quality.Text, language)
	}
	switch {
	case !stored:
	case o.DryRun:
		w.line("A dry run: nothing was stored. It would have been:")
		fallthrough
	default:
		w.line("%s: %d added, %d changed, %d removed, %d as they were", o.Collection, o.Inserted, o.Updated, o.Deleted, o.Unchanged)
		if !o.DryRun {
			w.line("import %d, SHA-256 %s", o.ID, o.SHA256)
		}
	}
	return w.err
}

func layerOf(o *intake.Outcome) string {
	if o.Layer == "" {
		return ""
	}
	return ", layer " + o.Layer
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
