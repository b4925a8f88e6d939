package geo

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// DataVersion names the state of one collection's data as it is written in an
// answer and given back to repeat it: zones:12-3fa9, where 12 is the Version and
// 3fa9 stands for the columns that the data had.
type DataVersion struct {
	Collection string
	Version    Version
	// Columns is the digest of the columns; empty when it was not said.
	Columns string
}

// String writes it in the form that ParseDataVersions reads.
func (v DataVersion) String() string {
	s := v.Collection + ":" + strconv.FormatUint(uint64(v.Version), 10)
	if v.Columns != "" {
		s += "-" + v.Columns
	}
	return s
}

// DataVersions names the state of several collections, in order of collection.
type DataVersions []DataVersion

// String writes them separated by commas; empty for none.
func (all DataVersions) String() string {
	parts := make([]string, len(all))
	for i, v := range all {
		parts[i] = v.String()
	}
	return strings.Join(parts, ",")
}

// Of finds the version of a collection.
func (all DataVersions) Of(collection string) (DataVersion, bool) {
	i, ok := slices.BinarySearchFunc(all, collection, func(v DataVersion, id string) int { return strings.Compare(v.Collection, id) })
	if !ok {
		return DataVersion{}, false
	}
	return all[i], true
}

// add puts one in, or replaces that of the same collection.
func (all DataVersions) add(v DataVersion) DataVersions {
	i, ok := slices.BinarySearchFunc(all, v.Collection, func(v DataVersion, id string) int { return strings.Compare(v.Collection, id) })
	if ok {
		all[i] = v
		return all
	}
	return slices.Insert(all, i, v)
}

// maxDataVersions bounds the collections that a version can name.
const maxDataVersions = 100

// ParseDataVersions reads versions as an answer states them:
// zones:12-3fa9,ports:3-77c1. A bare number speaks of the collection named alone;
// pass "" where there is none. Invalid, with the form that would be right, for anything else.
func ParseDataVersions(text, alone string) (DataVersions, error) {
	fail := func(format string, args ...any) error {
		return Invalidf("version", format, args...).Try("the version that an answer states, such as zones:12,ports:3")
	}
	var all DataVersions
	for part := range strings.SplitSeq(text, ",") {
		name, number, named := strings.Cut(strings.TrimSpace(part), ":")
		if !named {
			name, number = alone, name
		}
		digits, columns, _ := strings.Cut(number, "-")
		n, err := strconv.ParseUint(digits, 10, 63)
		if name == "" || err != nil || n == 0 || strings.Trim(columns, "0123456789abcdef") != "" || len(columns) > 8 {
			return nil, fail("%q is not a version of the data", clip(part))
		}
		if _, twice := all.Of(name); twice {
			return nil, fail("the version of %q is given twice", clip(name))
		}
		if all = all.add(DataVersion{name, Version(n), columns}); len(all) > maxDataVersions {
			return nil, fail("more than %d collections are named", maxDataVersions)
		}
	}
	return all, nil
}

// DataVersions gives the state of a collection in the form that repeats an
// answer: its own, or, for one that is computed from others, theirs. False if
// changes to any of it are not tracked, so that nothing can be repeated.
func (c *Collection) DataVersions() (DataVersions, bool) {
	if len(c.RestsOn) == 0 {
		return DataVersions{{c.ID, c.Version, c.columnsDigest()}}, c.Version != 0
	}
	return DataVersionsOf(c.RestsOn...)
}

// DataVersionsOf gives the state of several collections; see [Collection.DataVersions].
func DataVersionsOf(collections ...*Collection) (DataVersions, bool) {
	var all DataVersions
	for _, c := range collections {
		versions, ok := c.DataVersions()
		if !ok {
			return nil, false
		}
		for _, v := range versions {
			all = all.add(v)
		}
	}
	return all, true
}

// columnsDigest is equal as long as names and types of the columns are.
func (c *Collection) columnsDigest() string {
	if c.columns != "" {
		return c.columns
	}
	return c.digest()
}

// digest sums up the columns.
func (c *Collection) digest() string {
	h := fnv.New32a()
	_, _ = fmt.Fprint(h, c.GeometryType, c.HasZ, c.HasM, c.IntegerID)
	for _, p := range c.Properties {
		_, _ = fmt.Fprintf(h, "|%s %s", p.Name, p.Type)
	}
	return fmt.Sprintf("%04x", h.Sum32()&0xffff)
}

// checkColumns refuses a version whose columns were others than those that are there now.
func (v DataVersion) checkColumns(c *Collection) error {
	if v.Columns == "" || v.Columns == c.columnsDigest() {
		return nil
	}
	e := Errorf(Conflict, "the columns of %q have changed since version %d, so that version can't be read any more", c.ID, v.Version).
		In("version").Try("leave version out, for the data as they are now")
	e.Place.Collection = c.ID
	return e
}

// Layer is a reader that adds collections computed from those of another.
type Layer interface {
	Reader
	// Over gives the same layer over another reader made of the one below, with nothing kept of what was computed before.
	Over(wrap func(Reader) Reader) Reader
}

// Untracked is the error for a version asked of data whose changes nobody keeps.
func Untracked(c *Collection) *Error {
	e := Errorf(Unsupported, "changes to the collection %q are not tracked, so it has no earlier versions", clip(c.ID)).In("version")
	e.Place.Collection = c.ID
	return e
}
