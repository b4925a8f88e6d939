package main

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kawasan/geo/format/geojson"
)

// peerWork asks the other servers what they can be asked.
func (s *settings) peerWork(size string) []workload {
	var list []workload
	for _, name := range slices.Sorted(maps.Keys(s.Peers)) {
		address := strings.ReplaceAll(s.Peers[name], "{size}", size)
		u, err := url.Parse(address)
		if err != nil {
			continue
		}
		base := u.Scheme + "://" + u.Host
		path := strings.TrimPrefix(address, base)
		var work []workload
		switch {
		case isTile38(name):
			key := "plantations_" + size
			nearby := "/NEARBY+" + key + "+LIMIT+10"
			work = []workload{
				{name: size + ": 10 nearest of a point", paths: []string{nearby + "+POINT+" + latlonMark}},
				{name: size + ": 10 nearest of a point, ids alone", paths: []string{nearby + "+IDS+POINT+" + latlonMark}},
			}
		case strings.Contains(path, "{z}"):
			work = []workload{{name: size + ": tiles of zoom 9 to 11", paths: each(tiles(9, 11), func(t [3]int) string {
				return strings.NewReplacer("{z}", strconv.Itoa(t[0]), "{x}", strconv.Itoa(t[1]), "{y}", strconv.Itoa(t[2])).Replace(path)
			})}}
		default:
			work = itemsWork(size, path)
		}
		for _, w := range work {
			w.from, w.url, w.control, w.n = name, base, false, sizes[size]
			list = append(list, w)
		}
	}
	return list
}

func isTile38(name string) bool { return strings.HasPrefix(strings.ToLower(name), "tile38") }

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
