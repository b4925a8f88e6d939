package geodesy

import "math"

// Verdict says how sure the answer of a predicate is.
type Verdict string

// The verdicts, most sure first.
const (
	// Certain: true of the stored shapes and of every boundary within the
	// uncertainties. Never said of an indicative or estimated boundary.
	Certain Verdict = "certain"
	// Likely: every boundary within the uncertainties gives the same answer but
	// one of the two is only indicative or estimated; or the answer would change
	// only if the boundaries erred by more than half of what they may.
	Likely Verdict = "likely"
	// DependsOnBoundary: the answer hangs on where the boundary really is, or
	// that is not known at all.
	DependsOnBoundary Verdict = "depends_on_boundary"
)

// Judgement is the answer of a predicate and how sure it is.
type Judgement struct {
	Holds   bool // of the stored shapes
	Verdict Verdict
	// MarginM is how many metres are left between what the uncertainties allow
	// and a different answer; negative when they allow one. Nil when an
	// uncertainty is unknown.
	MarginM *float64
}

// JudgeWithin judges "a is within limit metres of b", given the distance in
// metres of the stored shapes and its interval.
func JudgeWithin(metres, limit float64, iv Interval, a, b Basis) Judgement {
	j := Judgement{Holds: metres <= limit, Verdict: DependsOnBoundary}
	if iv.MaxM == nil {
		return j
	}
	margin := iv.MinM - limit
	if j.Holds {
		margin = limit - *iv.MaxM
	}
	j.MarginM = &margin
	sure := margin >= 0
	if !j.Holds {
		sure = margin > 0
	}
	j.Verdict = verdict(sure, math.Abs(limit-metres), a, b)
	return j
}

// JudgeMeets judges "a meets b" (they have a point in common), given the
// distance in metres of the stored shapes. It costs some milliseconds when they meet.
func JudgeMeets(metres float64, a, b Party) Judgement {
	j := Judgement{Holds: metres == 0, Verdict: DependsOnBoundary}
	ua, okA := a.known()
	ub, okB := b.known()
	if !okA || !okB {
		return j
	}
	margin := metres - ua - ub
	if j.Holds {
		margin = meetMargin(a, b, ua, ub, math.Inf(1))
		if math.IsInf(margin, -1) {
			margin = -ua - ub // they touch, cross, or an envelope is not wholly inside
		}
	}
	j.MarginM = &margin
	j.Verdict = verdict(margin > 0, margin+ua+ub, a.Basis, b.Basis)
	return j
}

// verdict weighs whether the answer is sure as far as the uncertainties go, and
// how far in metres the boundaries must err together to change it.
func verdict(sure bool, slack float64, a, b Basis) Verdict {
	if sure {
		if a.Kind.guessed() || b.Kind.guessed() {
			return Likely
		}
		return Certain
	}
	if a.Kind.encloses() || b.Kind.encloses() || a.Kind.guessed() || b.Kind.guessed() {
		return DependsOnBoundary
	}
	ua, _ := a.known()
	ub, _ := b.known()
	if slack > (ua+ub)/2 {
		return Likely
	}
	return DependsOnBoundary
}

// RoundForUncertainty rounds a figure to what its uncertainty allows and
// returns it with the step used: the largest power of ten that does not exceed
// the uncertainty (in the unit of the figure), so that rounding adds at most
// half the uncertainty. 12,345 known to 300 becomes 12,300. An uncertainty of 0,
// or one that is not a number, leaves the figure as it is, with a step of 0.
func RoundForUncertainty(value, uncertainty float64) (rounded, step float64) {
	if !(uncertainty > 0) || math.IsInf(uncertainty, 0) || math.IsInf(value, 0) || math.IsNaN(value) {
		return value, 0
	}
	e := math.Floor(math.Log10(uncertainty))
	// A power computed from its exponent may round either way: step back if so.
	if math.Pow(10, e) > uncertainty {
		e--
	} else if math.Pow(10, e+1) <= uncertainty {
		e++
	}
	if e < -300 || e > 300 {
		return value, 0
	}
	if e >= 0 {
		step = math.Pow(10, e)
		return math.Round(value/step)*step + 0, step
	}
	// Divide by a whole number: 0.1 has no exact double.
	n := math.Pow(10, -e)
	if r := math.Round(value * n); !math.IsInf(r, 0) {
		value = r / n
	}
	return value + 0, 1 / n
}
