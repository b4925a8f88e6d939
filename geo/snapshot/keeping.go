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
	// tooLargeFor is how long a collection that was too large is not read again for new versions of its rows alone.
	tooLargeFor = time.Hour
	// maxLag is for how many confirmations the feed may trail the catalogue.
	maxLag = 3
)

// keeping is what is known about a collection and its view. Reader.mu guards it.
type keeping struct {
	// pending are the ids that have changed behind the version since, up to version.
	pending        map[string]struct{}
	since, version geo.Version
	deferred       int

	wanted   bool // to be built (anew)
	building bool
	failures int // in a row
	retryAt  time.Time
	note     geo.Phrase
	reason   Reason
	failed   int           // in all
	took     time.Duration // of the last build
	trailed  time.Duration // from the newest change to its being readable here
	// begun is what was known when the last build began, and refused what was when one
	// found that the data can't be held.
	begun, refused attempt
	// outdated says that the build that is going on reads what the source was before.
	outdated bool
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

// attempt is a build to be: of a collection as the catalogue describes it, in some room.
type attempt struct {
	collection *geo.Collection // nil for none
	room       int64           // 0 for no bound
	until      time.Time       // what was too large is taken to be so, until there are fewer features
}

// refuses reports whether it is known that a collection can't be held. With the same version it may be, where
// there is more room now, or its rows are read in another way since the source has looked at them.
func (k *keeping) refuses(next attempt, now time.Time) bool {
	was := k.refused
	switch {
	case was.collection == nil, !sameShape(was.collection, next.collection),
		next.room-was.room > was.room/16: // less is not worth a try
		return false
	case was.collection.Version == next.collection.Version:
		return true
	}
	fewer := next.collection.Count >= 0 && next.collection.Count < was.collection.Count
	return !fewer && now.Before(was.until)
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

// putOffLong is putOff for what does not lie in reading, but in what was read: ever less time goes into that.
func (k *keeping) putOffLong(o ReaderOptions, took time.Duration) {
	k.putOff(o, geo.Phrase{})
	if at := o.Now().Add(10 * took << min(k.failures-1, 6)); at.After(k.retryAt) {
		k.retryAt = at
	}
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
