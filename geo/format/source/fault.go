package source

import (
	"fmt"
	"strings"

	"kawasan/geo"
)

// Place says where in a file a fault lies. Fields that don't apply stay zero.
type Place struct {
	File         string // name of the file within the input
	Layer        string
	Feature      int64 // number, from 1
	Line, Column int   // from 1
}

// Phrase is the place as people read it: desa.csv, line 12, feature 11.
func (p Place) Phrase() geo.Phrase {
	var parts []geo.Phrase
	add := func(format string, v any) { parts = append(parts, geo.Phrasef(format, v)) }
	if p.File != "" {
		add("%s", clip(p.File))
	}
	if p.Layer != "" {
		add("layer %s", clip(p.Layer))
	}
	if p.Line > 0 {
		add("line %d", p.Line)
		if p.Column > 0 {
			add("column %d", p.Column)
		}
	}
	if p.Feature > 0 {
		add("feature %d", p.Feature)
	}
	return geo.Phrases(", ", parts...)
}

// Errorf makes an error whose message begins with the place.
func (p Place) Errorf(code geo.Code, format string, args ...any) *geo.Error {
	e := geo.Errorf(code, format, args...)
	if p != (Place{}) {
		what, _ := e.Said()
		e = e.Saying("%s: %s", p.Phrase(), what)
	}
	e.Place = geo.Place{Line: p.Line, Column: p.Column}
	if p.Feature > 0 {
		e.Place.Feature = fmt.Sprint(p.Feature)
	}
	return e
}

// Broken is the error for a file whose structure is damaged: Invalid.
func (p Place) Broken(format string, args ...any) *geo.Error {
	return p.Errorf(geo.Invalid, format, args...).Try("the file as its source gave it, complete")
}

// Fault is an error about one row alone: those behind it can be read all the same.
// [Sequence] goes on with a feature that has it among its Faults, so that all broken
// rows of a file are told in one go.
type Fault struct {
	Place Place
	What  geo.Text
}

// Fault makes one. Its place should have the number of the feature.
func (p Place) Fault(en, id string, args ...any) *Fault {
	return &Fault{Place: p, What: geo.Textf(en, id, args...)}
}

func (f *Fault) Error() string { return f.Unwrap().Error() }

// Unwrap is the fault as an error about the file, for those who can't go on.
func (f *Fault) Unwrap() error { return f.Place.Errorf(geo.Invalid, "%s", f.What) }

// settle makes a feature of an error about one row; f is as much of the row as could be read, or nil.
func settle(f *Feature, err error) (*Feature, error) {
	fault, ok := err.(*Fault) //nolint:errorlint // one that is wrapped has become an error about the file
	if !ok {
		return f, err
	}
	if f == nil {
		f = &Feature{Number: fault.Place.Feature, Line: fault.Place.Line}
	}
	f.WKB, f.Faults = nil, append(f.Faults, fault.What)
	return f, nil
}

// clip shortens a name from a file, and takes what would spoil a message out of it.
func clip(s string) string {
	r := []rune(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "?")))
	if len(r) > 80 {
		return string(r[:40]) + "…" + string(r[len(r)-39:])
	}
	return string(r)
}
