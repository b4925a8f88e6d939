// Package migrations holds the statements that bring a database to the shape
// this program needs. Each file is NNNN_name.sql; the number is the version that
// the database has once the file has run. Files that were released never change.
package migrations

import "embed"

// Files are the migrations, in order of their names.
//
//go:embed *.sql
var Files embed.FS
