package postgis_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kawasan/geo"
)

// A pooler says that it is another process than the one that works; statements are not
// prepared then, since the next may go elsewhere.
func TestPoolerIsNoticed(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	for name, want := range map[string]bool{"server itself": false, "pooler": true} {
		var log bytes.Buffer
		options := options
		if want {
			options.URL = pooler(t, options.URL)
		}
		options.Log = slog.New(slog.NewTextHandler(&log, nil))
		store := openStore(t, options)
		if _, _, err := geo.Collect(t.Context(), store, geo.Query{Collection: "zones"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := strings.Contains(log.String(), "a pooler lies before the database"); got != want {
			t.Errorf("%s: got pooler %t, want %t", name, got, want)
		}
	}
}

// pooler stands before a database and names another process.
func pooler(t *testing.T, url string) string {
	t.Helper()
	return between(t, url, func(client, server net.Conn) {
		go func() { _, _ = io.Copy(server, client); _ = server.Close() }()
		go func() {
			defer func() { _ = client.Close() }()
			buffer := make([]byte, 1<<16)
			for {
				n, err := server.Read(buffer)
				if at := bytes.Index(buffer[:n], []byte("K\x00\x00\x00\x0c")); at >= 0 {
					buffer[at+5] ^= 0x40 // of the process's number
				}
				if _, bad := client.Write(buffer[:n]); err != nil || bad != nil {
					return
				}
			}
		}()
	})
}

// between gives the URL of a listener that joins each client to the database.
func between(t *testing.T, url string, join func(client, server net.Conn)) string {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	network, address := pgconn.NetworkAddress(config.Host, config.Port)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := config.DialFunc(context.Background(), network, address)
			if err != nil {
				_ = client.Close()
				return
			}
			join(client, server)
		}
	}()
	host, port, _ := net.SplitHostPort(listener.Addr().String())
	return "host=" + host + " port=" + port + " dbname=" + config.Database + " user=" + config.User + " sslmode=disable"
}
