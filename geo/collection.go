package geo

import (
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/paulmach/orb"
)

// Version numbers the state of a collection's data: it grows by one with each
// committed statement that changed the collection, and two states with the same
// version are the same. Zero means that changes are not tracked (a view, say).
type Version uint64

// Collection describes a set of features with the same attributes, at one
// version. It is immutable.
type Collection struct {
	ID          string
	Title       Text
	Description Text
	Keywords    []string
	Licence     string
	Attribution string
	// GeometryType is the type of every geometry as GeoJSON names it (Point,
	// MultiLineString, MultiPolygon ...), "Geometry" where types are mixed, and ""
	// for a collection without geometry.
	GeometryType string
	HasZ, HasM   bool
	// Properties are the attributes in their order, without id and geometry.
	Properties []Property
	// IntegerID says that ids are integers: they sort by value and are JSON numbers.
	IntegerID bool
	// Extent bounds all geometries; IsEmpty when there are none.
	Extent orb.Bound
	// Interval is the span of time that the features cover; an open side is nil.
	Interval Interval
	// TimeStart and TimeEnd name the properties that datetime asks about; both are
	// the same for instants, both empty if the collection has no time.
	TimeStart, TimeEnd string
	// Count is the number of features, -1 when it isn't known.
	Count int64
	// Version labels the data; see Version.
	Version Version
	// RestsOn are the collections, at the versions read, that a computed one was made from; empty for one that is stored.
	RestsOn []*Collection
	// Modified is when the newest change was committed; zero when unknown.
	Modified time.Time
	// Defects are what is wrong with rows of the table, as of when they were last looked at.
	Defects []Defect
	// Reading tells apart the ways in which a store makes features of rows. What it finds out about
	// them can change it without a new version: features of the two need not be the same.
	Reading string
	// Derived says that the features follow from other collections (connections,
	// findings about quality): maps hide them until they are asked for.
	Derived bool
	// InMemory says that reads are answered from memory; Note says why not.
	InMemory bool
	Note     Phrase

	index     map[string]int
	shape     uint64
	described string // see descriptionDigest
}

// Property describes one attribute.
type Property struct {
	Name        string
	Type        PropertyType
	Title       Text
	Description Text
	Unit        string   // m, ha, MW ...; empty if there is none
	Enum        []string // the only values allowed, if that is fixed
	// Words say for people what values mean that are codes, or that one language
	// has other words for; keys are values as stored, of a list its members.
	Words    map[string]Text
	Required bool // never null
	ReadOnly bool // kept by the database
}

// Index prepares the collection for look-ups by name. A store calls it once,
// before the collection is shared.
func (c *Collection) Index() *Collection {
	c.IndexNames()
	c.shape = c.hash()
	c.described = c.digest()
	return c
}

// IndexNames is Index for a collection made for one answer, which nobody
// compares with others: it costs less.
func (c *Collection) IndexNames() *Collection {
	c.index = make(map[string]int, len(c.Properties))
	for i := range c.Properties {
		c.index[c.Properties[i].Name] = i
	}
	c.shape, c.described = 0, ""
	return c
}

// Shape tells descriptions apart: it is equal for collections whose features are
// described and read in the same way, whatever their number, extent and version.
func (c *Collection) Shape() uint64 {
	if c.shape != 0 {
		return c.shape
	}
	return c.hash()
}

// hash sums up the description.
func (c *Collection) hash() uint64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%q", []any{
		c.ID, c.Title, c.Description, c.Keywords, c.Licence, c.Attribution, c.GeometryType, c.HasZ, c.HasM, c.Properties, c.IntegerID, c.TimeStart, c.TimeEnd, c.Reading,
	})
	return h.Sum64()
}

// PropertyIndex gives the place of a property in Properties and in Feature.Values.
func (c *Collection) PropertyIndex(name string) (int, bool) {
	if c.index != nil {
		i, ok := c.index[name]
		return i, ok
	}
	i := slices.IndexFunc(c.Properties, func(p Property) bool { return p.Name == name })
	return i, i >= 0
}

// Property finds a property by name.
func (c *Collection) Property(name string) (Property, bool) {
	i, ok := c.PropertyIndex(name)
	if !ok {
		return Property{}, false
	}
	return c.Properties[i], true
}

// NameOfID is the name by which filters and schemas know the id: "id", unless an
// attribute has that name.
func (c *Collection) NameOfID() string { return c.free("id", "_id") }

// NameOfGeometry is the name by which filters and schemas know the geometry:
// "geometry", unless an attribute has that name.
func (c *Collection) NameOfGeometry() string { return c.free("geometry", "geom", "_geometry") }

// free is the first of the names that no attribute has; the last if all are taken.
func (c *Collection) free(names ...string) string {
	for _, name := range names {
		if _, taken := c.PropertyIndex(name); !taken {
			return name
		}
	}
	return names[len(names)-1]
}

// HasGeometry reports whether features of the collection can have a geometry.
func (c *Collection) HasGeometry() bool { return c.GeometryType != "" }

// Catalogue is what a store publishes at one moment. It is immutable.
type Catalogue struct {
	// Collections in order of id.
	Collections []*Collection
	// Unpublished names the tables that can't be collections, and why.
	Unpublished []Unpublished
	// Version changes whenever what is published (not its data) changes.
	Version Version
}

// Unpublished is a table that is not published, with the reason.
type Unpublished struct {
	Table  string
	Reason Phrase
	// Passing says that the reason lies in its rows or in what holds them, so that it
	// may be published the next time that they are looked at.
	Passing bool
}

// Collection finds a collection by id; NotFound with the ids that exist otherwise.
func (c *Catalogue) Collection(id string) (*Collection, error) {
	i, ok := slices.BinarySearchFunc(c.Collections, id, func(c *Collection, id string) int {
		switch {
		case c.ID < id:
			return -1
		case c.ID > id:
			return 1
		}
		return 0
	})
	if !ok {
		for _, u := range c.Unpublished {
			if u.Table == id {
				return nil, u.fault()
			}
		}
		e := Errorf(NotFound, "there is no collection %q", Clip(id)).Try("one of the collections listed at /collections")
		if near := Nearest(id, c.IDs()); near != "" {
			e = e.Try("did you mean %s? All collections are listed at /collections", near).Instead(near)
		}
		e.Place.Collection = Clip(id)
		return nil, e
	}
	return c.Collections[i], nil
}

// IDs are the names of the collections, in their order.
func (c *Catalogue) IDs() []string {
	ids := make([]string, len(c.Collections))
	for i, one := range c.Collections {
		ids[i] = one.ID
	}
	return ids
}

// Equal reports whether the same is said of the same table.
func (u Unpublished) Equal(other Unpublished) bool {
	return u.Table == other.Table && u.Reason.Equal(other.Reason) && u.Passing == other.Passing
}

// fault is for who asks for the table as a collection.
func (u Unpublished) fault() *Error {
	e := Errorf(NotFound, "the table %q is not published as a collection: %s", u.Table, u.Reason)
	if u.Passing {
		e = Errorf(Unavailable, "the collection %q can't be served now: %s", u.Table, u.Reason)
	}
	e.Place.Collection = u.Table
	return e.Try("the table or view mended by whoever keeps it in the database; it appears by itself then")
}

// Clip shortens text that a client sent, for use in a message.
func Clip(s string) string {
	r := []rune(s)
	if len(r) > 64 {
		return string(r[:64]) + "…"
	}
	return s
}
