package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/source"
	"kawasan/geo/intake"
	"kawasan/geo/quality"
)

// importCommand is 'kawasan import'.
type importCommand struct {
	databaseFlags
	importFlags
	Collection string   `arg:"" help:"The collection that the features belong to: one that exists, or a new one."`
	Files      []string `arg:"" name:"file" help:"GeoPackage, shapefile (.shp, its folder or a zip), GeoJSON, GeoJSONSeq, FlatGeobuf, KML, KMZ, CSV, table of corners or GeoParquet. What it is is told by its content." placeholder:"FILE"`
}

// importFlags say how files are taken in.
type importFlags struct {
	Mode     string            `help:"What to do with what is there: new (the default) makes the collection; append adds; upsert adds, and changes features with the same id; replace does that and removes the others." enum:",new,append,upsert,replace" default:"" placeholder:"MODE"`
	DryRun   bool              `help:"Do everything, tell what was found and what would change, and store nothing." short:"n"`
	Fix      bool              `help:"Repair what needs no judgement (close rings, drop repeated vertices, turn rings) and list it."`
	Layer    string            `help:"The layer to read, if the file has several." placeholder:"NAME"`
	CRS      string            `help:"Reference system of the coordinates, whatever the file says: EPSG:32750, EPSG:23838 ..." name:"crs" placeholder:"CODE"`
	ID       string            `help:"Column that has the ids; ':row' numbers the rows. Default: a column id, else the file's own ids, else numbers." placeholder:"COLUMN"`
	Map      map[string]string `help:"Which property a column becomes: --map NAMOBJ=name. 'COLUMN=' leaves it out." mapsep:"none" placeholder:"COLUMN=PROPERTY"`
	Usual    bool              `help:"Give columns with the usual names of Indonesian agencies those in use here: NAMOBJ becomes name, WADMKC district, WADMKK regency, LUASHA stated_area_ha, KODE code."`
	Format   string            `help:"What the file is, whatever its content looks like: corners reads rows of points as the corners of areas, csv the other way round." placeholder:"NAME"`
	Encoding string            `help:"Code page of text that doesn't say its own: utf-8, windows-1252 ..." placeholder:"NAME"`

	Title         string   `help:"Title of a new collection, in English."`
	TitleID       string   `help:"Title of a new collection, in Indonesian." name:"title-id"`
	Description   string   `help:"Description of a new collection, in English."`
	DescriptionID string   `help:"Description of a new collection, in Indonesian." name:"description-id"`
	Licence       string   `help:"Licence of the data, for the collection and each feature without one."`
	Name          string   `help:"Name of each feature that has none: of the one that a table of corners gives, say."`
	Attribution   string   `help:"Who is to be named, for a new collection."`
	Source        string   `help:"Where the features come from, for each without a source. Default: the name of the file."`
	SourceDate    string   `help:"Day of the source, for each feature without one." placeholder:"YYYY-MM-DD"`
	BoundaryKind  string   `help:"What the boundaries are: legal, official_extract, surveyed, published_point, generalised, outer_envelope, legal_bbox, indicative or estimated." placeholder:"KIND"`
	Uncertainty   *float64 `help:"How far stored and true boundary may lie apart at most, in metres. Leave it out if unknown." placeholder:"METRES"`

	By     string `help:"Who imports, for the change log. Default: the user of this machine." placeholder:"NAME"`
	Reason string `help:"Why, for the change log." placeholder:"TEXT"`
	Report string `help:"Form of the report: text, json, html or geojson (the offending places)." enum:"${reports}" default:"text"`
	Keep   int    `help:"How many findings of each rule the report lists; all are counted." default:"100"`
	Lang   string `help:"Language of the report and of what is shown meanwhile: en or id." enum:"en,id" default:"${lang}" env:"KAWASAN_LANG"`
	Output string `help:"File for the report. Default: standard output." short:"o" placeholder:"FILE"`
}

// Help is shown below the flags.
func (importCommand) Help() string {
	return `Nothing is stored unless everything is: each feature is judged first, errors end the import, warnings don't.

A new collection from an official shapefile, looked at first, then stored:
  kawasan import desa Desa_2024.zip --dry-run
  kawasan import desa Desa_2024.zip --id KODE --map NAMOBJ=name --title Villages --title-id Desa \
    --source "BIG, 2024" --source-date 2024-03-01 --boundary-kind official_extract --uncertainty 100
The next edition of it; features that are the same stay untouched:
  kawasan import desa Desa_2025.zip --id KODE --mode replace
A table of points in UTM zone 50 South, semicolons and decimal commas:
  kawasan import wells sumur.csv --crs EPSG:32750

If the file doesn't say its reference system the import asks, and names those in which the coordinates would lie in
East Kalimantan. Exit codes: 0 stored (or a dry run without errors), 1 nothing was stored, 2 wrong command line.
'kawasan imports' lists what was imported.`
}

