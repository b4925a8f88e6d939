package main

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"kawasan/geo/format/geojson"
	"kawasan/geo/postgis/plain"
)

// collectionMark in the address of a peer stands for the name of a collection.
const collectionMark = "{collection}"

// peer is another server on the same data.
type peer struct{ name, address string }

// others are the peers, in order of their names.
func (s *settings) others() []peer {
	var list []peer
	for _, name := range slices.Sorted(maps.Keys(s.Peers)) {
		list = append(list, peer{name, s.Peers[name]})
	}
	return list
}

// on gives the address of the host and the path of a collection.
func (p peer) on(collection string) (base, path string, ok bool) {
	address := strings.ReplaceAll(p.address, collectionMark, collection)
	u, err := url.Parse(address)
	if err != nil {
		return "", "", false
	}
	base = u.Scheme + "://" + u.Host
	return base, strings.TrimPrefix(address, base), true
}

// zonesWork asks for the zones where the address can name them.
func (p peer) zonesWork() []workload {
	base, items, ok := p.on("zones")
	if !ok || !strings.Contains(p.address, collectionMark) || p.isTiles() || isTile38(p.name) {
		return nil
	}
	return []workload{{name: threeZones, from: p.name, url: base, paths: []string{items}}, {name: oneZone, from: p.name, url: base, paths: []string{items + "/kik"}}}
}

func (p peer) isTiles() bool { return strings.Contains(p.address, "{z}") }

// work asks for the plantations what the peer can be asked.
func (p peer) work(size string) []workload {
	base, path, ok := p.on("plantations_" + size)
	if !ok {
		return nil
	}
	var list []workload
	switch {
	case isTile38(p.name):
		nearby := "/NEARBY+plantations_" + size + "+LIMIT+10"
		list = []workload{
			{name: size + nearestName, paths: []string{nearby + "+POINT+" + latlonMark}},
			{name: size + nearestName + ", ids alone", paths: []string{nearby + "+IDS+POINT+" + latlonMark}},
		}
	case p.isTiles():
		list = []workload{{name: size + ": tiles of zoom 9 to 11", paths: each(tiles(9, 11), func(t [3]int) string {
			return strings.NewReplacer("{z}", strconv.Itoa(t[0]), "{x}", strconv.Itoa(t[1]), "{y}", strconv.Itoa(t[2])).Replace(path)
		})}}
	default:
		list = itemsWork(size, path)
		if p.isFeatureserv() {
			list = append(list, workload{name: size + nearestName, paths: []string{"/functions/nearest_plantations_" + size + "/items.json?limit=10&lon=" + lonMark + "&lat=" + latMark}})
		}
	}
	for i := range list {
		list[i].from, list[i].url, list[i].control, list[i].n = p.name, base, false, sizes[size]
	}
	return list
}

func isTile38(name string) bool { return strings.HasPrefix(strings.ToLower(name), "tile38") }

func (p peer) isFeatureserv() bool {
	return strings.HasPrefix(strings.ToLower(p.name), "pg_featureserv")
}

// preparePeers gives the other servers what they can't have by themselves: Tile38 its
// objects, pg_featureserv a function that finds the nearest.
func (s *settings) preparePeers(ctx context.Context, database *plain.Database) error {
	for _, p := range s.others() {
		for _, size := range s.Sizes {
			switch table := "plantations_" + size; {
			case isTile38(p.name):
				fmt.Fprintf(os.Stderr, "filling %s ...\n", p.name)
				if err := fillTile38(ctx, p.address, table, sizes[size]); err != nil {
					return err
				}
			case p.isFeatureserv():
				if err := database.PublishNearest(ctx, table); err != nil {
					return fmt.Errorf("make a function for %s: %w", p.name, err)
				}
				if base, _, ok := p.on(table); ok {
					_, _ = fetch(base + "/functions.json") // reads its functions again
				}
			}
		}
	}
	return nil
}

// fillTile38 sets the plantations as objects, over its own protocol.
func fillTile38(ctx context.Context, address, key string, n int) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", u.Host)
	if err != nil {
		return fmt.Errorf("reach Tile38: %w", err)
	}
	defer func() { _ = conn.Close() }()
	answers := make(chan error, 1)
	go func() {
		replies := bufio.NewReader(conn)
		for range n {
			line, err := replies.ReadString('\n')
			if err == nil && strings.HasPrefix(line, "-") {
				err = fmt.Errorf("Tile38 says %s", strings.TrimSpace(line)) // a name
			}
			if err != nil {
				answers <- err
				return
			}
		}
		answers <- nil
	}()
	out := bufio.NewWriterSize(conn, 1<<20)
	var object []byte
	for f, err := range plantations(plantationsCollection(key), n) {
		if err != nil {
			return err
		}
		if object, err = geojson.AppendFeature(object[:0], f, geojson.Options{}); err != nil {
			return err
		}
		words := []string{"SET", key, f.ID, "OBJECT", string(object)}
		_, _ = fmt.Fprintf(out, "*%d\r\n", len(words))
		for _, w := range words {
			_, _ = fmt.Fprintf(out, "$%d\r\n%s\r\n", len(w), w)
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return <-answers
}
