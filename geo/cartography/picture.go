package cartography

import (
	"context"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/tile"
	"kawasan/geo/wording"
)

// Picture asks for a map of collections without anything around it but a scale bar
// and who the data come from.
type Picture struct {
	// Collections are drawn the larger shapes lowest, whatever their order here.
	Collections []string
	// Filters limit the features of a collection, by its id; Time and Principal
	// those of all, as in [geo.Query].
	Filters   map[string]geo.Filter
	Time      *geo.Interval
	Principal geo.Principal
	// Bounds is what is shown at least (lon, lat); nil shows all features.
	Bounds *orb.Bound
	// Focus is a feature, as collection/id, whose name stands out.
	Focus string
	// Width and Height are in pixels, Scale is how many of them a unit of the
	// drawing takes; 0 is 1.
	Width, Height int
	Scale         float64
	Theme         tile.Theme
	Lang          string // en or id
}

// leastMetres is the least that a map shows in both directions.
const leastMetres = 2000

// Shown says what the picture shows (lon, lat). NotFound for an unknown collection.
func Shown(ctx context.Context, reader geo.Reader, r Picture) (orb.Bound, error) {
	collections, err := r.collections(ctx, reader)
	if err != nil {
		return orb.Bound{}, err
	}
	return r.window(collections).bound(0), nil
}

// collections are those drawn, the lowest first.
func (r Picture) collections(ctx context.Context, reader geo.Reader) ([]*geo.Collection, error) {
	catalogue, err := reader.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var collections []*geo.Collection
	for _, id := range r.Collections {
		c, err := catalogue.Collection(id)
		if err != nil {
			return nil, err
		}
		collections = append(collections, c)
	}
	return tile.Drawn(collections), nil
}

// DrawPicture draws a map. NotFound for an unknown collection. A picture without
// features shows the ground alone.
func DrawPicture(ctx context.Context, reader geo.Reader, r Picture) (*Drawing, error) {
	collections, err := r.collections(ctx, reader)
	if err != nil {
		return nil, err
	}
	set, err := newSetter()
	if err != nil {
		return nil, err
	}
	p := &painter{Drawing: &Drawing{Lang: r.Lang}, set: set, window: r.window(collections), theme: r.Theme, lang: r.Lang}
	d, frame := p.Drawing, p.window.frame
	d.Width, d.Height = frame.W, frame.H
	d.clip(frame)
	regencies, _, err := p.land(ctx, reader)
	if err != nil {
		return nil, err
	}
	var layers []*layer
	for _, c := range collections {
		l, err := p.window.read(ctx, reader, geo.Query{Collection: c.ID, Filter: r.Filters[c.ID], Time: r.Time, Principal: r.Principal}, r.skip)
		if err != nil {
			return nil, err
		}
		layers = append(layers, l)
	}
	p.layers(layers)
	furniture := []Box{p.scaleBar(Point{14, d.Height - 12}, frame.W/5), p.credit(layers)}
	if regencies != nil && !containsCollection(layers, ground) {
		layers = append(layers, regencies)
	}
	p.name(layers, r.Focus, furniture)
	d.Title = titles(collections, r.Lang)
	d.Description = sayMapOf.In(r.Lang) + " " + d.Title
	return d, nil
}

// skip leaves neighbours out that say only that something lies inside of them.
func (r Picture) skip(f *geo.Feature) bool { return r.Focus != "" && isEnvelope(f, r.Focus) }

// window is what the picture shows.
func (r Picture) window(collections []*geo.Collection) window {
	scale := r.Scale
	if scale == 0 {
		scale = 1
	}
	frame := Box{W: float64(r.Width) / scale, H: float64(r.Height) / scale}
	if r.Bounds != nil {
		return newWindow(*r.Bounds, frame, 1)
	}
	extent := tile.ExtentOf(collections)
	if extent.IsEmpty() {
		extent = orb.Bound{Min: orb.Point{113.8, -2.6}, Max: orb.Point{119, 2.6}} // East Kalimantan
	}
	return newWindow(extent, frame.inset(min(frame.W, frame.H)*0.06), leastMetres).in(frame)
}

// in gives the same window in a larger frame around the same middle.
func (w window) in(frame Box) window {
	w.frame = frame
	return w
}

func containsCollection(layers []*layer, id string) bool {
	for _, l := range layers {
		if l.collection.ID == id {
			return true
		}
	}
	return false
}

// name places the names of the layers around what stands there already.
func (p *painter) name(layers []*layer, focus string, furniture []Box) {
	a := &letterer{set: p.set, frame: p.window.frame.inset(3), halo: coloursOf(p.theme).halo, taken: furniture}
	const most = 2000 // names that are tried
	var all []label
	for _, l := range layers {
		radius := symbolSize(l.collection.ID)
		for _, f := range l.features[:min(len(l.features), most)] {
			for _, s := range f.shape.spots {
				a.taken = append(a.taken, Box{s.X - radius, s.Y - radius, 2 * radius, 2 * radius})
			}
			if l.collection.ID == ground {
				continue
			}
			if b := f.shape.box; len(f.shape.areas) > 0 && b.W < 60 && b.H < 60 {
				a.taken = append(a.taken, b) // a small area
			}
			for _, ring := range f.shape.areas {
				if b := boxOf(ring.Points); b.W < 0.4*a.frame.W && b.H < 0.4*a.frame.H {
					a.areas = append(a.areas, b)
				}
			}
		}
		if len(l.features) <= most {
			all = append(all, p.labels(l, focus)...)
		}
	}
	a.place(p.Drawing, all)
}

// credit writes whose data are shown into the lower right corner.
func (p *painter) credit(layers []*layer) Box {
	c := coloursOf(p.theme)
	text := "Kawasan"
	for _, l := range layers {
		if l.collection.Attribution != "" {
			text += " · " + wording.Attribution(l.collection).In(p.lang)
		}
	}
	text = p.set.cut(text, Regular, 8.5, p.Width*0.6)
	w := p.set.width(text, Regular, 8.5)
	box := Box{p.Width - w - 12, p.Height - 17, w + 12, 17}
	p.rectangle(box, faint(c.halo, 0.75), Stroke{})
	p.text(Text{X: box.X + 6, Y: p.Height - 5.5, Text: text, Size: 8.5, Colour: c.quiet})
	return box
}

func titles(collections []*geo.Collection, lang string) string {
	text := ""
	for i, c := range collections {
		if i > 0 {
			text += ", "
		}
		text += c.Title.In(lang)
	}
	return text
}
