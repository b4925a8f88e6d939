package api

import (
	"kawasan/geo"
)

// feature answers /collections/{c}/items/{id}.
func (s *Server) feature(x *exchange) error {
	// parse and validate
	o, err := x.readOutput()
	if err != nil {
		return err
	}
	id := x.Params("feature")
	if err := checkID(id, x.collection); err != nil {
		return err
	}
	x.setContentCrs(o)
	if x.Get("If-None-Match") == "*" {
		x.Request().Header.Del("If-None-Match") // it may not exist
	}
	// call; the store also says whether it exists, so this comes before 304
	f, err := geo.FeatureByID(x.ctx, x.reader, x.collection.ID, id)
	if err != nil {
		return err
	}
	done := x.begin(x.stateOf(f.Collection))
	if x.pin == nil {
		// The label is that of the feature's last change, or of an older one; what is
		// kept holds for the collection as it was before the feature was read.
		x.rests = x.stateOf(x.collection)
	}
	if done {
		return nil
	}
	// render
	links := x.appendMapLinks(append(x.selfLinks(), x.collectionLink(x.collection)), f)
	if x.format == asHTML {
		return x.renderFeaturePage(f, links)
	}
	if f, err = o.simplified(f); err != nil {
		return err
	}
	options := o.options()
	options.Members = func(dst []byte) []byte { return appendLinks(append(dst, `,"links":`...), links) }
	buffer := takeBuffer()
	if *buffer, err = appendFeature(*buffer, f, options); err != nil {
		giveBuffer(buffer)
		return err
	}
	return x.sendBuffer(buffer)
}
