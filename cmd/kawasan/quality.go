package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"kawasan/geo"
	"kawasan/geo/postgis"
	"kawasan/geo/quality"
)

// qualityCommand is 'kawasan quality'.
type qualityCommand struct {
	databaseFlags
	Collections []string `arg:"" optional:"" help:"Collections to judge. Default: all."`
	Report      string   `help:"Form of the report: text, json, html (a page to read or print) or geojson (the offending places)." enum:"${reports}" default:"text"`
	Lang        string   `help:"Language of the report: en or id." enum:"en,id" default:"${lang}" env:"KAWASAN_LANG"`
	Output      string   `help:"File for the report. Default: standard output." short:"o" placeholder:"FILE"`
	Keep        int      `help:"How many findings of each rule are listed; all are counted." default:"100"`
	Store       bool     `help:"Publish the findings as the collection quality_issues, in place of the earlier ones of these collections."`
	Rules       bool     `help:"List the rules, and stop."`
}

// Help teaches by example.
func (qualityCommand) Help() string {
	return `Judges what is stored, as an import judges what comes in. Rules, severities and remedies: docs/quality.md.

  kawasan quality zones ports
  kawasan quality regencies --report html --lang id -o mutu.html
  kawasan quality --store

Exit codes: 0 no errors were found, 1 errors were found, 2 wrong command line.`
}

// derived are collections whose rows are findings, not features to be judged.
const derived = "quality_issues"

// Run judges.
func (c *qualityCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	if c.Rules {
		return listRules(std.out, c.Lang)
	}
	if len(c.Collections) != 1 && c.Report != "text" {
		return geo.Invalidf("report", "a report as %s is one of one collection", c.Report).Try("kawasan quality COLLECTION --report %s", c.Report)
	}
	store, closeStore, err := c.openMigrated(ctx, log, false)
	if err != nil {
		return err
	}
	defer closeStore()
	temp, remove, err := scratch("", log)
	if err != nil {
		return err
	}
	defer remove()
	out, closeOut, err := c.output(std.out)
	if err != nil {
		return err
	}
	errs, err := c.judge(ctx, store, out, temp)
	if closed := closeOut(); err == nil {
		err = closed
	}
	if err == nil && errs > 0 {
		err = geo.Errorf(geo.Invalid, "%d errors were found", errs).Try("what the report says under each")
	}
	return err
}

func (c *qualityCommand) output(out io.Writer) (io.Writer, func() error, error) {
	if c.Output == "" {
		return out, func() error { return nil }, nil
	}
	f, err := createOutput(c.Output)
	if err != nil {
		return nil, nil, err
	}
	return f, f.Close, nil
}

// judge judges each collection and gives the number of errors.
func (c *qualityCommand) judge(ctx context.Context, store *postgis.Store, out io.Writer, temp string) (errs int64, err error) {
	catalogue, err := store.Catalogue(ctx)
	if err != nil {
		return 0, err
	}
	names := c.Collections
	if len(names) == 0 {
		for _, collection := range catalogue.Collections {
			if collection.ID != derived {
				names = append(names, collection.ID)
			}
		}
	}
	for i, name := range names {
		report, err := quality.Collection(ctx, store, name, quality.Options{Keep: c.Keep, TempDir: temp})
		if err != nil {
			return errs, err
		}
		errs += report.Errors
		if i > 0 {
			_, _ = fmt.Fprintln(out)
		}
		if err := quality.Write(out, report, quality.Form(c.Report), c.Lang); err != nil {
			return errs, err
		}
		if !c.Store {
			continue
		}
		if _, err := store.KeepQuality(ctx, report, os.Getenv("USER")); err != nil {
			return errs, err
		}
	}
	return errs, nil
}

// listRules names each rule with its severity and what it means.
func listRules(out io.Writer, language string) error {
	for _, r := range quality.Rules() {
		if _, err := fmt.Fprintf(out, "%-24s %-10s %s\n", r.Name, r.Severity.In(language), r.Meaning.In(language)); err != nil {
			return err
		}
	}
	return nil
}
