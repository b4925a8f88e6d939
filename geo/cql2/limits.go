package cql2

// Limits of a filter, the same for both encodings.
const (
	// MaxBytes is the largest size of a filter.
	MaxBytes = 1 << 20
	// MaxDepth is how deep operations, functions and arrays may nest.
	MaxDepth = 100
	// MaxNodes is the largest number of operations, names and literals.
	MaxNodes = 20_000
	// MaxItems is the largest number of items of a list, or of arguments.
	MaxItems = 10_000
	// MaxVertices is the largest number of positions of all geometries together.
	MaxVertices = 50_000
)
