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
	what, right = Phrase(message), Phrase(remedy)
	if what.ID == "" && e.Code == geo.Internal {
		what.ID = Phrase(wentWrong).ID
	}
	if what.ID == "" || right.ID == "" && right.EN != "" {
		what.ID, right.ID = "", ""
	}
	return what, right
}

// Phrase words a phrase. Its Indonesian is empty when a part has no Indonesian words.
func Phrase(p geo.Phrase) geo.Text {
	t := geo.Text{EN: p.String()}
	if said, whole := p.In("id", indonesian.Format); whole {
		t.ID = said
	}
	return t
}
