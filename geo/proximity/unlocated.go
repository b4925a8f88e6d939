package proximity

import (
	"context"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// Unlocated are the candidates that could not be measured, since they have no
// position: rows kept beside the collections, and features without a geometry. Those
// of whole collections to measure from are among them.
type Unlocated struct {
	// Named are the first ones, at most [MaxUnlocated].
	Named []*geo.Feature
	// More is how many there are besides; of each kind in each collection, what
	// lies above [geo.MatchedLimit] is not counted.
	More int
}

// Count is how many there are.
func (u *Unlocated) Count() int { return len(u.Named) + u.More }

// unlocated finds what fits the question and has no position.
func (s *session) unlocated(ctx context.Context) (Unlocated, error) {
	var u Unlocated
	for _, t := range s.question.To {
		q := s.targetQuery(t)
		used, ok := s.used[t.Collection]
		if len(s.question.To) > 1 || !ok {
			if err := s.addUnlocated(ctx, q, &u); err != nil {
				return u, err
			}
			continue
		}
		// Which version that is the search has found; it is read at one only.
		var err error
		if u, err = recall(s, "unlocated", q, used, func() (Unlocated, error) {
			var found Unlocated
			err := s.addUnlocated(ctx, q, &found)
			return found, err
		}); err != nil {
			return u, err
		}
	}
	return u.with(s.nowhere), nil
}

// with adds others, none of which is among them.
func (u Unlocated) with(others Unlocated) Unlocated {
	if others.Count() == 0 {
		return u
	}
	room := min(len(others.Named), MaxUnlocated-len(u.Named))
	return Unlocated{
		Named: slices.Concat(u.Named, others.Named[:room]), // what is remembered stays
		More:  u.More + others.More + len(others.Named) - room,
	}
}

// addUnlocated adds what a query finds without a position: first what is kept
// beside its collection, then features.
func (s *session) addUnlocated(ctx context.Context, q geo.Query, u *Unlocated) error {
	q.Unlocated = true
	if err := s.takeUnlocated(ctx, q, u); err != nil {
		return err
	}
	q.Unlocated, q.NoPosition = false, true
	return s.takeUnlocated(ctx, q, u)
}

func (s *session) takeUnlocated(ctx context.Context, q geo.Query, u *Unlocated) error {
	left := MaxUnlocated - len(u.Named)
	q.Limit, q.Count = left+1, true
	selection, err := s.reader.Open(ctx, q)
	if err != nil {
		return err
	}
	defer selection.Close()
	s.used[q.Collection] = selection.Collection()
	matched, counted := selection.Matched()
	if !counted {
		matched = geo.MatchedLimit
	}
	n := 0
	for f, err := range selection.Features() {
		if err != nil {
			return err
		}
		if n == left {
			break
		}
		n++
		u.Named = append(u.Named, f)
	}
	u.More += max(0, matched-n)
	return ctx.Err()
}

// Note says how many there are and names the first ten.
func (u *Unlocated) Note() geo.Text {
	names := make([]string, 0, 11)
	for i, f := range u.Named {
		if i == 10 {
			names = append(names, "…")
			break
		}
		names = append(names, f.Name())
	}
	return wording.Say("%d that fit the question have no published position and could not be measured: %s.",
		"%d yang sesuai pertanyaan tidak memiliki posisi yang dipublikasikan dan tidak dapat diukur: %s.", u.Count(), strings.Join(names, ", "))
}
