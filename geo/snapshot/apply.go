package snapshot

import (
	"maps"
	"slices"

	"kawasan/geo"
)

// Apply makes the view at the next version: changed features are new or replace
// those with their ids, removed ids go away (one that is not there is passed
// over). The view itself stays as it is. It copies what lies on the paths to
// the changed features, some 20 µs each, and shares the rest.
//
// next describes the collection after the change. When its attributes or its
// kind of geometry differ, Apply fails with Conflict: build it anew. It fails
// like [Build] for geometries that can't be held and for size.
func (c *Collection) Apply(changed []*geo.Feature, removed []string, next *geo.Collection) (*Collection, error) {
	return c.apply(changed, removed, c.unlocated, next)
}

// apply is Apply with the rows that have no position at the next version.
func (c *Collection) apply(changed []*geo.Feature, removed []string, unlocated []*geo.Feature, next *geo.Collection) (*Collection, error) {
	if !sameShape(c.about, next) {
		return nil, geo.Errorf(geo.Conflict, "the attributes of collection %q have changed", next.ID)
	}
	n := c.copied()
	about := *next
	n.source, n.about = next, about.Index()
	p := packer{about: n.about, options: c.options, slab: 1}
	for _, id := range removed {
		n.remove(&p, id)
	}
	for _, f := range changed {
		packed, place, size, err := p.pack(f)
		if err != nil {
			return nil, err
		}
		n.remove(&p, f.ID)
		n.byID.Set(packed)
		for _, o := range n.orders.trees {
			o.tree.Set(packed)
		}
		n.place(packed, place)
		n.bytes += size
	}
	if !slices.Equal(unlocated, c.unlocated) {
		if err := n.setUnlocated(&p, unlocated); err != nil {
			return nil, err
		}
	}
	if err := n.checkSize(); err != nil {
		return nil, err
	}
	n.about = n.describe(next, next.Version)
	return n, nil
}

// copied gives a view with trees of its own that share their nodes. A copy marks
// the tree it is taken from, so copies are made one at a time; readers go on.
func (c *Collection) copied() *Collection {
	c.orders.mu.Lock()
	defer c.orders.mu.Unlock()
	next := *c
	next.byID, next.absent, next.hollow, next.places = c.byID.Copy(), c.absent.Copy(), c.hollow.Copy(), c.places.Copy()
	next.orders = &orders{trees: maps.Clone(c.orders.trees)}
	for name, o := range next.orders.trees {
		next.orders.trees[name] = sorted{o.sequence, o.tree.Copy()}
	}
	return &next
}

func (c *Collection) remove(p *packer, id string) {
	old, ok := c.byID.Delete(&geo.Feature{ID: id})
	if !ok {
		return
	}
	for _, o := range c.orders.trees {
		o.tree.Delete(old)
	}
	c.displace(old)
	c.bytes -= p.size(old)
}
