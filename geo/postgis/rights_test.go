package postgis_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"kawasan/geo/postgis"
)

// A user who may not do what is asked is told which right is wanting, not what the database says.
func TestUsersAreToldWhatTheyLack(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	role := fmt.Sprintf("rights_of_test_%d", os.Getpid())
	exec(t, options, `CREATE ROLE `+role)
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.Background(), options.URL)
		if err == nil {
			_, err = conn.Exec(context.Background(), `DROP OWNED BY `+role+`; DROP ROLE `+role)
			_ = conn.Close(context.Background())
		}
		if err != nil {
			t.Error(err)
		}
	})
	as := options
	as.URL += map[bool]string{true: "&", false: "?"}[strings.Contains(as.URL, "?")] + "role=" + role
	wants := func(what string, err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", what, err, want)
		}
	}
	const reader, owner = "SELECT kawasan.grant_reader", "--migrator-url with the owner of the schema"
	wants("a stranger", postgis.Migrated(t.Context(), as), reader)
	exec(t, options, `SELECT kawasan.grant_reader('`+role+`')`, `REVOKE SELECT ON kawasan._change_log FROM `+role)
	_, err := postgis.Open(t.Context(), as)
	wants("a reader who may not read the log", err, reader)
	exec(t, options, `SELECT kawasan.grant_reader('`+role+`')`)
	openStore(t, as)
	_, err = postgis.Load(t.Context(), as, true, nil)
	wants("a reader who loads", err, owner)
	readOnly := options
	readOnly.URL += map[bool]string{true: "&", false: "?"}[strings.Contains(options.URL, "?")] + "default_transaction_read_only=on"
	openStore(t, readOnly)
	_, err = postgis.Load(t.Context(), readOnly, true, nil)
	wants("a load into a replica", err, "it is a replica")
}
