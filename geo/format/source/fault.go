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

// String is the place as people read it: desa.csv, line 12, feature 11.
func (p Place) String() string {
	var parts []string
	add := func(format string, v any) { parts = append(parts, fmt.Sprintf(format, v)) }
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
	return strings.Join(parts, ", ")
}

// Errorf makes an error whose message begins with the place.
func (p Place) Errorf(code geo.Code, format string, args ...any) *geo.Error {
	message := fmt.Sprintf(format, args...)
	if at := p.String(); at != "" {
		message = at + ": " + message
	}
	e := geo.Errorf(code, "%s", message)
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
