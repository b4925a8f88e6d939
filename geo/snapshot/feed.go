package snapshot

import (
	"context"
	"iter"
	"time"

	"kawasan/geo"
)

// Change tells what was committed to the source. The zero Change (but for Asked) tells that
// all that was committed before has been yielded: it confirms that views are fresh.
type Change struct {
	// Collection that has changed; empty for none.
	Collection string
	// IDs of the features and rows that were written or removed; nil when any may
	// have been, or the structure.
	IDs []string
	// Version that the collection has with the change and all before it, and Since the
	// one behind which IDs are all that was written.
	Version, Since geo.Version
	// Anew says that the source is another, or was put back to an earlier state: what
	// was known of the collection's versions no longer holds. IDs are nil.
	Anew bool
	// Catalogue says that collections have come, gone or been described anew.
	Catalogue bool
	// Asked is when the source was asked for what a zero Change confirms; the zero
	// Time means when it is yielded.
	Asked time.Time
}

// Feed tells of changes.
type Feed interface {
	// Changes yields every change that is committed after it begins, at least
	// once, and a zero Change now and then (within a second, say), the first
	// one as soon as it listens. A collection's changes may come late, twice or
	// out of order, and one that is lost does no harm. An error tells that the source does not answer; the sequence
	// may go on after it or end, and then it is begun again. It ends with ctx.
	Changes(ctx context.Context) iter.Seq2[Change, error]
}
