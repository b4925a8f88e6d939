package cluster

import (
	"net/url"
	"strings"
)

// Arguments are the server's command line: a small machine's settings, the
// socket in one directory, no TCP. They win over what the files of the cluster say.
func Arguments(dir, socket string, durable bool) []string {
	args := []string{
		"-D", dir,
		"-c", "listen_addresses=",
		"-c", "port=" + Port,
		"-c", `unix_socket_directories="` + strings.ReplaceAll(socket, `"`, `""`) + `"`,
		"-c", "unix_socket_permissions=0700",
		"-c", "max_connections=60",
		"-c", "shared_buffers=128MB",
		"-c", "work_mem=16MB",
		"-c", "maintenance_work_mem=64MB",
		"-c", "max_wal_size=512MB",
		"-c", "jit=off",
		"-c", "timezone=UTC",
		"-c", "logging_collector=off",
		"-c", "log_destination=stderr",
		"-c", "log_line_prefix=",
		"-c", "log_timezone=UTC",
		"-c", "log_checkpoints=off",
	}
	if durable {
		return append(args, "-c", "fsync=on", "-c", "full_page_writes=on", "-c", "synchronous_commit=on")
	}
	return append(args,
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off",
		"-c", "autovacuum=off", "-c", "max_connections=200")
}

// URL names a database of the cluster behind a socket directory. To libpq and pgx, a plus
// sign in it is one, and no space.
func URL(socket, database string) string {
	query := url.Values{"host": {socket}, "port": {Port}, "sslmode": {"disable"}}.Encode()
	u := url.URL{
		Scheme: "postgres", User: url.User(Superuser), Path: "/" + database,
		RawQuery: strings.ReplaceAll(query, "+", "%20"),
	}
	return u.String()
}
