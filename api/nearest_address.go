package api

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
)

// otherWords are what people write in an address for a word of ours: what it is in
// Indonesian, or what other services call it.
var otherWords = map[string]string{
	"koleksi": "collections", "layers": "collections", "fitur": "items", "features": "items", "objek": "items", "kawasan": "zones", "zona": "zones",
	"peta": "map", "petak": "tiles", "ubin": "tiles", "gaya": "styles", "ekspor": "export", "download": "export", "unduh": "export",
	"terdekat": "nearest", "near": "nearest", "penyangga": "buffer", "banding": "compare", "bandingkan": "compare", "perbandingan": "compare",
	"peringkat": "rank", "ranking": "rank", "fungsi": "functions", "docs": "api", "openapi": "api", "openapi.json": "api", "swagger": "api", "health": "healthz", "ready": "readyz",
}

// nothingHere is the fault of an address at which there is nothing, with the likeliest one that was meant.
func (s *Server) nothingHere(c *fiber.Ctx) error {
	e := geo.AsError(frameworkFault(fiber.StatusNotFound))
	if meant := s.nearestAddress(c); meant != "" {
		return e.Try("did you mean %s?", meant).Instead(meant)
	}
	return e
}

// longestPath is how many words an address has for which likely others are looked for.
const longestPath = 8

// nearestAddress gives the path of ours that differs least from the one asked for: by
// misspelt words, by what others call them, or by one that was left out; "" if none is near.
func (s *Server) nearestAddress(c *fiber.Ctx) string {
	words := strings.Split(strings.Trim(c.Path(), "/"), "/")
	if len(words) > longestPath || slices.ContainsFunc(words, func(w string) bool { return len(w) > 64 || strings.Contains(w, standsForSlash) }) {
		return ""
	}
	var collections []string
	if catalogue, err := s.config.Reader.Catalogue(c.Context()); err == nil {
		for _, one := range catalogue.Collections {
			collections = append(collections, one.ID)
		}
	}
	best, found := 3, ""
	for _, e := range s.endpoints {
		if e.hidden || e.path == "/" {
			continue
		}
		if fitted, cost := fit(words, strings.Split(e.path[1:], "/"), collections); fitted != nil && cost < best {
			best, found = cost, "/"+strings.Join(fitted, "/")
		}
	}
	return escapePath(found)
}

// fit puts the words of an address into the form of one of ours, and counts what had to be
// changed, a word left out as two; nil if they don't fit.
func fit(words, form, collections []string) ([]string, int) {
	missing := len(form) - len(words)
	if missing < 0 || missing > 1 {
		return nil, 0
	}
	fitted, cost, known := make([]string, 0, len(form)), 2*missing, false
	for _, part := range form {
		word := ""
		if len(words) > 0 {
			word = words[0]
		}
		meant := wordOf(word, part, collections)
		if meant == "" {
			if missing == 0 || part[0] == ':' {
				return nil, 0
			}
			fitted, missing = append(fitted, part), 0
			continue
		}
		if meant != word {
			cost++
		}
		known = known || part[0] != ':' || part == ":collection"
		fitted, words = append(fitted, meant), words[1:]
	}
	if len(words) > 0 || !known { // a word left out alone would fit anything
		return nil, 0
	}
	return fitted, cost
}

// wordOf gives what a word of an address should be at a place in the form of ours; "" if it is nothing like it.
func wordOf(word, part string, collections []string) string {
	switch {
	case word == "":
		return ""
	case part == ":collection":
		if slices.Contains(collections, word) {
			return word
		}
		return geo.Nearest(word, collections)
	case part[0] == ':':
		return word
	case otherWords[strings.ToLower(word)] == part:
		return part
	}
	return geo.Nearest(word, []string{part})
}
