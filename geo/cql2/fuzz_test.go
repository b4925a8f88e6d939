package cql2_test

import (
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/cql2"
)

func FuzzParseText(f *testing.F) {
	for _, e := range examples(f) {
		f.Add(e.text)
	}
	for _, c := range faults() {
		f.Add(c.text)
	}
	for _, c := range judgements() {
		f.Add(c.filter)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := cql2.ParseText(text)
		accept(t, e, err)
	})
}

func FuzzParseJSON(f *testing.F) {
	for _, e := range examples(f) {
		f.Add(e.json)
	}
	for _, c := range judgements() {
		if e, err := cql2.ParseText(c.filter); err == nil {
			f.Add(string(cql2.JSON(e)))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := cql2.ParseJSON(text)
		accept(t, e, err)
	})
}

// accept checks what is true of every answer of a decoder, and evaluates what can be evaluated.
func accept(t *testing.T, e cql2.Expr, err error) {
	t.Helper()
	if err != nil {
		if fault := geo.AsError(err); fault.Code != geo.Invalid || fault.Place.Parameter != "filter" {
			t.Fatalf("got %v of code %s, want an error of code invalid about filter", err, fault.Code)
		}
		return
	}
	if !endsWithBackslash(e) {
		checkPrinters(t, e)
	}
	layer := sample()
	filter, err := cql2.Check(e, layer.Collection, cql2.Options{})
	if err != nil {
		if !geo.IsCode(err, geo.Invalid) {
			t.Fatalf("check: %v", err)
		}
		return
	}
	for _, feature := range layer.Features {
		if _, err := filter.Match(feature); err != nil {
			t.Fatalf("match: %v", err)
		}
	}
}

// endsWithBackslash finds the texts that CQL2 text can't write.
func endsWithBackslash(e cql2.Expr) bool {
	found := false
	cql2.Walk(e, func(e cql2.Expr) bool {
		if l, ok := e.(*cql2.Literal); ok {
			s, _ := l.Value.(string)
			found = found || strings.HasSuffix(s, `\`)
		}
		return !found
	})
	return found
}
