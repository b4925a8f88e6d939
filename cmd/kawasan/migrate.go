package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"

	"kawasan/geo/postgis"
)

// migrateCommand is 'kawasan migrate'.
type migrateCommand struct {
	databaseFlags
}

// Run migrates and stops.
func (m *migrateCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	progress := progressTo(std.err)
	d, err := m.start(ctx, log, progress)
	if err != nil {
		return err
	}
	defer d.stop(log)
	if err := postgis.Migrate(ctx, d.options, progress); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(std.out, tongue(languageOf(os.Getenv)).say("The database has the structure that this program needs.", "Basis data sudah memiliki struktur yang diperlukan program ini."))
	return nil
}

// loadCommand is 'kawasan load'.
type loadCommand struct {
	databaseFlags
	Update bool `help:"Refresh shipped rows that nobody has edited, and list those that were left alone."`
}

// Run loads the shipped data.
func (l *loadCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	progress := progressTo(std.err)
	d, err := l.start(ctx, log, progress)
	if err != nil {
		return err
	}
	defer d.stop(log)
	if err := postgis.Migrate(ctx, d.options, progress); err != nil {
		return err
	}
	done, err := postgis.Load(ctx, d.options, l.Update, progress)
	if err != nil {
		return err
	}
	printLoaded(std.out, done, tongue(languageOf(os.Getenv)))
	return nil
}

func printLoaded(w io.Writer, done *postgis.Loaded, in tongue) {
	names := make([]string, 0, len(done.Created))
	for name := range done.Created {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		_, _ = fmt.Fprintln(w, in.say("created %s with %d rows", "%s dibuat dengan %d baris", name, done.Created[name]))
	}
	for _, list := range []struct {
		verb string
		rows []string
	}{
		{in.say("updated", "diperbarui:"), done.Updated},
		{in.say("added", "ditambahkan:"), done.Added},
		{in.say("removed", "dihapus:"), done.Removed},
		{in.say("left alone, since it was edited here:", "dibiarkan, karena diubah di sini:"), done.Kept},
	} {
		for _, row := range list.rows {
			_, _ = fmt.Fprintln(w, list.verb, row)
		}
	}
	if len(names)+len(done.Updated)+len(done.Added)+len(done.Removed)+len(done.Kept) == 0 {
		_, _ = fmt.Fprintln(w, in.say("Nothing to do: the collections are there. With --update, rows that nobody has edited are refreshed.",
			"Tidak ada yang perlu dilakukan: koleksinya sudah ada. Dengan --update, baris yang tidak diubah siapa pun diperbarui."))
	}
}
