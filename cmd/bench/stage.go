package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"regexp"
	"strconv"
	"strings"

	"kawasan/api/control"
	"kawasan/geo"
	"kawasan/geo/postgis/plain"
)

// stage is everything that is measured, running on the same data.
type stage struct {
	memory   *server // answers from memory
	database *server // answers from the database; nil if not wanted
	control  string  // address of the handler that returns ready bytes
	sql      *plain.Database
	listener net.Listener
}

// connections is how many requests are made at once.
const connections = 16

// stage starts what is measured and makes the data.
func (s *settings) stage(ctx context.Context, dir string) (*stage, error) {
	st := &stage{}
	var err error
	where := []string{"--data-dir", dir + "/data"}
	if s.DatabaseURL != "" {
		where = []string{"--database-url", s.DatabaseURL}
	}
	fail := func(err error) (*stage, error) { st.close(); return nil, err }
	if st.memory, err = startServer(ctx, s.Kawasan, where...); err != nil {
		return fail(err)
	}
	url := s.DatabaseURL
	if url == "" {
		if url, err = st.memory.private(ctx, dir+"/data"); err != nil {
			return fail(err)
		}
	}
	for _, size := range s.Sizes {
		fmt.Fprintf(os.Stderr, "making %d plantation polygons ...\n", sizes[size])
		if err := makePlantations(ctx, url, "plantations_"+size, sizes[size]); err != nil && !geo.IsCode(err, geo.Conflict) {
			return fail(err)
		}
	}
	if err := st.memory.settled(ctx, s.Sizes); err != nil {
		return fail(err)
	}
	if s.Database {
		if st.database, err = startServer(ctx, s.Kawasan, "--database-url", url, "--memory", "0"); err != nil {
			return fail(err)
		}
	}
	if st.sql, err = plain.Open(ctx, url, connections); err != nil {
		return fail(err)
	}
	if st.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil { //nolint:noctx // lives as long as the run
		return fail(err)
	}
	go func() { _ = control.Serve(st.listener) }()
	st.control = "http://" + st.listener.Addr().String()
	if err := s.preparePeers(ctx, st.sql); err != nil {
		return fail(err)
	}
	return st, nil
}

func (s *stage) close() {
	for _, running := range []*server{s.database, s.memory} {
		if running != nil {
			running.stop()
		}
	}
	if s.sql != nil {
		s.sql.Close()
	}
	if s.listener != nil {
		_ = s.listener.Close()
	}
}

// holding is how one table is held in memory.
type holding struct {
	size            string
	inMemory        bool
	features, bytes float64
	seconds         float64 // that reading it took
	plain           float64 // bytes of WKB and GeoJSON together
}

var metricLine = regexp.MustCompile(`(?m)^(\w+)(\{[^}]*\})? (\S+)$`)

// metrics reads the figures of a server, by name with labels.
func (s *server) metrics() (map[string]float64, error) {
	body, err := fetch(s.url + "/metrics")
	if err != nil {
		return nil, err
	}
	found := map[string]float64{}
	for _, m := range metricLine.FindAllStringSubmatch(string(body), -1) {
		if v, err := strconv.ParseFloat(m[3], 64); err == nil {
			found[m[1]+m[2]] = v
		}
	}
	return found, nil
}

// held reads how the tables are held.
func (s *stage) held(sizes []string) ([]holding, error) {
	m, err := s.memory.metrics()
	if err != nil {
		return nil, err
	}
	var all []holding
	for _, size := range sizes {
		label := `{collection="plantations_` + size + `"}`
		h := holding{
			size: size, inMemory: m["kawasan_snapshot_in_memory"+label] == 1, features: m["kawasan_snapshot_features"+label],
			bytes: m["kawasan_snapshot_bytes"+label], seconds: m["kawasan_snapshot_build_seconds"+label],
		}
		if h.plain, err = s.plainBytes(size, h.features); err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}

// plainBytes estimates WKB and GeoJSON of a table from a page of 500 features.
func (s *stage) plainBytes(size string, features float64) (float64, error) {
	const page = 500
	body, err := fetch(s.memory.url + "/collections/plantations_" + size + "/items?limit=" + strconv.Itoa(page))
	if err != nil {
		return 0, err
	}
	text := string(body)
	returned := strings.Count(text, `"type":"Feature",`)
	if returned == 0 {
		return 0, nil
	}
	positions := strings.Count(text, "],[")
	return features * float64(len(text)+16*positions+40*returned) / float64(returned), nil
}
