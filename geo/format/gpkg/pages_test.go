package gpkg

import (
	"bytes"
	"database/sql"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"kawasan/geo/format/wkb"

	"pgregory.net/rapid"
)

// filled makes a database with a table and an index, which fill writes as pages, and
// opens it with SQLite.
func filled(t testing.TB, fill func(p *pages, table uint32, index roots) error) *sql.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	var r [4]uint32
	for _, statement := range []string{"pragma page_size = 4096", "create table t (id integer primary key, data)", "create virtual table r using rtree(id, minx, maxx, miny, maxy)"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range []string{"t", "r_node", "r_rowid", "r_parent"} {
		if err := db.QueryRow("select rootpage from sqlite_schema where name = ?", name).Scan(&r[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	p, err := openPages(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := fill(p, r[0], roots{r[1], r[2], r[3]}); err != nil {
		t.Fatal(err)
	}
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	if db, err = sql.Open("sqlite", "file:"+path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func one(t testing.TB, db *sql.DB, query string, args ...any) (text string) {
	t.Helper()
	if err := db.QueryRow(query, args...).Scan(&text); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return text
}

// SQLite reads back what is written, finds its pages in order, and goes on writing.
func TestRowsAsPages(t *testing.T) {
	t.Parallel()
	type rows struct {
		sizes []int
		step  int64
		lock  uint32
	}
	draw := rapid.Custom(func(rt *rapid.T) rows {
		near := func(n int) *rapid.Generator[int] { return rapid.IntRange(max(n-6, 0), n+6) }
		size := rapid.OneOf(rapid.IntRange(0, 40), near(longestLocal), near(shortestLocal+overflowSize), near(longestLocal+overflowSize), near(2*overflowSize+shortestLocal), rapid.IntRange(0, 20_000))
		return rows{
			rapid.SliceOfN(size, 0, 60).Draw(rt, "sizes"), rapid.SampledFrom([]int64{1, 3, 1 << 33}).Draw(rt, "step"), uint32(rapid.IntRange(0, 30).Draw(rt, "lock")),
		}
	})
	few := 20 // a database for each is slow
	if os.Getenv("KAWASAN_TEST") == "all" {
		few = 300
	}
	for seed := range few {
		drawn := draw.Example(seed)
		sizes := drawn.sizes
		number := func(i int) int64 { return 1 + int64(i)*drawn.step }
		var lockedAt uint32
		db := filled(t, func(p *pages, table uint32, _ roots) error {
			p.lock = p.next + drawn.lock
			lockedAt = p.lock
			tree := newBtree(p)
			var r record
			for i, n := range sizes {
				r.reset()
				r.null()
				r.blob(bytes.Repeat([]byte{byte(i) + 1}, n))
				if err := tree.add(number(i), r.bytes()); err != nil {
					return err
				}
			}
			return tree.finish(table)
		})
		if got, want := one(t, db, "pragma integrity_check"), "ok"; got != want && got != fmt.Sprintf("*** in database main ***\nPage %d: never used", lockedAt) {
			t.Fatalf("integrity_check: %s", got)
		}
		for i, n := range sizes {
			var data []byte
			if err := db.QueryRow("select data from t where id = ?", number(i)).Scan(&data); err != nil || !bytes.Equal(data, bytes.Repeat([]byte{byte(i) + 1}, n)) {
				t.Fatalf("row %d of %d bytes: got %d bytes, %v", number(i), n, len(data), err)
			}
		}
		if got := one(t, db, "select count(*) from t"); got != fmt.Sprint(len(sizes)) {
			t.Fatalf("got %s rows, want %d", got, len(sizes))
		}
		if _, err := db.Exec("insert into t (data) values (zeroblob(9000)); delete from t where id = 1"); err != nil {
			t.Fatal(err)
		}
		_ = db.Close()
	}
}

// sizes adds large ones where time does not matter.
func sizes(list ...int) []int {
	if os.Getenv("KAWASAN_TEST") == "all" {
		return append(list, 120_431, 140_000)
	}
	return list
}

// Trees of each height are sound, whatever the number of rows.
func TestManyRowsAsPages(t *testing.T) {
	t.Parallel()
	for _, n := range sizes(1, 2, 400, 401, 20_000) {
		db := filled(t, func(p *pages, table uint32, _ roots) error {
			tree := newBtree(p)
			var r record
			for i := range n {
				r.reset()
				r.null()
				r.integer(int64(i) * 7919)
				if i%1000 == 0 {
					r.types = r.types[:1]
					r.values = r.values[:0]
					r.blob(make([]byte, 3000))
				}
				if err := tree.add(int64(i)+1, r.bytes()); err != nil {
					return err
				}
			}
			return tree.finish(table)
		})
		if got := one(t, db, "pragma integrity_check"); got != "ok" {
			t.Errorf("%d rows: %s", n, got)
		}
		small := n - (n+999)/1000
		if got, want := one(t, db, "select count(*) || ' ' || count(distinct data) || ' ' || coalesce(max(data) = (max(id) - 1) * 7919, 1) from t where typeof(data) = 'integer'"), fmt.Sprintf("%d %d 1", small, small); got != want {
			t.Errorf("%d rows: got %s, want %s", n, got, want)
		}
	}
}

// Interior pages never have a single child, whatever the number of leaves.
func TestNoPageWithOneChild(t *testing.T) {
	t.Parallel()
	for leaves := 2; leaves < 633; leaves++ {
		if leaves > 4 && leaves < 312 || leaves > 318 && leaves < 626 {
			continue // pages hold about 314 children
		}
		db := filled(t, func(p *pages, table uint32, _ roots) error {
			tree := newBtree(p)
			var r record
			for i := range leaves {
				r.reset()
				r.null()
				r.blob(make([]byte, 3900)) // one a leaf
				if err := tree.add(int64(i)<<40+1, r.bytes()); err != nil {
					return err
				}
			}
			return tree.finish(table)
		})
		if got := one(t, db, "pragma quick_check"); got != "ok" {
			t.Fatalf("%d leaves: %s", leaves, got)
		}
		_ = db.Close()
	}
}

// The index is sound by SQLite's own check, and finds what a search of all finds.
func TestIndexAsPages(t *testing.T) {
	t.Parallel()
	for _, n := range sizes(0, 1, 51, 52, 51*51+1, 5000) {
		state := uint64(n)
		random := func() float64 {
			state = state*6364136223846793005 + 1442695040888963407
			return float64(state>>11) / (1 << 53)
		}
		boxes := make([]wkb.Box, n)
		for i := range boxes {
			x, y := 113+5*random(), -2+4*random()
			boxes[i] = wkb.Box{MinX: x, MinY: y, MaxX: x + 0.1*random(), MaxY: y + 0.1*random()}
		}
		db := filled(t, func(p *pages, _ uint32, index roots) error {
			tree := newRtree()
			for i, b := range boxes {
				if i%7 != 3 { // some features have no geometry
					tree.add(int64(i)+1, b)
				}
			}
			return tree.write(p, index)
		})
		if got := one(t, db, "select rtreecheck('r')"); got != "ok" {
			t.Errorf("%d boxes: %s", n, got)
		}
		if got := one(t, db, "pragma integrity_check"); got != "ok" {
			t.Errorf("%d boxes: %s", n, got)
		}
		want := 0
		for i, b := range boxes {
			if i%7 != 3 && b.MinX <= 115 && b.MaxX >= 114.5 && b.MinY <= 0.5 && b.MaxY >= 0 {
				want++
			}
		}
		got := one(t, db, "select count(*) from r where minx <= 115 and maxx >= 114.5 and miny <= 0.5 and maxy >= 0")
		var found int
		_, _ = fmt.Sscan(got, &found)
		if found < want || found > want+want/100+2 {
			t.Errorf("%d boxes: found %d, want %d", n, found, want)
		}
		if _, err := db.Exec("insert into r values (1000000, 114, 115, 0, 1); delete from r where id < 40"); err != nil {
			t.Error(err)
		}
		if got := one(t, db, "select rtreecheck('r')"); got != "ok" {
			t.Errorf("%d boxes, then changed: %s", n, got)
		}
	}
}

// Boxes are rounded outward, so that the index never misses.
func TestBoxesHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		v := rapid.Float64Range(-1e8, 1e8).Draw(rt, "v")
		if lo, hi := down(v), up(v); float64(lo) > v || float64(hi) < v || float64(math.Nextafter32(lo, float32(math.Inf(1)))) < v {
			rt.Errorf("%v lies outside of %v, %v", v, lo, hi)
		}
	})
}

// SQLite reads integers and long records as they were meant.
func TestRecords(t *testing.T) {
	t.Parallel()
	numbers := []int64{0, 1, -1, 2, 127, 128, -128, -129, 32767, -32768, 32768, 1<<23 - 1, 1 << 23, -1 << 23, 1<<31 - 1, 1 << 31, -1 << 31, 1<<47 - 1, 1 << 47, -1 << 47, -1<<47 - 1, math.MaxInt64, math.MinInt64}
	db := filled(t, func(p *pages, table uint32, _ roots) error {
		tree := newBtree(p)
		var r record
		for i, v := range numbers {
			r.reset()
			r.null()
			r.integer(v)
			if err := tree.add(int64(i), r.bytes()); err != nil {
				return err
			}
		}
		return tree.finish(table)
	})
	for i, want := range numbers {
		if got := one(t, db, "select data from t where id = ?", i); got != fmt.Sprint(want) {
			t.Errorf("got %s, want %d", got, want)
		}
	}
	var r record
	r.null()
	for range 200 {
		r.text("x")
	}
	if b := r.bytes(); len(b) != 2+201+200 || b[0] != 0x81 {
		t.Errorf("a record of 201 columns has %d bytes and begins with %x", len(b), b[:2])
	}
}

// Beyond 1 GiB the page by which SQLite locks is left alone.
func TestBeyondTheLockingPage(t *testing.T) {
	t.Parallel()
	if os.Getenv("KAWASAN_TEST") != "all" {
		t.Skip("writes 1.1 GB; KAWASAN_TEST=all")
	}
	const rows, size = 280, 4 << 20
	db := filled(t, func(p *pages, table uint32, _ roots) error {
		tree := newBtree(p)
		var r record
		data := make([]byte, size)
		for i := range rows {
			data[0] = byte(i)
			r.reset()
			r.null()
			r.blob(data)
			if err := tree.add(int64(i)+1, r.bytes()); err != nil {
				return err
			}
		}
		return tree.finish(table)
	})
	if got := one(t, db, "pragma integrity_check"); got != "ok" {
		t.Error(got)
	}
	if got, want := one(t, db, "select count(*) || ' ' || sum(length(data)) from t"), fmt.Sprintf("%d %d", rows, rows*size); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
