package cartography

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/tile"
	"kawasan/geo/wording"
)

// Sheet asks for a map to print: a feature with its neighbourhood, title, legend,
// scale bar, north arrow, sources and licences.
type Sheet struct {
	Collection, Feature string
	// Collections are those drawn around it; nil draws all that have at most
	// maxNeighbours features, but for outer envelopes, which cover everything.
	Collections []string
	// Around is how much is shown around the feature, in metres; 0 chooses it by
	// the size of the feature.
	Around    float64
	Paper     Paper
	Theme     tile.Theme
	Lang      string // en or id
	Principal geo.Principal
	// Address is where the feature can be found, printed on the sheet.
	Address string
}

// Paper is a size of paper, lying.
type Paper struct {
	Name          string
	width, height float64 // millimetres
}

// Papers are those of ISO 216; the first is the usual one.
func Papers() []Paper { return []Paper{{"a4", 297, 210}, {"a3", 420, 297}} }

// Size is the drawing's width and height on this paper, in units.
func (p Paper) Size() (width, height float64) { return p.width / 25.4 * 96, p.height / 25.4 * 96 }

// maxNeighbours is how many features a collection may have to be drawn on a sheet
// without being asked for.
const maxNeighbours = 20_000

const (
	sheetMargin  = 34.0
	sheetColumn  = 236.0
	sheetSources = 100.0
)

// sheet is one that is being drawn.
type sheet struct {
	*painter
	request   Sheet
	reader    geo.Reader
	feature   *geo.Feature
	layers    []*layer
	skipped   []*geo.Collection // too many features
	envelopes bool              // some were left out
	beyond    bool              // Natural Earth is seen
}

