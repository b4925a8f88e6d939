package api

import (
	"strings"
	"time"

	"kawasan/geo"
)

const datetimeForm = "an instant such as 2024-05-01T00:00:00Z, a day such as 2024-05-01, or an interval start/end whose ends may be open (..)"

// parseDatetime reads an RFC 3339 instant, a day (all of it), or an interval with
// closed or open ends.
func parseDatetime(text string) (*geo.Interval, error) {
	start, end, isInterval := strings.Cut(text, "/")
	if !isInterval {
		first, last, err := parseMoment(start)
		if err != nil {
			return nil, err
		}
		return &geo.Interval{Start: first, End: last}, nil
	}
	var i geo.Interval
	var err error
	if start != "" && start != ".." {
		if i.Start, _, err = parseMoment(start); err != nil {
			return nil, err
		}
	}
	if end != "" && end != ".." {
		if _, i.End, err = parseMoment(end); err != nil {
			return nil, err
		}
	}
	if i.Start != nil && i.End != nil && i.End.Before(*i.Start) {
		return nil, geo.Invalidf("datetime", "the interval ends before it starts").Try(datetimeForm)
	}
	return &i, nil
}

// parseMoment gives the first and the last instant of a moment: the same for an
// instant, the borders of the day for a day.
func parseMoment(text string) (first, last *time.Time, err error) {
	if t, e := time.Parse(time.RFC3339Nano, strings.ToUpper(text)); e == nil {
		t = t.UTC().Truncate(time.Microsecond)
		return &t, &t, nil
	}
	day, e := time.Parse(time.DateOnly, text)
	if e != nil {
		return nil, nil, geo.Invalidf("datetime", "%q is neither an instant nor a day", geo.Clip(text)).Try(datetimeForm)
	}
	end := day.AddDate(0, 0, 1).Add(-time.Microsecond)
	return &day, &end, nil
}
