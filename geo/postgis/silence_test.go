package postgis_test

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kawasan/geo"
	"kawasan/geo/postgis"
)

// network joins clients to a database, and can swallow what goes over the connections
// that are open, for ever and without a word.
type network struct{ swallowed atomic.Int64 }

func (n *network) join(client, server net.Conn) {
	since := n.swallowed.Load()
	pass := func(to, from net.Conn) {
		defer func() { _ = to.Close() }()
		buffer := make([]byte, 1<<16)
		for {
			got, err := from.Read(buffer)
			if err != nil {
				return
			}
			if n.swallowed.Load() == since {
				if _, err := to.Write(buffer[:got]); err != nil {
					return
				}
			}
		}
	}
	go pass(server, client)
	go pass(client, server)
}

// Connections that a network has forgotten, without telling, hold up neither the change
// feed nor readers nor the end of what was read.
func TestConnectionsThatFallSilent(t *testing.T) {
	t.Parallel()
	direct := shippedDatabase(t)
	var network network
	store := openStore(t, postgis.Options{URL: between(t, direct.URL, network.join)})
	changed, failed := make(chan postgis.Change, 100), make(chan error, 100)
	ctx, cancel := context.WithCancel(t.Context())
	var following sync.WaitGroup
	following.Go(func() {
		store.Follow(ctx, func(changes []postgis.Change, _ time.Time, err error) {
			if err != nil {
				failed <- err
			}
			for _, c := range changes {
				changed <- c
			}
		})
	})
	t.Cleanup(following.Wait)
	t.Cleanup(cancel)
	selections := make([]geo.Selection, 4)
	for i := range selections {
		var err error
		if selections[i], err = store.Open(t.Context(), geo.Query{Collection: "zones"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, idle := range selections[1:] {
		idle.Close()
	}
	network.swallowed.Add(1)
	exec(t, direct, "UPDATE kawasan.zones SET name = name || '!' WHERE id = 'kik'")
	done := make(chan struct{})
	go func() {
		defer close(done)
		selections[0].Close()
		for ctx.Err() == nil {
			_, _, err := geo.Collect(ctx, store, geo.Query{Collection: "zones", Limit: 10})
			if err == nil {
				return
			}
			if !geo.IsCode(err, geo.Unavailable) && ctx.Err() == nil {
				t.Errorf("a page: %v; want unavailable, until it is answered", err)
			}
		}
	}()
	net := time.After(2 * time.Minute) // under a hanging test
	for seen := false; !seen; {
		select {
		case c := <-changed:
			seen = c.Collection == "zones"
		case <-net:
			t.Fatal("no change was announced")
		}
	}
	select {
	case <-done:
	case <-net:
		t.Fatal("what was being read does not end")
	}
	select {
	case err := <-failed: // only if the feed had a connection that fell silent, and not one of those that it tries first
		if !geo.IsCode(err, geo.Unavailable) {
			t.Errorf("the feed failed with %v; want unavailable", err)
		}
	default:
	}
}
