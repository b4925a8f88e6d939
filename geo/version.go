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
// 3fa9 stands for how the data were described.
type DataVersion struct {
	Collection string
	Version    Version
	// Description is the digest of columns, titles and descriptions; empty when it was not said.
	Description string
}

// String writes it in the form that ParseDataVersions reads.
func (v DataVersion) String() string { return string(v.append(nil)) }

func (v DataVersion) append(b []byte) []byte {
	b = append(append(b, v.Collection...), ':')
	b = strconv.AppendUint(b, uint64(v.Version), 10)
	if v.Description != "" {
		b = append(append(b, '-'), v.Description...)
	}
	return b
}

// DataVersions names the state of several collections, in order of collection.
type DataVersions []DataVersion

// String writes them separated by commas; empty for none.
func (all DataVersions) String() string {
	var space [256]byte
	b := space[:0]
	for i, v := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = v.append(b)
	}
	return string(b)
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
		digits, description, _ := strings.Cut(number, "-")
		n, err := strconv.ParseUint(digits, 10, 63)
		if name == "" || err != nil || n == 0 || strings.Trim(description, "0123456789abcdef") != "" || len(description) > 8 {
			return nil, fail("%q is not a version of the data", Clip(part))
		}
		if _, twice := all.Of(name); twice {
			return nil, fail("the version of %q is given twice", Clip(name))
		}
		if all = all.add(DataVersion{name, Version(n), description}); len(all) > maxDataVersions {
			return nil, fail("more than %d collections are named", maxDataVersions)
		}
	}
	return all, nil
}

// DataVersions gives the state of a collection in the form that repeats an
// answer: its own, or, for one that is computed from others, theirs. False if
// changes to any of it are not tracked, so that nothing can be repeated.
func (c *Collection) DataVersions() (DataVersions, bool) {
	return DataVersionsOf(c)
}

// DataVersionsOf gives the state of several collections; see [Collection.DataVersions].
func DataVersionsOf(collections ...*Collection) (DataVersions, bool) {
	return make(DataVersions, 0, len(collections)).addOf(collections)
}

func (all DataVersions) addOf(collections []*Collection) (DataVersions, bool) {
	for _, c := range collections {
		switch {
		case len(c.RestsOn) > 0:
			var ok bool
			if all, ok = all.addOf(c.RestsOn); !ok {
				return nil, false
			}
		case c.Version == 0:
			return nil, false
		default:
			all = all.add(DataVersion{c.ID, c.Version, c.descriptionDigest()})
		}
	}
	return all, true
}

// descriptionDigest is equal as long as the description of the collection is: its
// columns, and the words for it and for them.
func (c *Collection) descriptionDigest() string {
	if c.described != "" {
		return c.described
	}
	return c.digest()
}

// digest sums up, in a few letters, what is stored of the description. It is that of
// the same text whatever the release, unlike [Collection.Shape], which is never kept.
func (c *Collection) digest() string {
	h := fnv.New32a()
	_, _ = fmt.Fprintf(h, "%q %t %t %t", []string{c.GeometryType, c.Licence, c.Attribution, c.TimeStart, c.TimeEnd}, c.HasZ, c.HasM, c.IntegerID)
	say := func(texts ...Text) {
		for _, t := range texts {
			_, _ = fmt.Fprintf(h, " %q %q", t.EN, t.ID)
		}
	}
	say(c.Title, c.Description)
	for _, p := range c.Properties {
		_, _ = fmt.Fprintf(h, "|%q %s %q %q", p.Name, p.Type, p.Unit, p.Enum)
		say(p.Title, p.Description)
	}
	return fmt.Sprintf("%04x", h.Sum32()&0xffff)
}

// checkDescription refuses a version that was described otherwise than the data are
// now: what an answer says of them would not be the same.
func (v DataVersion) checkDescription(c *Collection) error {
	if v.Description == "" || v.Description == c.descriptionDigest() {
		return nil
	}
	e := Errorf(Conflict, "the columns of %q, or the words for them, have changed since version %d, so that answer can't be repeated as it was", c.ID, v.Version).
		In("version").Try("%s, for the data of then in the columns and words of now; or no version, for the data of now", DataVersion{Collection: c.ID, Version: v.Version})
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
	e := Errorf(Unsupported, "changes to the collection %q are not tracked, so it has no earlier versions", Clip(c.ID)).In("version")
	e.Place.Collection = c.ID
	return e
}
