package cql2

import "strings"

// Operator is an operator of the language, spelled as in the JSON encoding.
type Operator string

// The operators.
const (
	And Operator = "and"
	Or  Operator = "or"
	Not Operator = "not"

	Equal          Operator = "="
	NotEqual       Operator = "<>"
	Less           Operator = "<"
	Greater        Operator = ">"
	LessOrEqual    Operator = "<="
	GreaterOrEqual Operator = ">="

	Like    Operator = "like"
	Between Operator = "between"
	In      Operator = "in"
	IsNull  Operator = "isNull"

	CaseI   Operator = "casei"
	AccentI Operator = "accenti"

	Plus     Operator = "+"
	Minus    Operator = "-"
	Times    Operator = "*"
	Divide   Operator = "/"
	Modulo   Operator = "%"
	IntegerD Operator = "div"
	Power    Operator = "^"

	SIntersects Operator = "s_intersects"
	SEquals     Operator = "s_equals"
	SDisjoint   Operator = "s_disjoint"
	STouches    Operator = "s_touches"
	SWithin     Operator = "s_within"
	SOverlaps   Operator = "s_overlaps"
	SCrosses    Operator = "s_crosses"
	SContains   Operator = "s_contains"

	TAfter        Operator = "t_after"
	TBefore       Operator = "t_before"
	TContains     Operator = "t_contains"
	TDisjoint     Operator = "t_disjoint"
	TDuring       Operator = "t_during"
	TEquals       Operator = "t_equals"
	TFinishedBy   Operator = "t_finishedBy"
	TFinishes     Operator = "t_finishes"
	TIntersects   Operator = "t_intersects"
	TMeets        Operator = "t_meets"
	TMetBy        Operator = "t_metBy"
	TOverlappedBy Operator = "t_overlappedBy"
	TOverlaps     Operator = "t_overlaps"
	TStartedBy    Operator = "t_startedBy"
	TStarts       Operator = "t_starts"

	AEquals      Operator = "a_equals"
	AContains    Operator = "a_contains"
	AContainedBy Operator = "a_containedBy"
	AOverlaps    Operator = "a_overlaps"
)

// family groups operators that are written, checked and evaluated alike.
type family uint8

const (
	logic family = iota + 1
	comparison
	special // LIKE, BETWEEN, IN, IS NULL
	folding
	arithmetic
	spatial
	temporal
	array
)

// operatorsOf lists the operators of a family.
func operatorsOf(f family) []Operator {
	switch f {
	case logic:
		return []Operator{And, Or, Not}
	case comparison:
		return []Operator{Equal, NotEqual, Less, Greater, LessOrEqual, GreaterOrEqual}
	case special:
		return []Operator{Like, Between, In, IsNull}
	case folding:
		return []Operator{CaseI, AccentI}
	case arithmetic:
		return []Operator{Plus, Minus, Times, Divide, Modulo, IntegerD, Power}
	case spatial:
		return []Operator{SIntersects, SEquals, SDisjoint, STouches, SWithin, SOverlaps, SCrosses, SContains}
	case temporal:
		return []Operator{
			TAfter, TBefore, TContains, TDisjoint, TDuring, TEquals, TFinishedBy, TFinishes,
			TIntersects, TMeets, TMetBy, TOverlappedBy, TOverlaps, TStartedBy, TStarts,
		}
	case array:
		return []Operator{AEquals, AContains, AContainedBy, AOverlaps}
	}
	return nil
}

func (o Operator) family() family {
	switch {
	case strings.HasPrefix(string(o), "s_"):
		return spatial
	case strings.HasPrefix(string(o), "t_"):
		return temporal
	case strings.HasPrefix(string(o), "a_"):
		return array
	}
	switch o {
	case And, Or, Not:
		return logic
	case Like, Between, In, IsNull:
		return special
	case CaseI, AccentI:
		return folding
	case Plus, Minus, Times, Divide, Modulo, IntegerD, Power:
		return arithmetic
	}
	return comparison
}

// operatorNamed finds an operator by its JSON name, in any case.
func operatorNamed(name string) (Operator, bool) {
	for f := logic; f <= array; f++ {
		for _, o := range operatorsOf(f) {
			if strings.EqualFold(string(o), name) {
				return o, true
			}
		}
	}
	return "", false
}

// functionOperator finds an operator that text writes like a function.
func functionOperator(name string) (Operator, bool) {
	o, ok := operatorNamed(name)
	if !ok {
		return "", false
	}
	switch o.family() {
	case spatial, temporal, array, folding:
		return o, true
	}
	return "", false
}

// arity gives how many arguments an operator takes; most is -1 without a limit.
func (o Operator) arity() (least, most int) {
	switch o {
	case And, Or:
		return 2, -1
	case Not, IsNull, CaseI, AccentI:
		return 1, 1
	case Between:
		return 3, 3
	}
	return 2, 2
}

// IsPredicate reports whether the result is true, false or unknown.
func (o Operator) IsPredicate() bool {
	f := o.family()
	return f != arithmetic && f != folding
}

// text is the operator as CQL2 text spells it.
func (o Operator) text() string {
	if o == IntegerD {
		return "div"
	}
	return strings.ToUpper(string(o))
}

// reserved reports whether a name must be quoted in text.
func reserved(name string) bool {
	switch strings.ToUpper(name) {
	case "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV",
		"DATE", "TIMESTAMP", "INTERVAL", "BBOX", "EMPTY":
		return true
	}
	if _, ok := functionOperator(name); ok {
		return true
	}
	_, ok := geometryTypeNamed(name)
	return ok
}
