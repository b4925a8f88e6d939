package intake

import (
	"context"
	"iter"
	"time"

	"kawasan/geo"
)

// Store keeps what is taken in. It is also read: what is there already are the
// neighbours of what comes.
type Store interface {
	geo.Reader
	// Import keeps features, all or nothing; see Load. What is wrong with the
	// features is Invalid or Conflict and says which.
	Import(ctx context.Context, load Load) (Stored, error)
}

// Load is what a store is handed.
type Load struct {
	Mode Mode
	// Collection describes the features. If the mode is New it is made, else it is
	// the one that exists with the columns of Added behind its own.
	Collection *geo.Collection
	// Added are properties that the collection does not have yet.
	Added []geo.Property
	// Columns are the properties that the features bring, by their place in
	// Collection.Properties. Others keep their values, null for new features.
	Columns []int
	// Widened are those of Columns that are integers in the store and numbers in Collection: if a
	// feature has decimals there the column becomes one of numbers, else it stays.
	Widened []int
	// Lesser are those of Columns by which alone a stored feature is not changed.
	Lesser []int
	// Features stream once. An error ends the import.
	Features iter.Seq2[*geo.Feature, error]
	// Settle waits for what is said of all features together, which goes on behind the last
	// of them; an error ends the import. The store calls it once, after the last feature and
	// before it keeps others from reading the collection.
	Settle func() error
	// DryRun does everything and then keeps nothing.
	DryRun bool
	// Record describes the import once it is known what it did; it is kept beside the data.
	Record func(Stored) Record
	// Principal and Reason stand in the change log.
	Principal, Reason string
}

// Stored is what an import did to the collection.
type Stored struct {
	Import                                int64 // number of the record
	Inserted, Updated, Unchanged, Deleted int64
	Widened                               []string // columns of integers that became numbers
}

// Record is the origin of a load: the row of the table of imports.
type Record struct {
	ID         int64     `json:"id"`
	Collection string    `json:"collection"`
	Mode       Mode      `json:"mode"`
	At         time.Time `json:"at"`
	By         string    `json:"by"`
	File       string    `json:"file"`
	SHA256     string    `json:"sha256"`
	Bytes      int64     `json:"bytes"`
	Format     string    `json:"format"`
	Layer      string    `json:"layer"`
	CRS        string    `json:"crs"`      // the code of the system taken
	CRSText    string    `json:"crs_text"` // as the file has it; "" when it was given by hand
	Program    string    `json:"program"`
	Read       int64     `json:"read"` // features in the file
	Inserted   int64     `json:"inserted"`
	Updated    int64     `json:"updated"`
	Unchanged  int64     `json:"unchanged"`
	Deleted    int64     `json:"deleted"`
	Errors     int64     `json:"errors"`
	Warnings   int64     `json:"warnings"`
	// Columns says where each column of the file went: {"NAMOBJ": "name"}.
	Columns map[string]string `json:"columns"`
	// Report is what the judge found, as JSON; nil if nothing judged.
	Report []byte `json:"-"`
}