// gcPercent is by how much the heap may grow during an import before it is swept.
const gcPercent = 50

// Run imports.
func (c *importCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	temp, remove, err := scratch("", log)
	if err != nil {
		return err
	}
	defer remove()
	options.Read.TempDir = temp
	inputs, err := c.open(options.Read)
	defer func() {
		for _, in := range inputs {
			_ = in.Close() // only read; what it unpacked is temporary
		}
	}()
	if err != nil {
		return err
	}
	store, closeStore, err := c.openMigrated(ctx, log, false)
	if err != nil {
		return err
	}
	defer closeStore()
	// A load makes much garbage and keeps little: collected early it stays small.
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	bar := newProgressBar(std.err, tongue(c.Lang))
	options.Progress = bar.show
	outcome, err := intake.Run(ctx, store, inputs, options)
	bar.end()
	if errors.Is(err, context.Canceled) {
		return geo.Errorf(geo.Unavailable, "the import was interrupted before it was stored").Try("the same import again; 'kawasan imports' lists what was stored")
	}
	if outcome == nil {
		return err
	}
	return errors.Join(err, c.write(std.out, outcome))
}

// options turns the flags into what the intake understands.
func (c *importCommand) options() (intake.Options, error) {
	o := intake.Options{
		Collection: c.Collection, Mode: intake.Mode(c.Mode), Layer: c.Layer, ID: c.ID, Map: c.Map, Usual: c.Usual, Fix: c.Fix, DryRun: c.DryRun,
		Title: geo.Text{EN: c.Title, ID: c.TitleID}, Description: geo.Text{EN: c.Description, ID: c.DescriptionID},
		Licence: c.Licence, Attribution: c.Attribution, Given: map[string]any{}, Principal: c.By, Reason: c.Reason,
		Keep: c.Keep, Program: "kawasan " + version, NameAsSource: true, Read: source.Options{Format: c.Format, Encoding: c.Encoding},
	}
	if o.Principal == "" {
		o.Principal = os.Getenv("USER")
	}
	if c.CRS != "" {
		system, err := crs.Parse(c.CRS)
		if err != nil {
			return o, err
		}
		o.CRS = system
	}
	if err := c.give(o.Given); err != nil {
		return o, err
	}
	return o, nil
}

// give collects the values for features that the file gives none.
func (c *importCommand) give(given map[string]any) error {
	for property, text := range map[string]string{"name": c.Name, "source": c.Source, "licence": c.Licence} {
		if text != "" {
			given[property] = text
		}
	}
	if c.SourceDate != "" {
		day, err := geo.ParseDate(c.SourceDate)
		if err != nil {
			return geo.Invalidf("source-date", "%q is no date", c.SourceDate).Because(err).Try("YYYY-MM-DD")
		}
		given["source_date"] = day
	}
	if c.BoundaryKind != "" {
		if !slices.Contains(intake.BoundaryKinds(), c.BoundaryKind) {
			return geo.Invalidf("boundary-kind", "there is no kind of boundary %q", c.BoundaryKind).Try("one of %s", strings.Join(intake.BoundaryKinds(), ", "))
		}
		given["boundary_kind"] = c.BoundaryKind
	}
	if c.Uncertainty != nil {
		if !(*c.Uncertainty > 0 && *c.Uncertainty < 1e7) {
			return geo.Invalidf("uncertainty", "an uncertainty of %g m can't be", *c.Uncertainty).Try("metres above 0, or no --uncertainty if it is unknown")
		}
		given["position_uncertainty_m"] = *c.Uncertainty
	}
	return nil
}

func (c *importCommand) open(o source.Options) ([]*source.Input, error) {
	var inputs []*source.Input
	for _, name := range c.Files {
		in, err := source.OpenPath(name, o)
		if err != nil {
			return inputs, err
		}
		inputs = append(inputs, in)
	}
	return inputs, nil
}

// write gives the report where it is wanted.
func (c *importCommand) write(out io.Writer, o *intake.Outcome) (err error) {
	if c.Output != "" {
		f, err := createOutput(c.Output)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		if c.Report != "text" {
			if err := o.Summary(out, c.Lang); err != nil {
				return err
			}
		}
		out = f
	}
	return o.Write(out, quality.Form(c.Report), c.Lang)
}
