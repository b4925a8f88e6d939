package api

import (
	"hash/maphash"
	"sync/atomic"

	"kawasan/geo"
)

// standingLinks are links that all pages of a collection's items have, in one language
// and under one address.
type standingLinks struct {
	collection string
	shape      uint64
	base, lang string
	// links are downloads of everything, and the collection as the last.
	links []link
}

// standing are those used last, each in a place that its collection's name gives.
type standing struct {
	seed   maphash.Seed
	places [256]atomic.Pointer[standingLinks]
}

func newStanding() *standing { return &standing{seed: maphash.MakeSeed()} }

// standingLinks gives the links that all pages of items have; nobody changes them.
func (x *exchange) standingLinks(c *geo.Collection) []link {
	all := x.server.standing
	place := &all.places[maphash.String(all.seed, c.ID)%uint64(len(all.places))]
	if s := place.Load(); s != nil && s.collection == c.ID && s.shape == c.Shape() && s.base == x.base && s.lang == x.lang {
		return s.links
	}
	links := append(x.appendEnclosures(nil, c, quickForms), link{
		Href: x.collectionURL(c.ID), Rel: "collection", Type: asJSON.mediaType, Title: c.Title.In(x.lang),
	})
	for i := range links {
		links[i].encoded = string(links[i].append(nil))
	}
	place.Store(&standingLinks{c.ID, c.Shape(), x.base, x.lang, links})
	return links
}

// collectionLink leads from a feature or a page to its collection.
func (x *exchange) collectionLink(c *geo.Collection) link {
	links := x.standingLinks(c)
	return links[len(links)-1]
}
