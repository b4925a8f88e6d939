package api

import (
	"cmp"

	"kawasan/geo"
)

// A file that takes long to build leaves its reader before a page that stands still. So
// pages lead, for large ones, to one that says so and goes on to the file by itself: the
// browser stays on it until the file is there to be saved. No script is needed.

const (
	slowBytes    = 5e6    // built files from this size take more than a moment
	slowFeatures = 10_000 // and so do files of several collections with as many features
)

// downloadPage is what people see while a file is being built.
type downloadPage struct {
	Title   string
	Called  string // the form of the file
	Address string // of the file
	Back    string // of the page that it is part of
}

func (p downloadPage) next() string { return p.Address }

// refreshing is a page that leads on by itself.
type refreshing interface{ next() string }

// waitingFor is the page that leads to the files of an endpoint, with the same parameters.
func (s *Server) waitingFor(files *endpoint, path string) *endpoint {
	e := *files
	e.id, e.path, e.hidden, e.filterBody = files.id+"Download", path, true, false
	e.handle = func(x *exchange) error { return x.sendDownloadPage(files) }
	return &e
}

func (x *exchange) sendDownloadPage(files *endpoint) error {
	file := x.format
	if !file.file {
		return geo.Invalidf("f", "f names no file to download").Try("f=gpkg, for instance")
	}
	x.format = asHTML
	x.chooseLanguage()
	p := downloadPage{Title: file.title.In(x.lang), Called: file.title.In(x.lang), Back: x.pagePath("/")}
	path := files.path
	if c := x.collection; c != nil {
		path, p.Back = collectionPath(c.ID)+"/items", x.pagePath(collectionPath(c.ID))
		p.Title += ": " + cmp.Or(c.Title.In(x.lang), c.ID)
	}
	p.Address = x.url(path, x.values)
	if x.begin(x.stateOf()) {
		return nil
	}
	return x.sendPage("download", p)
}
