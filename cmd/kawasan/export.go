package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/format/export"
	"kawasan/geo/intake"
	"kawasan/geo/postgis"
	"kawasan/geo/zone"
)

// exportCommand is 'kawasan export'.
type exportCommand struct {
	databaseFlags
	Collections []string `arg:"" optional:"" help:"Collections to write, such as zones or ports." placeholder:"COLLECTION"`
	All         bool     `help:"Write all collections."`
	Output      string   `help:"File to write; - is standard output." short:"o" required:"" placeholder:"FILE"`
	Format      string   `help:"Format of the file. Default: what its extension says." short:"f" placeholder:"FORMAT"`
	Filter      string   `help:"Only features for which this CQL2 expression is true." placeholder:"CQL2"`
	BBox        string   `name:"bbox" help:"Only features that meet this box: west,south,east,north, in degrees unless --bbox-crs names another system." placeholder:"W,S,E,N"`
	BBoxCRS     string   `name:"bbox-crs" help:"Reference system of --bbox, such as EPSG:32750. Default: longitude, latitude." placeholder:"CODE"`
	CRS         string   `name:"crs" help:"Reference system of the coordinates, such as EPSG:32750. Default: longitude, latitude." placeholder:"CODE"`
	Properties  []string `help:"Only these attributes." placeholder:"NAME"`
	Lang        string   `help:"Language of titles, and of what is printed: en or id." enum:"en,id" default:"${lang}" env:"KAWASAN_LANG"`
	MaxZoom     int      `help:"Deepest zoom of tiles, for pmtiles. Default: 14." placeholder:"ZOOM"`
	Quiet       bool     `help:"Say nothing but errors." short:"q"`
}

// Help teaches by example and lists the formats.
func (exportCommand) Help() string {
	var b strings.Builder
	b.WriteString(`Examples:

  kawasan export zones -o zones.gpkg
  kawasan export --all -o kawasan.xlsx --lang id
  kawasan export mills -o mills.csv --filter "regency = 'Kabupaten Kutai Timur'"
  kawasan export zones ports -o base.gpkg --crs EPSG:32750 --bbox 116,-2,118,0
  kawasan export plantations --format geojson -o - | jq .features[0]

Several collections in a format that holds one make a zip with a file for each.

Formats:
`)
	for _, f := range format.All() {
		fmt.Fprintf(&b, "\n  %-11s %s (%s), %s", f.Name, f.Title.EN, f.Extension, f.Use.EN)
	}
	return b.String()
}

// Run writes the file. It has its name only once it is complete.
func (e *exportCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	err := e.export(ctx, std, log)
	if err != nil && ctx.Err() != nil {
		return geo.Errorf(geo.Unavailable, "the export was interrupted; no file was written")
	}
	return err
}

// in is the language that is spoken.
func (e *exportCommand) in() tongue { return tongue(e.Lang) }

func (e *exportCommand) export(ctx context.Context, std streams, log *slog.Logger) error {
	if e.All == (len(e.Collections) > 0) {
		return geo.Errorf(geo.Invalid, "what to export is not said").
			Try("names of collections, or --all")
	}
	f, err := e.format()
	if err != nil {
		return err
	}
	store, done, err := e.openStore(ctx, log, false)
	if err != nil {
		return err
	}
	defer done()
	reader, origins := zone.Connectivity(store, inMemory), originsOf(store)
	layers, err := e.layers(ctx, reader)
	if err != nil {
		return err
	}
	for i := range layers {
		if layers[i].layer.SourceHash, err = origins(ctx, layers[i].query.Collection); err != nil {
			return err
		}
	}
	if f, err = e.bundled(f, len(layers)); err != nil {
		return err
	}
	target, err := openTarget(e.Output, std.out)
	if err != nil {
		return err
	}
	defer target.discard()
	temp, remove, err := scratch("", log)
	if err != nil {
		return err
	}
	defer remove()
	w, err := f.New(export.Until(ctx, target), format.Options{Context: ctx, TempDir: temp, MaxZoom: e.MaxZoom, Lang: e.Lang, Generator: "Kawasan " + version})
	if err != nil {
		return err
	}
	defer w.Discard()
	meter := newMeter(std.err, e.in(), e.Quiet, target)
	if err := writeLayers(ctx, reader, w, layers, meter); err != nil {
		meter.clear()
		return err
	}
	if err := target.complete(); err != nil {
		return err
	}
	meter.finish(e.Output, len(layers))
	return nil
}

