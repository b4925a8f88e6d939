package api

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format"
)

// quickForms are the downloads that a page of items offers; the collection offers all.
var quickForms = []string{"gpkg", "fgb", "csv"}

// exportForms are the file formats in which collections can be had.
func exportForms() []*representation {
	var names []string
	for _, f := range format.All() {
		names = append(names, f.Name)
	}
	return fileForms(names)
}

// download is a file to be made: what is in it and what it is called.
type download struct {
	format format.Format
	name   string // without extension
	parts  []*itemsRequest
	pages  bool // has a limit, so that there may be a next file
}

// exportItems answers /collections/{c}/items in a file format: everything
// selected, or as many features as limit says.
func (s *Server) exportItems(x *exchange) error {
	d, err := x.parseDownload()
	if err != nil {
		return err
	}
	x.describeFile(d)
	if d.format.Streaming && x.knowsChunks() {
		return x.streamDownload(d)
	}
	return x.sendBuilt(d, x.stateOf(x.collection))
}

// parseDownload reads the parameters of items for a file.
func (x *exchange) parseDownload() (*download, error) {
	f, err := format.Find(x.format.name)
	if err != nil {
		return nil, err
	}
	r, err := x.parseItems()
	if err != nil {
		return nil, err
	}
	if r.hitsOnly {
		return nil, geo.Invalidf("resultType", "a file of hits has no features").Try("f=json for the number alone")
	}
	r.limit = x.values.whole("limit", math.MaxInt32)
	if _, limited := x.values.get("limit"); !limited && !r.query.Backward {
		r.whole = true
	}
	if r.query.Backward {
		r.limit = min(r.limit, maxLimit) // a page that is read backward is turned round in memory
	}
	r.query.Bulk, r.query.Count = true, !r.whole
	if err := f.Takes(r.output.system.CRS); err != nil {
		return nil, err
	}
	name := x.collection.ID
	if r.query.Filter != nil || len(r.query.Bounds) > 0 || r.query.Time != nil || !r.whole {
		name += "-selection"
	}
	return &download{format: f, name: name, parts: []*itemsRequest{r}, pages: !r.whole}, nil
}

// describeFile sets what the answer says about the file, whoever makes it. Files
// have longitude first, so EPSG:4326 in them is CRS84.
func (x *exchange) describeFile(d *download) {
	o := d.parts[0].output
	if d.format.System != nil {
		c, _ := x.catalogue.Collection(d.parts[0].query.Collection)
		o.system = newSystem(d.format.System(format.Layer{Collection: c, CRS: o.system.CRS}))
	}
	if o.system.EPSG == 4326 && o.system.Axes == crs.LatLon {
		o.system = x.server.systems()[0]
	}
	x.setContentCrs(o)
	x.Set(fiber.HeaderContentDisposition, disposition(d.name+d.format.Extension))
}

// disposition names a file for whoever saves it: in ASCII, and in full beside it.
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/:*?<>|%`, r) {
			return '_'
		}
		return r
	}, name)
	var full strings.Builder
	for i := range len(name) {
		c := name[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			full.WriteByte(c)
			continue
		}
		fmt.Fprintf(&full, "%%%02X", c)
	}
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, plain, full.String())
}

// layer describes a part of the file for the writer. If sure is false something in
// it may be another next time, although the data are the same.
func (x *exchange) layer(p *page) (l format.Layer, sure bool) {
	o := p.request.output
	l = format.Layer{Collection: p.collection, Properties: o.properties, CRS: o.system.CRS, Ordered: len(p.request.query.SortBy) > 0, Query: x.url(x.path, x.values)}
	l.SourceHash, sure = x.originOf(p.collection)
	return l, sure
}

// provenance is what is known of the files behind one version of a collection.
type provenance struct {
	version geo.Version
	text    string
}

// originOf names the files that a collection came from; sure is false where that
// can't be found out now.
func (x *exchange) originOf(c *geo.Collection) (text string, sure bool) {
	s := x.server
	if s.config.Origins == nil {
		return "", true
	}
	if known, ok := s.origins.Load(c.ID); ok && c.Version != 0 {
		if o, _ := known.(provenance); o.version == c.Version {
			return o.text, true
		}
	}
	text, err := s.config.Origins(x.ctx, c.ID)
	if err != nil {
		return "", false
	}
	s.origins.Store(c.ID, provenance{c.Version, text})
	return text, true
}

// fileOptions are those of every writer.
func (x *exchange) fileOptions() format.Options {
	return format.Options{Context: x.ctx, Lang: x.lang, TempDir: x.server.config.Exports.Dir, Generator: "Kawasan " + x.server.config.Version, GuardFormulas: true}
}

// appendEnclosures adds links to files of all of a collection: of the named formats,
// or without names of all, with their length where a file has been made of these data.
func (x *exchange) appendEnclosures(links []link, c *geo.Collection, names []string) []link {
	items := x.join(x.base, "/collections/", escapeSegment(c.ID), "/items?f=")
	for i, r := range x.server.exports {
		f := &x.server.formats[i]
		if names != nil && !slices.Contains(names, r.name) || f.NeedsGeometry && !c.HasGeometry() {
			continue
		}
		l := link{Href: x.join(items, r.name, x.inLanguage()), Rel: "enclosure", Type: r.mediaType, Title: x.join(x.say("everything as"), " ", f.Title.In(x.lang))}
		if names == nil { // what labels an answer that names formats doesn't cover sizes
			l.Length = x.server.sizes.get(l.Href, dependency{c.ID, c.Version, c.Shape()})
		}
		links = append(links, l)
	}
	return links
}

// queueFor is how long a file waits for its turn to be built.
const queueFor = 10 * time.Second

// occupy takes one of the places for large files; release gives it back. Who
// finds none within the time is asked to come again.
func (s *Server) occupy(ctx context.Context, within time.Duration) (release func(), err error) {
	release = func() { <-s.exporting }
	select {
	case s.exporting <- struct{}{}:
		return release, nil
	default:
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	select {
	case s.exporting <- struct{}{}:
		return release, nil
	case <-ctx.Done():
		return nil, geo.Errorf(geo.Unavailable, "as many files are being made as this server makes at once").Try("the same request a little later")
	}
}
