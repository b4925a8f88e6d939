package geo

// Defect says what is wrong with some rows of a collection's table, so that they are not
// served as they stand: nothing is left out without a word.
type Defect struct {
	Kind DefectKind
	// Rows is how many have it.
	Rows int64
	// IDs are the first of theirs, in order of text; rows without an id have none.
	IDs []string
}

// DefectKind says what is wrong with a row.
type DefectKind string

const (
	// WithoutID says that the row has no id by which it could be asked for. It is left out.
	WithoutID DefectKind = "without_id"
	// SharedID says that other rows have the same id, which then names none of them. All are left out.
	SharedID DefectKind = "shared_id"
	// WithoutPosition says that the geometry can't be taken to longitude and latitude. The
	// feature is served without it.
	WithoutPosition DefectKind = "without_position"
)

// DefectIDs is how many ids a [Defect] names at most.
const DefectIDs = 10
