package postgis

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/quality"
)

// qualityCollection is the table of findings about the others.
const qualityCollection = "quality_issues"

// KeepQuality makes the findings of a report those that are published of its
// collection, in place of what was found before, and gives their number. It writes
// at the migrator's URL.
func (s *Store) KeepQuality(ctx context.Context, r *quality.Report, principal string) (int64, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return 0, geo.Errorf(geo.Internal, "the report can't be written").Because(err)
	}
	conn, err := connect(ctx, s.options.MigratorURL)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := usePostGIS(ctx, conn); err != nil {
		return 0, err
	}
	var stored int64
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT set_config('kawasan.principal', $1, true), set_config('kawasan.reason', 'judged', true)`, principal); err != nil {
			return err
		}
		text := strings.ReplaceAll(string(raw), `\u0000`, `\ufffd`)
		return tx.QueryRow(ctx, `SELECT kawasan._keep_quality($1, NULL, true, $2::jsonb)`, r.Collection, text).Scan(&stored)
	})
	if err != nil {
		return 0, queryFault(ctx, err)
	}
	return stored, nil
}
