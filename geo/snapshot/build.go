package snapshot

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Options say what a view holds ready and how large it may get.
type Options struct {
	// Encode appends the GeoJSON of a feature, as Feature.JSON wants it. Nil: no
	// JSON is held. It must not keep the feature.
	Encode func(dst []byte, f *geo.Feature) ([]byte, error)
	// MaxBytes is the most that the view may take; 0 means no bound. To fit, a view
	// gives up what can be made anew: shapes first, then GeoJSON.
	MaxBytes int64
	// ShapesWithin is the most memory that shapes may take; 0 means no bound. Beyond
	// it only those of geometries of at least 512 positions are held.
	ShapesWithin int64
	// ShapesFrom is the number of positions from which on the shape of a geometry
	// for measuring (Feature.Prepared) is held, too: 0 means always, below 0
	// never. Shapes take half as much memory as geometry and GeoJSON together; to make
	// one anew costs some 20 ns a position.
	ShapesFrom int
}

// Build makes a view by reading all features once. The description tells their
// version. Features may come in any order; in order of id is quickest. It
// takes some 10 µs and the memory that Bytes tells for each feature.
//
// It fails with code TooLarge when the view would exceed MaxBytes (it stops
// reading there), and with Unsupported for a geometry that it can't hold: one
// that can't be read or has coordinates that are no finite numbers. Errors of
// the source are passed on.
func Build(ctx context.Context, collection *geo.Collection, features iter.Seq2[*geo.Feature, error], o Options) (*Collection, error) {
	return build(ctx, collection, features, nil, o)
}

// build is Build with the rows that have no position.
func build(ctx context.Context, collection *geo.Collection, features iter.Seq2[*geo.Feature, error], unlocated []*geo.Feature, o Options) (*Collection, error) {
	c := &Collection{
		source: collection, options: o,
		places: &rtree.RTreeG[placed]{}, orders: &orders{trees: map[string]sorted{}},
	}
	// About is shared by all features, so it is complete only at the end.
	about := *collection
	c.about = about.Index()
	c.byID, c.absent, c.hollow = newTree(c.sequence()), newTree(c.sequence()), newTree(c.sequence())
	p := packer{about: c.about, options: o, interned: map[string]any{}, slab: slabFeatures}
	var located []locatedAt
	for f, err := range features {
		if err != nil {
			return nil, err
		}
		if c.byID.Len()%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		packed, place, size, err := p.pack(f)
		if err != nil {
			return nil, err
		}
		if _, twice := c.byID.Load(packed); twice {
			return nil, inFeature(geo.Errorf(geo.Unsupported, "the id %q occurs twice", f.ID), f)
		}
		if packed.WKB != nil && !place.isEmpty() {
			located = append(located, locatedAt{packed, place})
		} else {
			c.place(packed, place)
		}
		c.bytes += size
		c.shapes += shapeBytes(packed)
		if err := c.economise(&p); err != nil {
			return nil, err
		}
	}
	c.index(located)
	if err := c.economise(&p); err != nil {
		return nil, err
	}
	if err := c.setUnlocated(&p, unlocated); err != nil {
		return nil, err
	}
	c.about = c.describe(collection, collection.Version)
	return c, nil
}

// largeGeometry is the number of positions from which on a shape is worth its
// memory even where memory is short.
const largeGeometry = 512

// economise gives up what can be made anew, until the view fits; TooLarge if
// nothing is left to give up.
func (c *Collection) economise(p *packer) error {
	for {
		o, full := &c.options, c.checkSize()
		tooMany := o.ShapesWithin > 0 && c.shapes > o.ShapesWithin
		switch {
		case full == nil && !tooMany:
			return nil
		case o.ShapesFrom >= 0 && o.ShapesFrom < largeGeometry:
			o.ShapesFrom = largeGeometry
			c.lighten(p, func(f *geo.Feature) {
				if shape, ok := f.Prepared.(*geodesy.Shape); ok && shape.Vertices() < largeGeometry {
					f.Prepared = nil
				}
			})
		case full == nil:
			return nil // large geometries alone: their shapes stay
		case o.Encode != nil:
			o.Encode = nil
			p.texts = nil
			c.lighten(p, func(f *geo.Feature) { f.JSON = nil })
		default:
			return full
		}
		p.options = c.options
	}
}

// lighten takes something off every feature of a view that is being built.
func (c *Collection) lighten(p *packer, take func(*geo.Feature)) {
	c.bytes, c.shapes = 0, 0
	c.byID.Scan(func(f *geo.Feature) bool {
		take(f)
		c.bytes += p.size(f)
		c.shapes += shapeBytes(f)
		return true
	})
}

func (c *Collection) checkSize() error {
	if limit := c.options.MaxBytes; limit > 0 && c.Bytes() > limit {
		return geo.Errorf(geo.TooLarge, "collection %q takes more than the %d MB of memory that it may have", c.about.ID, limit>>20)
	}
	return nil
}

// setUnlocated replaces the rows that have no position.
func (c *Collection) setUnlocated(p *packer, rows []*geo.Feature) error {
	for _, f := range c.unlocated {
		c.bytes -= p.size(f)
	}
	c.unlocated = make([]*geo.Feature, 0, len(rows))
	for _, f := range rows {
		packed, _, size, err := p.pack(f)
		if err != nil {
			return err
		}
		c.unlocated = append(c.unlocated, packed)
		c.bytes += size
	}
	slices.SortFunc(c.unlocated, func(a, b *geo.Feature) int { return strings.Compare(a.ID, b.ID) })
	return c.checkSize()
}

// locatedAt is a feature with what its geometry spans.
type locatedAt struct {
	feature *geo.Feature
	place   placement
}

// index enters the features of a build by their positions.
func (c *Collection) index(all []locatedAt) {
	c.keys.integers = c.about.IntegerID
	if first, ok := c.byID.Min(); ok && !c.keys.integers {
		last, _ := c.byID.Max()
		c.keys.common = commonBeginning(first.ID, last.ID)
	}
	for _, l := range all {
		c.places.Insert(l.place.bound.Min, l.place.bound.Max, c.placed(l.feature, l.place))
	}
}

// place enters a feature by its position.
func (c *Collection) place(f *geo.Feature, p placement) {
	switch {
	case f.WKB == nil:
		c.absent.Set(f)
	case p.isEmpty():
		c.hollow.Set(f)
	default:
		c.places.Insert(p.bound.Min, p.bound.Max, c.placed(f, p))
	}
}

// displace takes a feature out of where place has put it.
func (c *Collection) displace(f *geo.Feature) {
	if f.WKB == nil {
		c.absent.Delete(f)
		return
	}
	p, _ := measure(f.WKB) // measured when it was packed
	if p.isEmpty() {
		c.hollow.Delete(f)
		return
	}
	c.places.Delete(p.bound.Min, p.bound.Max, c.placed(f, p))
}

// prepared gives the shape of a geometry for measuring; nil if there is none,
// which is so for empty ones and positions outside the range of lon, lat.
func prepared(wkb []byte, p placement) any {
	world := orb.Bound{Min: orb.Point{-360, -90}, Max: orb.Point{360, 90}}
	if p.isEmpty() || !world.Contains(p.bound.Min) || !world.Contains(p.bound.Max) {
		return nil
	}
	shape, err := geodesy.PrepareWKB(wkb)
	if err != nil {
		return nil // measured (or refused, with the reason) from the WKB when asked for
	}
	return shape
}

// inFeature names the feature in which a fault lies.
func inFeature(e *geo.Error, f *geo.Feature) *geo.Error {
	e.Place.Collection, e.Place.Feature = f.Collection.ID, f.ID
	return e
}
