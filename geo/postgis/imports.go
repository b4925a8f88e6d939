package postgis

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/intake"
)

// Imports lists what was imported, newest first: into one collection, or into all if
// its id is "". Reports are left out; see ImportReport.
func (s *Store) Imports(ctx context.Context, collection string) ([]intake.Record, error) {
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	rows, err := s.readers.Query(ctx, `SELECT id, collection, mode, imported_at, imported_by, file_name, file_sha256, file_bytes, format, layer, crs, crs_text, program,
		features_read, inserted, updated, unchanged, deleted, errors, warnings, columns
		FROM kawasan._import WHERE $1 = '' OR collection = $1 ORDER BY id DESC LIMIT 1000`, collection)
	if err != nil {
		return nil, queryFault(ctx, err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r intake.Record, err error) {
		var columns []byte
		if err = row.Scan(&r.ID, &r.Collection, &r.Mode, &r.At, &r.By, &r.File, &r.SHA256, &r.Bytes, &r.Format, &r.Layer, &r.CRS, &r.CRSText, &r.Program,
			&r.Read, &r.Inserted, &r.Updated, &r.Unchanged, &r.Deleted, &r.Errors, &r.Warnings, &columns); err != nil {
			return r, err
		}
		return r, json.Unmarshal(columns, &r.Columns)
	})
	if err != nil {
		return nil, queryFault(ctx, fmt.Errorf("read imports: %w", err))
	}
	return list, nil
}

// ImportReport gives what was found in the features of an import, as JSON; NotFound if
// there is no such import.
func (s *Store) ImportReport(ctx context.Context, id int64) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	var report []byte
	err := s.readers.QueryRow(ctx, `SELECT coalesce(report, 'null') FROM kawasan._import WHERE id = $1`, id).Scan(&report)
	if err == pgx.ErrNoRows { //nolint:errorlint // never wrapped by Scan
		return nil, geo.Errorf(geo.NotFound, "there is no import %d", id).Try("one that 'kawasan imports' lists")
	}
	if err != nil {
		return nil, queryFault(ctx, err)
	}
	return report, nil
}
