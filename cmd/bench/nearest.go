package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
)

// nearestName is what the question for the nearest is called, behind a size.
const nearestName = ": 10 nearest of a point"

// ownNearest is that question, as Kawasan is asked.
func ownNearest(size string) string {
	return "/proximity/nearest?k=10&from=" + pointMark + "&to=plantations_" + size
}

// asked is how many answers of each server are compared.
const asked = 300

// agreement is how many answers of a server were not the exact ones.
type agreement struct {
	name, from           string
	otherSet, otherOrder int
}

// compareNearest asks the other servers for the nearest to the same places as
// Kawasan, whose order is that of the exact distances.
func (s *stage) compareNearest(settings *settings) []agreement {
	var all []agreement
	for _, size := range settings.Sizes {
		for _, w := range s.workloads(settings) {
			if w.server != nil || w.geography != "" || w.n != sizes[size] || !strings.HasSuffix(w.name, nearestName) {
				continue
			}
			fmt.Fprintf(os.Stderr, "comparing the answers of %s\n", w.from)
			a, err := s.agreement(w, ownNearest(size))
			if err != nil {
				fmt.Fprintln(os.Stderr, "another server fails:", err)
				continue
			}
			all = append(all, a)
		}
	}
	return all
}

// agreement compares the answers of one server.
func (s *stage) agreement(w workload, own string) (agreement, error) {
	a := agreement{name: w.name, from: w.from}
	for range asked {
		x, y := west+rand.Float64()*width, south+rand.Float64()*depth
		exact, err := found(s.memory.url+filledAt(own, w.n, x, y), ownID)
		if err != nil {
			return a, err
		}
		theirs, err := found(w.url+filledAt(w.paths[0], w.n, x, y), theirID)
		if err != nil {
			return a, err
		}
		switch {
		case slices.Equal(exact, theirs):
		case slices.Equal(slices.Sorted(slices.Values(exact)), slices.Sorted(slices.Values(theirs))):
			a.otherOrder++
		default:
			a.otherSet++
		}
	}
	return a, nil
}

// Where the id of a feature stands in an answer: of Kawasan, and of others, where it
// may stand twice.
var (
	ownID   = regexp.MustCompile(`"to":"[^"]*/(p-\d+)"`)
	theirID = regexp.MustCompile(`"(p-\d+)"`)
)

// found gives the ids in an answer, in their order.
func found(url string, id *regexp.Regexp) ([]string, error) {
	body, err := fetch(url)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range id.FindAllSubmatch(body, -1) {
		ids = append(ids, string(m[1]))
	}
	return slices.Compact(ids), nil
}
