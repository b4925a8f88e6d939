package snapshot

import (
	"iter"
	"sync"

	"github.com/paulmach/orb"
	"github.com/tidwall/btree"
	"github.com/tidwall/rtree"

	"kawasan/geo"
)

// maxOrders is how many orders other than that of ids a view keeps sorted;
// a query for one more is sorted each time.
const maxOrders = 16

// Collection is an immutable view of one collection at one version. It is safe
// for concurrent use. [Build] and [Collection.Apply] make one.
//
// Its features are shared by all who read them: they carry all attributes, the
// geometry, the GeoJSON text and the prepared shape, whatever a query asked for.
// Their Collection describes their Values, perhaps as of an earlier version.
type Collection struct {
	about *geo.Collection
	// source is the description as last seen in the source's catalogue.
	source  *geo.Collection
	options Options

	byID      *tree
	places    *rtree.RTreeG[placed] // of all that have a position
	keys      keys                  // of those in places
	absent    *tree                 // features without geometry
	hollow    *tree                 // features with an empty one
	unlocated []*geo.Feature        // rows that have no position, by id
	orders    *orders
	bytes     int64 // of features and rows
	shapes    int64 // part of bytes: shapes, as far as the build has counted them
}

// tree keeps features in one order, without a lock of its own: a view is not
// changed any more once it is shared.
type tree = btree.BTreeG[*geo.Feature]

func newTree(s sequence) *tree {
	return btree.NewBTreeGOptions(s.less, btree.Options{NoLocks: true})
}

// orders are the sorted orders of a view, made when first asked for.
type orders struct {
	mu    sync.Mutex
	trees map[string]sorted
}

type sorted struct {
	sequence sequence
	tree     *tree
}

// Memory of the indexes for each feature: an entry of the R-tree (a box and what
// placed has, in nodes three fifths full) and one of a tree in order.
const (
	placeBytes = 96
	entryBytes = 12
)

// Collection describes the features at the version held; InMemory is true.
func (c *Collection) Collection() *geo.Collection { return c.about }

// Version is the version held.
func (c *Collection) Version() geo.Version { return c.about.Version }

// Len is the number of features, without the rows that have no position.
func (c *Collection) Len() int { return c.byID.Len() }

// Bytes is about how much memory the view takes: features with their geometry,
// GeoJSON, shape and attributes, and the indexes. Views made from each other
// share most of it. The sorted orders made so far are counted.
func (c *Collection) Bytes() int64 {
	c.orders.mu.Lock()
	kept := int64(len(c.orders.trees))
	c.orders.mu.Unlock()
	return c.bytes + int64(c.places.Len())*placeBytes + int64(c.byID.Len())*entryBytes*(1+kept)
}

// Encoded reports whether the GeoJSON of features is held, and not made for each answer.
func (c *Collection) Encoded() bool { return c.options.Encode != nil }

// sequence gives the order of ids.
func (c *Collection) sequence() sequence { return sequence{integers: c.about.IntegerID} }

// described gives the view with the description that the source now has for the
// version held. Features and indexes are shared.
func (c *Collection) described(source *geo.Collection) *Collection {
	next := *c
	next.source = source
	next.about = next.describe(source, c.about.Version)
	return &next
}

// describe copies a description and fills in what the view knows better.
func (c *Collection) describe(source *geo.Collection, version geo.Version) *geo.Collection {
	about := *source
	about.Version, about.InMemory, about.Note = version, true, geo.Phrase{}
	about.Count = int64(c.byID.Len())
	if about.HasGeometry() {
		about.Extent = orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{0, 0}} // empty
		if c.places.Len() > 0 {
			lo, hi := c.places.Bounds()
			about.Extent = orb.Bound{Min: lo, Max: hi}
		}
	}
	return about.Index()
}

// order gives the tree of a sequence; nil if the view keeps no more of them.
// The first call for one sorts all features.
func (c *Collection) order(s sequence) *tree {
	if len(s.keys) == 0 {
		return c.byID
	}
	name := s.name()
	c.orders.mu.Lock()
	defer c.orders.mu.Unlock()
	if kept, ok := c.orders.trees[name]; ok {
		return kept.tree
	}
	if len(c.orders.trees) >= maxOrders {
		return nil
	}
	made := newTree(s)
	for _, f := range sortedFeatures(c.byID, s) {
		made.Load(f)
	}
	c.orders.trees[name] = sorted{s, made}
	return made
}

// sameShape reports whether features of one description fit the other.
func sameShape(a, b *geo.Collection) bool {
	if a.Reading != b.Reading || a.GeometryType != b.GeometryType || a.HasZ != b.HasZ || a.HasM != b.HasM || a.IntegerID != b.IntegerID ||
		len(a.Properties) != len(b.Properties) {
		return false
	}
	for i, p := range a.Properties {
		if p.Name != b.Properties[i].Name || p.Type != b.Properties[i].Type {
			return false
		}
	}
	return true
}

// Features yields all features in order of id.
func (c *Collection) Features() iter.Seq2[string, *geo.Feature] {
	return func(yield func(string, *geo.Feature) bool) {
		c.byID.Scan(func(f *geo.Feature) bool { return yield(f.ID, f) })
	}
}
