package cql2

// Position is where a node stands in the input it was read from. The zero value
// is that of a node made by a program.
type Position struct {
	Line, Column int    // 1-based; the column counts characters
	Pointer      string // JSON pointer; only from JSON
}

// Pos returns the position itself; nodes embed it.
func (p Position) Pos() Position { return p }

// Expr is a node of the syntax tree: *Literal, *Property, *Operation, *Call,
// *Geometry, *Interval or *Array, and nothing else. Nodes are immutable.
type Expr interface {
	Pos() Position
	node()
}

// Literal is a constant.
type Literal struct {
	Position
	// Value is a string, int64, float64 (never integral below 2^53), bool,
	// geo.Date or time.Time (UTC, microseconds).
	Value any
}

// Property is the name of a property, of the id or of the geometry.
type Property struct {
	Position
	Name string
	// Binding says what the name means in a collection; zero before [Check].
	Binding Binding
}

// Operation applies an operator of the language.
type Operation struct {
	Position
	Op Operator
	// Args as in the JSON encoding. NOT LIKE, NOT IN, NOT BETWEEN and IS NOT NULL
	// are Not around the operation; the list of In is an *Array; a minus sign
	// before anything but a number is -1 * x.
	Args []Expr
}

// Call applies a function.
type Call struct {
	Position
	Name string
	Args []Expr
	// Function is what the name means; nil before [Check].
	Function *Function
}

// Interval is a span of time, both ends included.
type Interval struct {
	Position
	// Start and End are a *Literal (date or timestamp), *Property or *Call; nil is open.
	Start, End Expr
}

// Array is a list.
type Array struct {
	Position
	Items []Expr
}

func (*Literal) node()   {}
func (*Property) node()  {}
func (*Operation) node() {}
func (*Call) node()      {}
func (*Interval) node()  {}
func (*Array) node()     {}
func (*Geometry) node()  {}

// Walk calls visit for e and for all below it, parents first, until visit
// returns false; then it leaves out what is below that node.
func Walk(e Expr, visit func(Expr) bool) {
	if e == nil || !visit(e) {
		return
	}
	for _, c := range children(e) {
		Walk(c, visit)
	}
}

func children(e Expr) []Expr {
	switch e := e.(type) {
	case *Operation:
		return e.Args
	case *Call:
		return e.Args
	case *Array:
		return e.Items
	case *Interval:
		var ends []Expr
		for _, end := range []Expr{e.Start, e.End} {
			if end != nil {
				ends = append(ends, end)
			}
		}
		return ends
	}
	return nil
}
