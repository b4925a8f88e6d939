package postgis

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"kawasan/geo/intake"
)

var _ intake.Store = (*Store)(nil)

// errRehearsed ends a dry run: everything went well, and nothing is to stay.
var errRehearsed = errors.New("this was a dry run")

// Import takes features in, in one transaction: whoever reads sees the collection
// as it was until the end, and a crash leaves it so. Features stream through COPY
// into a temporary table, which goes with the transaction; then one statement each
// changes, adds and removes rows, so that rows that are the same stay untouched and
// the change log tells what really changed. Others may read meanwhile, not write.
func (s *Store) Import(ctx context.Context, load intake.Load) (intake.Stored, error) {
	url := s.options.WriterURL
	if load.Mode == intake.New || len(load.Added) > 0 || len(load.Widened) > 0 && s.options.MigratorURL != s.options.URL {
		url = s.options.MigratorURL
	}
	conn, err := connect(ctx, url)
	if err != nil {
		return intake.Stored{}, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := usePostGIS(ctx, conn); err != nil {
		return intake.Stored{}, queryFault(ctx, err)
	}
	var stored intake.Stored
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		i := &importing{ctx: ctx, tx: tx, load: load}
		err := i.run(s.current())
		stored = i.stored
		if err == nil && load.DryRun {
			return errRehearsed
		}
		return err
	})
	switch {
	case errors.Is(err, errRehearsed):
		return stored, nil
	case err != nil:
		return stored, importFault(ctx, err, load)
	}
	_, err = conn.Exec(ctx, "ANALYZE "+quote(Schema)+"."+quote(load.Collection.ID))
	if err != nil {
		s.options.Log.Warn("the new features can't be counted for the planner", "collection", load.Collection.ID, "error", err)
	}
	return stored, nil
}

// importing is an import in its transaction.
type importing struct {
	ctx    context.Context
	tx     pgx.Tx
	load   intake.Load
	target *table // nil for a new collection
	stored intake.Stored

	unlocated int64 // features without a geometry
}

func (i *importing) run(known *catalogue) error {
	if err := i.begin(); err != nil {
		return err
	}
	var err error
	if i.load.Mode == intake.New {
		i.stored.Inserted, err = createFilled(i.ctx, i.tx, i.load.Collection, i.load.Features, i.load.Settle)
	} else {
		err = i.merge(known)
	}
	if err != nil {
		return err
	}
	return i.finishRecord()
}

// begin names who writes and why, and keeps a place for the record, which is not all known yet.
func (i *importing) begin() error {
	record := i.load.Record(intake.Stored{})
	err := i.tx.QueryRow(i.ctx, `INSERT INTO kawasan._import (collection, mode, imported_by, file_name, file_sha256, file_bytes, format, layer, crs, crs_text, program,
		features_read, inserted, updated, unchanged, deleted, errors, warnings, columns)
		VALUES ($1, $2, coalesce(nullif($3, ''), session_user::text), $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, 0, 0, 0, '{}') RETURNING id`,
		record.Collection, string(record.Mode), i.load.Principal, record.File, record.SHA256, record.Bytes, record.Format, record.Layer,
		record.CRS, record.CRSText, record.Program).Scan(&i.stored.Import)
	if err != nil {
		return fmt.Errorf("record the import: %w", err)
	}
	reason := fmt.Sprintf("import %d: %s", i.stored.Import, record.File)
	if i.load.Reason != "" {
		reason += ": " + i.load.Reason
	}
	_, err = i.tx.Exec(i.ctx, `SELECT set_config('kawasan.principal', $1, true), set_config('kawasan.reason', $2, true)`, i.load.Principal, reason)
	return err
}

// finishRecord writes what the import did.
func (i *importing) finishRecord() error {
	r := i.load.Record(i.stored)
	columns, err := json.Marshal(r.Columns)
	if err != nil {
		return err
	}
	var report *string
	if len(r.Report) > 0 {
		text := strings.ReplaceAll(string(r.Report), `\u0000`, `\ufffd`)
		report = &text
	}
	_, err = i.tx.Exec(i.ctx, `UPDATE kawasan._import SET features_read = $2, inserted = $3, updated = $4, unchanged = $5, deleted = $6, errors = $7, warnings = $8,
		columns = $9::jsonb, report = $10::jsonb, file_sha256 = $11, file_bytes = $12 WHERE id = $1`, i.stored.Import, r.Read, r.Inserted, r.Updated, r.Unchanged, r.Deleted, r.Errors, r.Warnings, string(columns), report, r.SHA256, r.Bytes)
	if err != nil {
		return fmt.Errorf("record the import: %w", err)
	}
	return nil
}
