package wording

import (
	"kawasan/geo"
	"kawasan/geo/wording/indonesian"
)

// wentWrong is all that others than the operator are told of a fault of ours.
var wentWrong = geo.Phrasef("something went wrong here; the operator's log has the details")

// Fault words an error: what is wrong, and what would be right, empty where that can't be
// said. The Indonesian of both is empty when a part of either has no Indonesian words; a
// fault of ours, of which only that something failed can be said, is one sentence there.
func Fault(e *geo.Error) (what, right geo.Text) {
	message, remedy := e.Said()
	what.EN, right.EN = e.Message, e.Fix
	said, whole := message.In("id", indonesian.Format)
	if !whole && e.Code == geo.Internal {
		said, whole = wentWrong.In("id", indonesian.Format)
	}
	helped, wholly := remedy.In("id", indonesian.Format)
	if whole && wholly {
		what.ID, right.ID = said, helped
	}
	return what, right
}
