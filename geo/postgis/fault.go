package postgis

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"

	"kawasan/geo"
)

// connectFault turns a failure to connect into one sentence with its remedy.
func connectFault(err error) error {
	var known *geo.Error
	if errors.As(err, &known) {
		return known
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "28P01", "28000":
			return geo.Errorf(geo.Unavailable, "the database refuses the user or the password").Because(err).
				Try("the right user and password in the database URL")
		case "3D000":
			return geo.Errorf(geo.Unavailable, "the database named in the URL does not exist").Because(err).
				Try("createdb, or the name of one that exists")
		case "42501":
			return geo.Errorf(geo.Unavailable, "the database user lacks a right that is needed").Because(err).
				Try("%s, run by the owner of the schema kawasan", "SELECT kawasan.grant_reader('user')")
		case "53300":
			return geo.Errorf(geo.Unavailable, "the database accepts no more connections").Because(err).
				Try("a smaller --pool-size, or a larger max_connections in PostgreSQL")
		}
		return geo.Errorf(geo.Unavailable, "the database does not accept the connection").Because(err)
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return geo.Errorf(geo.Unavailable, "the database host %q is not known", dns.Name).Because(err).
			Try("the right host name in the database URL")
	}
	if errors.Is(err, fs.ErrPermission) {
		return geo.Errorf(geo.Unavailable, "the socket of the database can't be opened: permission denied").Try("a user who may open it, or the database by host and port").Because(err)
	}
	if strings.Contains(err.Error(), "connection refused") || errors.Is(err, fs.ErrNotExist) {
		return geo.Errorf(geo.Unavailable, "no database answers at the address in the database URL").Because(err).
			Try("PostgreSQL started, and host and port right; or no database URL at all, for a private database")
	}
	return geo.Errorf(geo.Unavailable, "the database can't be reached").Try("the host and port of a running PostgreSQL in the database URL").Because(err)
}

// mayNot reports whether the database says that its user may not do that.
func mayNot(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "42501"
}

// ownerFault is for what only the owner of the schema may do; nil if err is of another kind.
func ownerFault(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "25006" {
		return geo.Errorf(geo.Unavailable, "the database takes no changes: it is a replica, or set to be read only").Because(err).
			Try("--migrator-url with the address of the primary; to serve, also --no-migrate, once 'kawasan migrate' and 'kawasan load' have run there")
	}
	if !mayNot(err) {
		return nil
	}
	return geo.Errorf(geo.Unavailable, "the database user may not migrate the schema kawasan, or load into it").Because(err).
		Try("--migrator-url with the owner of the schema; or 'kawasan migrate' and 'kawasan load' with that user, and then --no-migrate")
}

// queryFault turns a failed query into an error that gives nothing away.
func queryFault(ctx context.Context, err error) error {
	var known *geo.Error
	if errors.As(err, &known) {
		return known
	}
	var pg *pgconn.PgError
	switch {
	case pgconn.Timeout(err) && !pgconn.SafeToRetry(err):
		// It was sent, and not even the request to stop was answered.
		return geo.Errorf(geo.Unavailable, "the database does not answer now").Because(err).Try("the same request again in a few seconds")
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return geo.Errorf(geo.Timeout, "the answer took longer than is allowed").Because(err).
			Try("a smaller bbox, fewer features (limit) or a simpler filter")
	case errors.As(err, &pg):
		switch {
		case pg.Code == "57014":
			return geo.Errorf(geo.Timeout, "the answer took longer than is allowed").Because(err).
				Try("a smaller bbox, fewer features (limit) or a simpler filter")
		case pg.Code == "42P01" || pg.Code == "42703":
			return geo.Errorf(geo.Unavailable, "the collection has just been changed in the database").Because(err).Try("the same request again in a second")
		case pg.Code == "42501":
			return connectFault(err)
		case pg.Code == "55P03":
			return geo.Errorf(geo.Unavailable, "another transaction holds the collection locked in the database").Because(err).
				Try("the same request again in a few seconds")
		case lostCode(pg.Code):
			return geo.Errorf(geo.Unavailable, "the database does not answer now").Because(err).Try("the same request again in a few seconds")
		}
		return geo.Errorf(geo.Internal, "something went wrong here; the operator's log has the details").Because(err)
	case errors.Is(err, context.Canceled):
		return err
	case lost(err):
		return geo.Errorf(geo.Unavailable, "the database does not answer now").Because(err).Try("the same request again in a few seconds")
	}
	return geo.AsError(err)
}

// lostCode reports whether the server says that it can't answer now, whatever it is asked.
func lostCode(code string) bool {
	return strings.HasPrefix(code, "57P") || strings.HasPrefix(code, "08") || strings.HasPrefix(code, "53")
}

// lost reports whether the connection is gone or could not be made.
func lost(err error) bool {
	var network net.Error
	var connecting *pgconn.ConnectError
	return errors.As(err, &network) || errors.As(err, &connecting) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, puddle.ErrClosedPool) || pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "conn closed")
}
