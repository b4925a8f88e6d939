package export

import "kawasan/geo"

// State keeps the order of calls of a Writer and its first error, for those who
// implement one. The zero value is ready.
type State struct {
	err    error
	layers int
	closed bool
}

// Fail notes an error and returns the first one noted; nil is ignored.
func (s *State) Fail(err error) error {
	if s.err == nil {
		s.err = err
	}
	return s.err
}

// Open checks that a layer may begin now; WGS84Only and MultiLayer are as in Format.
func (s *State) Open(l Layer, f Format) error {
	switch {
	case s.err != nil:
	case s.closed:
		s.err = geo.Errorf(geo.Internal, "a layer was opened after the end of the file")
	case l.Collection == nil:
		s.err = geo.Errorf(geo.Internal, "a layer without a collection was opened")
	case s.layers > 0 && !f.MultiLayer:
		s.err = geo.Errorf(geo.Unsupported, "a %s file holds one collection", f.Title).Try("one file for each collection, or a format that holds several, such as gpkg")
	default:
		if s.err = f.Takes(l.System()); s.err == nil {
			s.layers++
		}
	}
	return s.err
}

// Write checks that a feature may be written now.
func (s *State) Write() error {
	if s.err == nil && (s.layers == 0 || s.closed) {
		s.err = geo.Errorf(geo.Internal, "a feature was written outside of a layer")
	}
	return s.err
}

// Close checks that the file may end now. Once it has ended, done is true and
// there is nothing to do but return err.
func (s *State) Close() (done bool, err error) {
	if s.closed || s.err != nil {
		s.closed = true
		return true, s.err
	}
	if s.layers == 0 {
		s.err = geo.Errorf(geo.Invalid, "a file without a collection was asked for")
		return true, s.err
	}
	s.closed = true
	return false, nil
}

// Discard notes that the file is given up.
func (s *State) Discard() {
	if !s.closed && s.err == nil {
		s.err = geo.Errorf(geo.Internal, "the file was given up")
	}
	s.closed = true
}
