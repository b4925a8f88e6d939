package export

import (
	"strconv"
	"strings"
)

// Names keeps the names in a file apart from each other where a format compares
// them without regard to case: the second "Name" becomes "Name_2".
type Names struct {
	taken map[string]bool
	empty string
}

// NewNames starts an empty set; empty stands in for a name without characters.
func NewNames(empty string) *Names {
	if empty == "" {
		empty = "column"
	}
	return &Names{taken: map[string]bool{}, empty: empty}
}

// Take gives the name, with a number behind it if it is taken, and takes it.
func (n *Names) Take(name string) string {
	if name == "" {
		name = n.empty
	}
	unique := name
	for i := 2; n.taken[strings.ToLower(unique)]; i++ {
		unique = name + "_" + strconv.Itoa(i)
	}
	n.taken[strings.ToLower(unique)] = true
	return unique
}

// Reserve takes names that the format needs for itself.
func (n *Names) Reserve(names ...string) {
	for _, name := range names {
		n.taken[strings.ToLower(name)] = true
	}
}
