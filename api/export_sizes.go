package api

import (
	"strings"
	"sync"

	"kawasan/geo"
)

// mostSizes bounds how many sizes of files are remembered; beyond it all are forgotten.
const mostSizes = 4096

// fileSizes are the sizes of whole collections as files, known once a file has been
// made of that state of the data. They outlive the file: the same data give the same bytes.
type fileSizes struct {
	mu    sync.Mutex
	known map[string]fileSize // by address
}

type fileSize struct {
	of    dependency
	bytes int64
}

func newFileSizes() *fileSizes { return &fileSizes{known: map[string]fileSize{}} }

// get gives the size of the file at an address, made of that state; 0 if it isn't known.
func (s *fileSizes) get(address string, of dependency) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.known[address]; known.of == of {
		return known.bytes
	}
	return 0
}

// learn notes a size and reports whether it was not known yet.
func (s *fileSizes) learn(address string, of dependency, bytes int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[address] == (fileSize{of, bytes}) {
		return false
	}
	if len(s.known) >= mostSizes {
		clear(s.known)
	}
	s.known[strings.Clone(address)] = fileSize{of, bytes}
	return true
}

// enclosureOf gives the address of the file of all of a collection.
func (x *exchange) enclosureOf(c *geo.Collection, format string) string {
	return x.collectionURL(c.ID) + "/items?f=" + format + x.inLanguage()
}

// inLanguage asks in a query for the language of the answer at hand, if it isn't the one
// that files have without it.
func (x *exchange) inLanguage() string {
	if x.lang == languages[0] {
		return ""
	}
	return "&lang=" + x.lang
}

// learnSize notes how large the file is that has been made of a collection, if the
// collection's page offers that very file, and was made anew for it.
func (x *exchange) learnSize(of *geo.Collection, bytes int64) {
	c := x.collection
	if c == nil || of == nil || of.Version == 0 || of.Version != c.Version || x.principal.Name != "" || x.url(x.path, x.values) != x.enclosureOf(c, x.format.name) {
		return
	}
	if x.server.sizes.learn(x.enclosureOf(c, x.format.name), dependency{c.ID, c.Version, c.Shape()}, bytes) {
		x.server.kept.forget("/collections", collectionPath(c.ID)) // which tell sizes
	}
}

// forget drops the answers of resources, whatever their parameters.
func (k *kept) forget(paths ...string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, sum := range k.lru.Keys() {
		a, ok := k.lru.Peek(sum)
		if !ok {
			continue
		}
		path, _, _ := strings.Cut(a.key, " ")
		path, _, _ = strings.Cut(path, "?")
		for _, p := range paths {
			if path == p {
				k.lru.Remove(sum)
			}
		}
	}
}