// DrawSheet draws a sheet. NotFound for an unknown collection or feature, Invalid
// for a feature without geometry.
func DrawSheet(ctx context.Context, reader geo.Reader, r Sheet) (*Drawing, error) {
	f, err := geo.FeatureByID(ctx, reader, r.Collection, r.Feature)
	if err != nil {
		return nil, err
	}
	g, err := f.Geometry()
	if err != nil {
		return nil, err
	}
	if g == nil || g.Bound().IsEmpty() {
		return nil, geo.Errorf(geo.NotFound, "%s has no position, so there is no map of it", f.Ref()).Try("a feature with a position")
	}
	set, err := newSetter()
	if err != nil {
		return nil, err
	}
	d := &Drawing{Lang: r.Lang, Title: wording.Name(f).In(r.Lang)}
	d.Width, d.Height = r.Paper.Size()
	d.Description = fmt.Sprintf("%s %s %s", sayMapOf.In(r.Lang), d.Title, saySurround.In(r.Lang))
	frame := Box{X: sheetMargin + 24, Y: sheetMargin + 52}
	frame.W = d.Width - sheetMargin - sheetColumn - 22 - frame.X
	frame.H = d.Height - sheetMargin - sheetSources - 24 - frame.Y
	s := &sheet{
		painter: &painter{Drawing: d, set: set, window: neighbourhood(g.Bound(), frame, r.Around), theme: r.Theme, lang: r.Lang},
		request: r, reader: reader, feature: f,
	}
	for _, step := range []func(context.Context) error{s.drawTitle, s.drawMap, s.drawColumn, s.drawSources} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// neighbourhood is the window around a feature, at a round scale.
func neighbourhood(extent orb.Bound, frame Box, metres float64) window {
	return newWindow(widened(extent, metres), frame, leastMetres).rounded()
}

// Neighbourhood gives what a map of a feature shows around the feature's bounds.
func Neighbourhood(extent orb.Bound) orb.Bound { return widened(extent, 0) }

// widened adds metres on each side; 0 adds some half of the larger side.
func widened(extent orb.Bound, metres float64) orb.Bound {
	w := around(extent.Center(), Box{})
	if metres == 0 {
		larger := math.Max((extent.Max[0]-extent.Min[0])*w.metresX, (extent.Max[1]-extent.Min[1])*w.metresY)
		metres = math.Max(4000, math.Min(40_000, larger*0.45))
	}
	dx, dy := metres/w.metresX, metres/w.metresY
	return orb.Bound{Min: orb.Point{extent.Min[0] - dx, extent.Min[1] - dy}, Max: orb.Point{extent.Max[0] + dx, extent.Max[1] + dy}}
}

// IsNeighbour reports whether a collection is drawn around a feature of another
// one without being asked for: the regencies are ground, very large ones too much,
// and derived ones not on the ground.
func IsNeighbour(c *geo.Collection) bool {
	return c.ID != ground && !c.Derived && c.Count <= maxNeighbours
}

// ground is the collection that maps take as land.
const ground = "regencies"

// isEnvelope reports whether a feature other than the focus says only that
// something lies inside of it.
func isEnvelope(f *geo.Feature, focus string) bool {
	return f.Text("boundary_kind") == "outer_envelope" && f.Ref() != focus
}

func (s *sheet) drawTitle(context.Context) error {
	c := coloursOf(s.theme)
	if s.theme == tile.Dark {
		s.rectangle(Box{W: s.Width, H: s.Height}, c.halo, Stroke{})
	}
	title := s.set.cut(s.Title, Bold, 23, s.Width-2*sheetMargin)
	s.text(Text{X: sheetMargin, Y: sheetMargin + 20, Text: title, Size: 23, Face: Bold, Colour: c.ink})
	line := s.feature.Collection.Title.In(s.lang)
	if kind := s.feature.Text("boundary_kind"); kind != "" {
		line += " · " + wording.Kind(kind).In(s.lang)
	}
	s.text(Text{X: sheetMargin, Y: sheetMargin + 39, Text: s.set.cut(line, Regular, 12, s.Width-2*sheetMargin), Size: 12, Colour: c.quiet})
	return nil
}

func (s *sheet) drawMap(ctx context.Context) error {
	frame := s.window.frame
	s.clip(frame)
	regencies, beyond, err := s.land(ctx, s.reader)
	if err != nil {
		return err
	}
	s.beyond = beyond
	if err := s.readLayers(ctx); err != nil {
		return err
	}
	s.painter.layers(s.layers)
	s.emphasise()
	arrow := s.northArrow(Point{frame.right() - 30, frame.Y + 14})
	bar := s.scaleBar(Point{frame.X + 18, frame.bottom() - 14}, frame.W/4)
	named := s.layers
	if regencies != nil && !containsCollection(named, ground) {
		named = append(named[:len(named):len(named)], regencies)
	}
	s.name(named, s.feature.Ref(), []Box{arrow.inset(-6), bar})
	s.unclip()
	s.graticule()
	return nil
}

// readLayers reads the neighbours, and the feature's own collection in any case.
func (s *sheet) readLayers(ctx context.Context) error {
	catalogue, err := s.reader.Catalogue(ctx)
	if err != nil {
		return err
	}
	wanted := catalogue.Collections
	if s.request.Collections != nil {
		wanted = []*geo.Collection{s.feature.Collection}
		for _, id := range s.request.Collections {
			c, err := catalogue.Collection(id)
			if err != nil {
				return err
			}
			if id != s.feature.Collection.ID {
				wanted = append(wanted, c)
			}
		}
	}
	for _, c := range tile.Drawn(wanted) {
		own := c.ID == s.feature.Collection.ID
		if s.request.Collections == nil && !own && !IsNeighbour(c) {
			if c.ID != ground {
				s.skipped = append(s.skipped, c)
			}
			continue
		}
		l, err := s.window.read(ctx, s.reader, geo.Query{Collection: c.ID, Principal: s.request.Principal}, s.skip)
		if err != nil {
			return err
		}
		if len(l.features) > 0 {
			s.layers = append(s.layers, l)
		}
	}
	return nil
}

// skip leaves envelopes out where nobody asked for them, and notes that.
func (s *sheet) skip(f *geo.Feature) bool {
	if s.request.Collections != nil || !isEnvelope(f, s.feature.Ref()) {
		return false
	}
	s.envelopes = true
	return true
}

// emphasise draws the feature's own outline again, stronger.
func (s *sheet) emphasise() {
	d, err := s.window.draw(s.feature)
	if err != nil {
		return // it has been drawn before
	}
	colour := hex(s.theme.Colour(s.feature.Collection.ID))
	stroke := Stroke{Colour: mixed(colour, coloursOf(s.theme).ink, 0.25), Width: 2.6}
	if !d.firm {
		stroke.Dash = dashes()
	}
	s.path(Path{Lines: append(d.shape.edges, d.shape.lines...), Stroke: stroke})
}

// changed is when the newest change of what is shown was made; zero when unknown.
func (s *sheet) changed() time.Time {
	var newest time.Time
	for _, l := range s.layers {
		if l.collection.Modified.After(newest) {
			newest = l.collection.Modified
		}
	}
	return newest
}
