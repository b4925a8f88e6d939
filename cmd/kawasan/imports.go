package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"text/tabwriter"
	"time"

	"kawasan/geo"
	"kawasan/geo/intake"
)

// importsCommand is 'kawasan imports'.
type importsCommand struct {
	databaseFlags
	Collection string `arg:"" optional:"" help:"Only imports into this collection."`
	Report     int64  `help:"Show what was found in the features of the import with this number, as JSON." placeholder:"NUMBER"`
	Format     string `help:"Form of the list: table or json." enum:"table,json" default:"table" short:"f"`
	Lang       string `help:"Language of the table: en or id." enum:"en,id" default:"${lang}" env:"KAWASAN_LANG"`
}

// Run lists the imports.
func (c *importsCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	store, closeStore, err := c.openMigrated(ctx, log, true)
	if err != nil {
		return err
	}
	defer closeStore()
	if c.Report > 0 {
		report, err := store.ImportReport(ctx, c.Report)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(std.out, "%s\n", report)
		return err
	}
	list, err := store.Imports(ctx, c.Collection)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		encoder := json.NewEncoder(std.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(append([]intake.Record{}, list...))
	}
	return writeImports(std.out, tongue(c.Lang), list)
}

// importHeads are the headings of the list.
var importHeads = []geo.Text{
	{EN: "import", ID: "impor"},
	{EN: "when", ID: "waktu"},
	{EN: "by", ID: "oleh"},
	{EN: "collection", ID: "koleksi"},
	{EN: "mode"},
	{EN: "file", ID: "berkas"},
	{EN: "system", ID: "sistem"},
	{EN: "added", ID: "ditambah"},
	{EN: "changed", ID: "diubah"},
	{EN: "removed", ID: "dihapus"},
	{EN: "same", ID: "tetap"},
	{EN: "warnings", ID: "peringatan"},
	{EN: "SHA-256"},
}

// writeImports prints a line for each import.
func writeImports(out io.Writer, in tongue, list []intake.Record) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(out, in.say("Nothing was imported yet: 'kawasan import --help' tells how.", "Belum ada yang diimpor: 'kawasan import --help' menjelaskan caranya."))
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, in.heads(importHeads...))
	for _, r := range list {
		_, _ = fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%.12s\n", r.ID, r.At.Local().Format(time.DateTime), r.By, r.Collection, r.Mode, r.File, r.CRS,
			r.Inserted, r.Updated, r.Deleted, r.Unchanged, r.Warnings, r.SHA256)
	}
	return w.Flush()
}
