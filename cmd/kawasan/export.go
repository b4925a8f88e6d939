package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/cql2"
	"kawasan/geo/crs"
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
	BBox        string   `name:"bbox" help:"Only features that meet this box: west,south,east,north in degrees." placeholder:"W,S,E,N"`
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
	reader, origins, done, err := e.open(ctx, log)
	if err != nil {
		return err
	}
	defer done()
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
	meter := newMeter(std.err, e.in(), e.Quiet, target)
	if err := e.write(ctx, reader, f, layers, target, temp, meter); err != nil {
		meter.clear()
		return err
	}
	if err := target.complete(); err != nil {
		return err
	}
	meter.finish(e.Output, len(layers))
	return nil
}

// open gives the reader of the database that the flags name.
func (e *exportCommand) open(ctx context.Context, log *slog.Logger) (geo.Reader, func(context.Context, string) (string, error), func(), error) {
	store, closeStore, err := e.openStore(ctx, log)
	if err != nil {
		return nil, nil, nil, err
	}
	return zone.Connectivity(store, inMemory), originsOf(store), closeStore, nil
}

// originsOf gives a way to name the files that a collection was imported from: those
// since the newest that replaced or made it, five at most.
func originsOf(store *postgis.Store) func(context.Context, string) (string, error) {
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

// format is the one named, or the one with the longest extension that the file has.
func (e *exportCommand) format() (format.Format, error) {
	if e.Format != "" {
		return format.Find(e.Format)
	}
	var best format.Format
	var known []string
	for _, f := range format.All() {
		known = append(known, f.Extension)
		name := strings.ToLower(e.Output)
		if (strings.HasSuffix(name, f.Extension) || strings.HasSuffix(name, f.Extension+".zip")) && len(f.Extension) > len(best.Extension) {
			best = f
		}
	}
	if best.Name == "" {
		return best, geo.Errorf(geo.Invalid, "the name %s does not say in which format to write", e.Output).
			Try("--format, or a name that ends in one of %s", strings.Join(known, " "))
	}
	return best, nil
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

// exportLayer is a collection with what to read of it.
type exportLayer struct {
	query geo.Query
	layer format.Layer
	count int64 // -1 when it isn't known before
}

// layers turns the flags into a query for each collection.
func (e *exportCommand) layers(ctx context.Context, r geo.Reader) ([]exportLayer, error) {
	catalogue, err := r.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	names := e.Collections
	if e.All {
		for _, c := range catalogue.Collections {
			names = append(names, c.ID)
		}
	}
	var list []exportLayer
	for i, name := range names {
		c, err := catalogue.Collection(name)
		if err != nil {
			var known []string
			for _, c := range catalogue.Collections {
				known = append(known, c.ID)
			}
			return nil, geo.Errorf(geo.NotFound, "there is no collection %q", name).
				Try("one of %s", strings.Join(known, ", "))
		}
		if slices.Contains(names[:i], name) {
			continue
		}
		l, err := e.layer(c)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, nil
}

func (e *exportCommand) layer(c *geo.Collection) (l exportLayer, err error) {
	l = exportLayer{query: geo.Query{Collection: c.ID, Bulk: true}, layer: format.Layer{Collection: c, Query: e.said(c)}, count: c.Count}
	if e.CRS != "" {
		if l.layer.CRS, err = crs.Parse(e.CRS); err != nil {
			return l, err
		}
	}
	if e.BBox != "" {
		if l.query.Bounds, err = e.box(); err != nil {
			return l, err
		}
	}
	for _, name := range e.Properties {
		if _, ok := c.Property(name); !ok {
			return l, geo.Errorf(geo.Invalid, "collection %s has no attribute %q", c.ID, name).In("--properties").
				Try("one of %s", strings.Join(propertyNames(c), ", "))
		}
	}
	if len(e.Properties) > 0 {
		l.query.Properties, l.layer.Properties = e.Properties, e.Properties
	}
	if e.Filter != "" {
		f, err := filterOf(e.Filter, c)
		if err != nil {
			return l, err
		}
		l.query.Filter = f
		if b, ok := f.Meets(); ok && l.query.Bounds == nil {
			l.query.Bounds = []orb.Bound{b} // so that the index is used; the filter decides
		}
	}
	if l.query.Filter != nil || l.query.Bounds != nil {
		l.count = -1
	}
	return l, nil
}

// filterOf reads a filter in the names of a collection.
func filterOf(text string, c *geo.Collection) (*cql2.Filter, error) {
	expression, err := cql2.ParseText(text)
	if err != nil {
		return nil, geo.AsError(err).In("--filter")
	}
	f, err := cql2.Check(expression, c, cql2.Options{Functions: cql2.StandardFunctions()})
	if err != nil {
		return nil, geo.AsError(err).In("--filter")
	}
	return f, nil
}

func propertyNames(c *geo.Collection) []string {
	var names []string
	for _, p := range c.Properties {
		names = append(names, p.Name)
	}
	return names
}

func (e *exportCommand) box() ([]orb.Bound, error) {
	var b [4]float64
	parts := strings.Split(e.BBox, ",")
	bad := len(parts) != 4
	for i := 0; i < 4 && !bad; i++ {
		var err error
		b[i], err = strconv.ParseFloat(strings.TrimSpace(parts[i]), 64)
		bad = err != nil || !(math.Abs(b[i]) <= 180)
	}
	if bad || b[1] < -90 || b[3] > 90 || b[0] > b[2] || b[1] > b[3] {
		return nil, geo.Errorf(geo.Invalid, "the box %q can't be used", e.BBox).In("--bbox").
			Try("west,south,east,north in degrees, such as 116,-2,118,0")
	}
	return []orb.Bound{{Min: orb.Point{b[0], b[1]}, Max: orb.Point{b[2], b[3]}}}, nil
}

// said is the command line as the file keeps it.
func (e *exportCommand) said(c *geo.Collection) string {
	words := []string{"kawasan export", c.ID}
	if e.Filter != "" {
		words = append(words, "--filter", strconv.Quote(e.Filter))
	}
	if e.BBox != "" {
		words = append(words, "--bbox", e.BBox)
	}
	if e.CRS != "" {
		words = append(words, "--crs", e.CRS)
	}
	if len(e.Properties) > 0 {
		words = append(words, "--properties", strings.Join(e.Properties, ","))
	}
	return strings.Join(words, " ")
}

// write reads the layers one after another into the file.
func (e *exportCommand) write(ctx context.Context, r geo.Reader, f format.Format, layers []exportLayer, out io.Writer, temp string, meter *meter) error {
	w, err := f.New(export.Until(ctx, out), format.Options{Context: ctx, TempDir: temp, MaxZoom: e.MaxZoom, Lang: e.Lang, Generator: "Kawasan " + version})
	if err != nil {
		return err
	}
	defer w.Discard()
	for _, l := range layers {
		meter.expect(l.count)
		if err := writeLayer(ctx, r, w, l, meter); err != nil {
			return err
		}
	}
	meter.say(e.in().say("finishing", "menyelesaikan"))
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

// target is the file being written: under another name until it is complete.
type target struct {
	io.Writer
	name, part string
	in         tongue
	file       *os.File
	bytes      int64
}

func openTarget(name string, out io.Writer) (*target, error) {
	if name == "-" {
		return &target{Writer: out}, nil
	}
	part := name + ".part-" + strconv.Itoa(os.Getpid())
	file, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666) //nolint:gosec // as any file that the user makes
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "the file %s can't be written", name).Because(err).
			Try("a name in a folder that exists and may be written to")
	}
	return &target{Writer: file, name: name, part: part, file: file}, nil
}

// Write counts what it writes.
func (t *target) Write(b []byte) (int, error) {
	n, err := t.Writer.Write(b)
	t.bytes += int64(n)
	if err != nil {
		return n, geo.Errorf(geo.Unavailable, "the file can't be written to its end: %v", rootCause(err)).Because(err)
	}
	return n, nil
}

// complete gives the file its name.
func (t *target) complete() error {
	if t.file == nil {
		return nil
	}
	err := t.file.Sync()
	if e := t.file.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(t.part, t.name)
	}
	if err != nil {
		return geo.Errorf(geo.Unavailable, "the file %s can't be completed: %v", t.name, rootCause(err)).Because(err)
	}
	t.file = nil
	return nil
}

// discard removes what is not complete.
func (t *target) discard() {
	if t.file != nil {
		_ = t.file.Close()
		_ = os.Remove(t.part)
		t.file = nil
	}
}
