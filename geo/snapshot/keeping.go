package snapshot

import (
	"time"

	"kawasan/geo"
)

const (
	// maxDeferred is how often a change may find the source ahead of what the feed
	// has told before the view is built anew, which needs no such agreement.
	maxDeferred = 8
	// A change of more features than this, and of more than a quarter, is a build.
	maxApplied = 1000
	// maxLag is for how many confirmations the feed may trail the catalogue.
	maxLag = 3
)

// keeping is what is known about a collection and its view. Reader.mu guards it.
type keeping struct {
	// pending are the ids that have changed since the view, up to version.
	pending  map[string]struct{}
	version  geo.Version
	deferred int

	wanted   bool // to be built (anew)
	building bool
	failures int // in a row
	retryAt  time.Time
	note     geo.Phrase
	reason   Reason
	failed   int           // in all
	took     time.Duration // of the last build
	trailed  time.Duration // from the newest change to its being readable here
	// tooMany is the number of features that did not fit; 0 when it isn't known.
	tooMany int64
	// begun is the collection as the catalogue described it when its last build began, and
	// refused such a description of data that can't be held; nil for none.
	begun, refused *geo.Collection
	// ahead is a version that the catalogue shows and no change has told of, and
	// lag how many confirmations ago it appeared.
	ahead     geo.Version
	lag       int
	confirmed time.Time
}

// behind reports whether changes are known that the view does not have.
func (k *keeping) behind(view *Collection) bool {
	return view == nil || k.wanted || k.building || k.version > view.Version() || k.lag > 0
}

// missed takes the version that the catalogue shows of a collection held, and
// reports whether a change to it must have gone unannounced. The feed may trail
// the catalogue a little, so that takes some confirmations.
func (k *keeping) missed(shown, held geo.Version) bool {
	known := max(held, k.version)
	if known >= k.ahead {
		k.ahead, k.lag = 0, 0
	}
	if shown <= known {
		return false
	}
	if k.ahead == 0 {
		k.ahead = shown
	}
	k.lag++
	return k.lag > maxLag
}

// refuses reports whether it is known that a collection can't be held as the catalogue describes it. With the
// same version it may be read in another way, once the source has found out what is wrong with its rows.
func (k *keeping) refuses(c *geo.Collection) bool {
	return k.refused != nil && k.refused.Version == c.Version && geo.SameDefects(k.refused.Defects, c.Defects)
}

// settled forgets the changes that a view has.
func (k *keeping) settled(version geo.Version) {
	if version >= k.version {
		k.pending, k.deferred, k.version = nil, 0, version
	}
}

// putOff puts the next attempt off.
func (k *keeping) putOff(o ReaderOptions, note geo.Phrase) {
	k.failures++
	k.failed++
	k.retryAt, k.note, k.reason = o.Now().Add(o.pause(k.failures)), note, Failed
}

// say sets why the collection is not held, or that there is nothing to say.
func (k *keeping) say(reason Reason, note geo.Phrase) { k.reason, k.note = reason, note }

// fresh takes in that a view of the newest version known is there, for which the
// source was asked at a time.
func (k *keeping) fresh(o ReaderOptions, view *Collection, asked time.Time) {
	k.failures, k.confirmed = 0, asked
	k.say("", geo.Phrase{})
	if at := view.about.Modified; !at.IsZero() {
		k.trailed = max(0, o.Now().Sub(at))
	}
}
