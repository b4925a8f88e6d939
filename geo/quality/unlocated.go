package quality

import "kawasan/geo"

// unlocated tells of a feature without a position.
func (v *Examination) unlocated(what geo.Text) {
	v.lost = true
	v.add(Issue{Rule: geometryMissing, Message: what})
}

// allLost tells of a load of places in which no feature has one.
func (j *Judge) allLost() {
	if j.lost == 0 || j.lost < j.examined {
		return
	}
	j.report.add(Issue{
		Rule: geometriesMissing, Severity: geometriesMissing.Severity, Collection: j.report.Collection,
		Message: say("none of the %d features has a geometry", "tidak satu pun dari %d fitur punya geometri", j.lost),
	}, false)
}
