package cql2

import (
	"math"

	"kawasan/geo"
)

// arithmetic compiles +, -, *, /, %, div and ^ on float64. A result that is no
// finite number is null.
func (c *compiler) arithmetic(e *Operation) (valuer, error) {
	v, err := c.values(e.Args)
	if err != nil {
		return nil, err
	}
	op := e.Op
	return func(r *row) any {
		a, ok1 := geo.NumberOf(v[0](r))
		b, ok2 := geo.NumberOf(v[1](r))
		if !ok1 || !ok2 {
			return nil
		}
		result := calculate(op, a, b)
		if math.IsInf(result, 0) || math.IsNaN(result) {
			return nil
		}
		return result
	}, nil
}

// calculate follows IEEE 754; the remainder has the sign of a, and div drops
// the decimals of the quotient.
func calculate(op Operator, a, b float64) float64 {
	switch op {
	case Plus:
		return a + b
	case Minus:
		return a - b
	case Times:
		return a * b
	case Divide:
		return a / b
	case Modulo:
		return math.Mod(a, b)
	case IntegerD:
		return math.Trunc(a / b)
	case Power:
		return math.Pow(a, b)
	}
	return math.NaN()
}