// originsOf gives a way to name the files that a collection was imported from: those
// since the newest that replaced or made it, five at most.
func originsOf(store *postgis.Store) func(ctx context.Context, collection string) (string, error) {
	const most = 5
	return func(ctx context.Context, collection string) (string, error) {
		imports, err := store.Imports(ctx, collection)
		if err != nil {
			return "", err
		}
		var files []string
		for _, i := range imports {
			if file := i.File + " sha256:" + i.SHA256; !slices.Contains(files, file) {
				files = append(files, file)
			}
			if i.Mode == intake.Replace || i.Mode == intake.New || len(files) == most {
				break
			}
		}
		return strings.Join(files, "; "), nil
	}
}

// format is the one named, or the one that the name of the file tells.
func (e *exportCommand) format() (format.Format, error) {
	if e.Format != "" {
		return format.Find(e.Format)
	}
	f, ok := formatOf(e.Output)
	if ok {
		return f, nil
	}
	var known []string
	for _, other := range format.All() {
		if plain, ok := strings.CutSuffix(e.Output, "."+other.Name); ok { // x.shp
			return f, geo.Errorf(geo.Invalid, "a %s file is not called %s", other.Title, e.Output).Try("a name such as %s", plain+other.Extension)
		}
		known = append(known, other.Extension)
	}
	return f, geo.Errorf(geo.Invalid, "the name %s does not say in which format to write", e.Output).
		Try("--format, or a name that ends in one of %s", strings.Join(known, " "))
}

// formatOf gives the format with the longest extension that a file has.
func formatOf(name string) (best format.Format, ok bool) {
	name, length := strings.ToLower(name), 0
	for _, f := range format.All() {
		for _, extension := range append([]string{f.Extension}, f.AlsoCalled...) {
			if (strings.HasSuffix(name, extension) || strings.HasSuffix(name, extension+".zip")) && len(extension) > length {
				best, length = f, len(extension)
			}
		}
	}
	return best, length > 0
}

// bundled gives the format of the whole file: a zip where one of f can't hold all
// collections, or the name asks for it.
func (e *exportCommand) bundled(f format.Format, layers int) (format.Format, error) {
	isZip := strings.HasSuffix(strings.ToLower(e.Output), ".zip")
	switch {
	case f.MultiLayer, layers == 1 && !isZip:
		return f, nil
	case !isZip && e.Output != "-":
		return f, geo.Errorf(geo.Invalid, "a %s file holds one collection", f.Title).
			Try("a name such as kawasan%s.zip, or a format that holds several, such as gpkg", f.Extension)
	}
	return format.Bundle(f), nil
}

// writeLayers reads the layers one after another into the file, and finishes it.
func writeLayers(ctx context.Context, r geo.Reader, w format.Writer, layers []exportLayer, meter *meter) error {
	for _, l := range layers {
		meter.expect(l.count)
		if err := writeLayer(ctx, r, w, l, meter); err != nil {
			return err
		}
	}
	meter.say(meter.in.say("finishing", "menyelesaikan"))
	return w.Close()
}

func writeLayer(ctx context.Context, r geo.Reader, w format.Writer, l exportLayer, meter *meter) error {
	found, err := r.Open(ctx, l.query)
	if err != nil {
		return err
	}
	defer found.Close()
	l.layer.Collection = found.Collection()
	if err := w.Open(l.layer); err != nil {
		return err
	}
	for f, err := range found.Features() {
		if err != nil {
			return err
		}
		if err := w.Write(f); err != nil {
			return err
		}
		meter.count()
	}
	return nil
}
