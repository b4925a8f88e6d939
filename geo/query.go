package geo

import (
	"time"

	"github.com/paulmach/orb"
)

// MatchedLimit is how many matching features are counted at most: beyond it
// the number matched is not given. The rule never depends on time.
const MatchedLimit = 100_000

// Query asks a Reader for features of one collection. The zero value of each
// field asks for nothing special.
type Query struct {
	Collection string
	// IDs limits to these features.
	IDs []string
	// Bounds limits to features whose geometry meets any of the boxes (lon, lat,
	// closed, edges straight); more than one where a box crosses the antimeridian.
	// Features without a geometry match too, as OGC API Features asks.
	Bounds []orb.Bound
	// Time limits to features whose time meets the interval; those without time match.
	Time *Interval
	// Filter limits to features for which it is true.
	Filter Filter
	// SortBy orders; ties, and everything when empty, go by id ascending. Nulls last.
	SortBy []SortKey
	// After starts behind this place in the order.
	After *Cursor
	// Backward reads the order from its end (or from After) towards its start.
	Backward bool
	// Offset skips that many features; Limit ends after that many, 0 means all.
	Offset, Limit int
	// Properties are the attributes wanted; nil means all, empty none.
	Properties []string
	// SkipGeometry leaves out the geometry.
	SkipGeometry bool
	// Count asks for the number matched.
	Count bool
	// Bulk says that the answer is read as a whole, at the pace of who takes it: the
	// limits of time that a store sets for a query don't hold, only that of the context.
	Bulk bool
	// Unlocated reads, instead of the features, the rows kept beside the collection of
	// what is known to be there but has no known position.
	Unlocated bool
	// NoPosition limits to features without a geometry or with an empty one.
	NoPosition bool
	// AsOf is the legal date asked for: only what was valid on that day. Nil: whatever is stored.
	AsOf *Date
	// AtVersion asks for the data as they were at an earlier version; 0 means now.
	AtVersion Version
	// Principal is who asks.
	Principal Principal
}

// Principal is the one on whose behalf a query runs. The zero value is the public.
type Principal struct {
	Name   string   // name of the key, for the change log
	Scopes []string // what the key allows
}

// Interval is a span of time, both ends included; a nil end is open.
type Interval struct{ Start, End *time.Time }

// SortKey orders by a property.
type SortKey struct {
	Property   string
	Descending bool
}

// Cursor is a place in an order: just behind the feature with these values.
type Cursor struct {
	// Values of the sort keys, as in Feature.Values.
	Values []any
	ID     string
}

// Filter decides which features are wanted. A filter is immutable and safe for
// concurrent use. Stores may compile the kinds of filter that they know; the
// answer of Match is the one that counts.
type Filter interface {
	// Match reports whether the filter is true for the feature; false covers unknown.
	Match(*Feature) (bool, error)
	// Properties are the names of the attributes that Match reads.
	Properties() []string
	// String gives the filter as canonical text: equal text, equal filter.
	String() string
}
