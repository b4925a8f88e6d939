package cartography

import (
	"context"
	"math"

	"kawasan/geo"
	"kawasan/geo/tile"
)

// painter draws the layers of a map into a drawing.
type painter struct {
	*Drawing
	set    *setter
	window window
	theme  tile.Theme
	lang   string
}

const (
	lineWidth   = 1.5
	bandOpacity = 0.28 // of the band of uncertainty, at the boundary
	// mostBands is how many features of a layer have one.
	mostBands = 400
)

func dashes() []float64 { return []float64{6, 4} }

// land draws water and land: the regencies as they are stored where the collection
// exists, and beyond them, on maps of the province and more, Natural Earth's land.
func (p *painter) land(ctx context.Context, reader geo.Reader) (regencies *layer, beyondThem bool, err error) {
	c := coloursOf(p.theme)
	b := p.window.bound(0)
	const tooNear = 250 // metres a unit: Natural Earth's coast is a kilometre off
	known := landWithin.Contains(b.Min) && landWithin.Contains(b.Max)
	regencies, err = p.window.read(ctx, reader, geo.Query{Collection: ground}, nil)
	if err != nil && !geo.IsCode(err, geo.NotFound) {
		return nil, false, err
	}
	if regencies != nil && len(regencies.features) == 0 {
		regencies = nil
	}
	beyondThem = known && (p.window.metres > tooNear || regencies == nil)
	if regencies == nil && !beyondThem {
		// Nobody knows what is land here.
		p.rectangle(p.window.frame, c.land, Stroke{})
		return nil, false, nil
	}
	p.rectangle(p.window.frame, c.water, Stroke{})
	if beyondThem {
		m, err := naturalEarth()
		if err != nil {
			return nil, false, err
		}
		s := p.window.shapeOf(m)
		p.path(Path{Lines: s.areas, Fill: c.beyond})
	}
	if regencies != nil {
		var areas, edges []Line
		for _, f := range regencies.features {
			areas, edges = append(areas, f.shape.areas...), append(edges, f.shape.edges...)
		}
		p.path(Path{Lines: areas, Fill: c.land})
		// Thinner on small maps, where coasts are crowded.
		p.path(Path{Lines: edges, Stroke: Stroke{Colour: c.border, Width: math.Max(0.25, math.Min(0.7, 500/p.window.metres))}})
	}
	return regencies, beyondThem, nil
}

// layers draws the collections, the first lowest: all areas below all lines below
// all points.
func (p *painter) layers(layers []*layer) {
	for _, pass := range []func(*layer, Colour){p.areas, p.lines, p.points} {
		for _, l := range layers {
			pass(l, hex(p.theme.Colour(l.collection.ID)))
		}
	}
}

// areas draws fills and the soft bands of boundaries.
func (p *painter) areas(l *layer, colour Colour) {
	var areas []Line
	for i, f := range l.features {
		areas = append(areas, f.shape.areas...)
		if i < mostBands {
			p.band(f, colour)
		}
	}
	opacity := 0.2
	if l.collection.ID == ground {
		opacity = 0.05
	}
	p.path(Path{Lines: areas, Fill: faint(colour, opacity)})
}

// lines draws lines and the outlines of areas, thinner where there are very many.
func (p *painter) lines(l *layer, colour Colour) {
	var solid, broken []Line
	for _, f := range l.features {
		into := &broken
		if f.firm {
			into = &solid
		}
		*into = append(append(*into, f.shape.edges...), f.shape.lines...)
	}
	width := math.Max(0.5, lineWidth*math.Min(1, 40/math.Sqrt(float64(len(l.features)+1))))
	p.path(Path{Lines: broken, Stroke: Stroke{Colour: colour, Width: width, Dash: dashes()}})
	p.path(Path{Lines: solid, Stroke: Stroke{Colour: colour, Width: width * 1.25}})
}

// points draws points, and marks areas that are too small to be seen.
func (p *painter) points(l *layer, colour Colour) {
	p.tiny(l, colour)
	for _, f := range l.features {
		for _, at := range f.shape.spots {
			p.symbol(l.collection.ID, at, f.sketch, symbolSize(l.collection.ID))
		}
	}
}

// band draws where the boundary may truly lie, to scale, softer outwards.
func (p *painter) band(f drawn, colour Colour) {
	if f.firm || f.band < 1 || len(f.shape.edges)+len(f.shape.lines) == 0 {
		return
	}
	g, err := f.feature.Geometry()
	if err != nil {
		return // it was read before
	}
	steps := int(math.Max(2, math.Min(10, f.band/1.5)))
	fringe, err := f.basis().Fringe(g, steps, p.window.metres/3)
	if err != nil || fringe == nil {
		return // too many vertices
	}
	bands, err := fringe.Bands(p.window.bound(beyond))
	if err != nil {
		return
	}
	for _, area := range bands {
		if len(area) > 0 {
			p.path(Path{Lines: p.window.shapeOf(area).areas, Fill: faint(colour, bandOpacity/float64(steps))})
		}
	}
}

// tiny marks areas that would not be seen otherwise.
func (p *painter) tiny(l *layer, colour Colour) {
	const least = 3
	var marks []Line
	for _, f := range l.features {
		if b := f.shape.box; len(f.shape.edges) > 0 && b.W < least && b.H < least {
			marks = append(marks, Box{b.X + b.W/2 - least/2, b.Y + b.H/2 - least/2, least, least}.outline())
		}
	}
	p.path(Path{Lines: marks, Fill: colour})
}

// symbol draws a point; one whose position is an estimate is hollow.
func (p *painter) symbol(collection string, at Point, hollow bool, size float64) {
	c := coloursOf(p.theme)
	colour := hex(p.theme.Colour(collection))
	form := symbolOf(collection).outline(at, size)
	p.path(Path{Lines: []Line{form}, Stroke: Stroke{Colour: c.halo, Width: 3}})
	if hollow {
		p.path(Path{Lines: []Line{form}, Fill: c.halo, Stroke: Stroke{Colour: colour, Width: 1.4}})
		return
	}
	p.path(Path{Lines: []Line{form}, Fill: colour, Stroke: Stroke{Colour: mixed(colour, c.ink, 0.45), Width: 0.7}})
}
