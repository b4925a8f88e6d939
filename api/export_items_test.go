package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/geotest"
)

// plainFile writes the collection as a file without the API.
func plainFile(t *testing.T, f format.Format, o format.Options, query string, collections ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	o.Generator, o.GuardFormulas = "Kawasan test", true
	w, err := f.New(&b, o)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	for _, id := range collections {
		found, c, err := geo.Collect(t.Context(), geotest.Shipped(t), geo.Query{Collection: id})
		if err == nil {
			err = w.Open(format.Layer{Collection: c, Query: query})
		}
		for _, feature := range found {
			if err == nil {
				err = w.Write(feature)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The writers are tested with GDAL; here the whole collection must reach the
// client as the very file that they write.
func TestEveryFormatOverHTTP(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, f := range format.All() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			const path = "/collections/mills/items?f="
			want := plainFile(t, f, format.Options{}, testHost+path+f.Name, "mills")
			a := get(t, s, path+f.Name)
			if a.status != http.StatusOK || !bytes.Equal(a.body, want) {
				t.Fatalf("got %d with %d bytes, want %d bytes\n%.300s", a.status, len(a.body), len(want), a.body)
			}
			if got := a.header.Get("Content-Type"); got != f.MediaType {
				t.Errorf("Content-Type: got %s, want %s", got, f.MediaType)
			}
			if got, want := a.header.Get("Content-Disposition"), fmt.Sprintf(`attachment; filename="mills%[1]s"; filename*=UTF-8''mills%[1]s`, f.Extension); got != want {
				t.Errorf("Content-Disposition: got %s, want %s", got, want)
			}
			if tag := a.header.Get("ETag"); get(t, s, path+f.Name, "If-None-Match", tag).status != http.StatusNotModified || !strings.HasPrefix(tag, `"`) {
				t.Errorf("the ETag %q is not known again", tag)
			}
			head := do(t, s, http.MethodHead, path+f.Name)
			if head.header.Get("Content-Length") != a.header.Get("Content-Length") || head.header.Get("ETag") != a.header.Get("ETag") || len(head.body) > 0 {
				t.Errorf("HEAD: got %v, GET: %v", head.header, a.header)
			}
			if q := get(t, s, "/collections/mills/items", "Accept", f.MediaType); f.Name != "geojson" && q.header.Get("Content-Type") != f.MediaType {
				t.Errorf("Accept %s: got %s", f.MediaType, q.header.Get("Content-Type"))
			}
		})
	}
}

func TestSeveralCollectionsInOneFile(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, f := range format.All() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			target := "/export?f=" + f.Name + "&collections=ports,mills"
			b := format.Bundle(f)
			want := plainFile(t, b, format.Options{}, testHost+target, "mills", "ports")
			a := get(t, s, target)
			if a.status != http.StatusOK || !bytes.Equal(a.body, want) || a.header.Get("Content-Type") != b.MediaType {
				t.Fatalf("got %d %s with %d bytes, want %d bytes\n%.300s", a.status, a.header.Get("Content-Type"), len(a.body), len(want), a.body)
			}
		})
	}
	for _, c := range []struct {
		target string
		status int
		want   string
	}{
		{"/export", 200, `filename="kawasan.gpkg"`},
		{"/export?collections=all&f=xlsx", 200, `filename="kawasan.xlsx"`},
		{"/export?collections=zones&f=csv", 200, `filename="zones.csv.zip"`},
		{"/export?collections=zones,none", 404, "collections"},
		{"/export?crs=http://www.opengis.net/def/crs/EPSG/0/32750&f=kmz", 400, "CRS84"},
		{"/export?f=nothing", 400, "gpkg"},
		{"/export?bbox=1,2", 400, "bbox"},
		{"/export?filter=true", 400, "no parameter"},
	} {
		a := get(t, s, c.target)
		if a.status != c.status || !strings.Contains(a.header.Get("Content-Disposition")+string(a.body), c.want) {
			t.Errorf("%s: got %d %s, want %d %s", c.target, a.status, a.header.Get("Content-Disposition"), c.status, c.want)
		}
	}
}

// Whatever chooses features for a page chooses them for a file.
func TestSelectionsAsFiles(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, q := range []string{
		"", query("filter", "name LIKE 'PT%'"), query("bbox", "116,-1,117,1"), query("q", "ptpn"), query("sortby", "-name", "properties", "name"),
		query("bbox", "450000,9900000,500000,10100000", "bbox-crs", "http://www.opengis.net/def/crs/EPSG/0/32750"),
		query("limit", "7"), query("limit", "7", "offset", "80"), query("limit", "100000"),
	} {
		page := get(t, s, "/collections/mills/items?"+q)
		if !strings.Contains(q, "limit") {
			page = get(t, s, "/collections/mills/items?limit=10000&"+q)
		}
		want := ids(t, page)
		file := get(t, s, "/collections/mills/items?f=geojson&"+q)
		if got := ids(t, file); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: got %v, want %v", q, got, want)
		}
		if strings.Contains(q, "properties") && strings.Contains(string(file.body), `"owner"`) {
			t.Errorf("%s: attributes that were not asked for: %.500s", q, file.body)
		}
		if whole := q == "" || strings.Contains(q, "sortby"); whole == strings.Contains(file.header.Get("Content-Disposition"), "selection") {
			t.Errorf("%s: named %s", q, file.header.Get("Content-Disposition"))
		}
	}
	for _, c := range []struct{ q, want string }{
		{"f=csv&limit=0", "at least 1"},
		{"f=csv&limit=-1", "at least 1"},
		{"f=csv&filter=nix%20%3D%201", "nix"},
		{"f=csv&resultType=hits", "f=json"},
		{"f=kml&crs=http://www.opengis.net/def/crs/EPSG/0/32750", "CRS84"},
		{"f=fgb&properties=nix", "nix"},
	} {
		if a := get(t, s, "/collections/mills/items?"+c.q); a.status != http.StatusBadRequest || !strings.Contains(string(a.body), c.want) || a.header.Get("Content-Disposition") != "" {
			t.Errorf("%s: got %d %s, want %s", c.q, a.status, a.body, c.want)
		}
	}
}

// TestQGISPagesOfFiles follows pages of FlatGeobuf as QGIS does: by the header Link.
func TestQGISPagesOfFiles(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, f := range []string{"fgb", "csv"} {
		target, returned := "/collections/mills/items?limit=30&f="+f, 0
		var pages int
		for target != "" && pages < 10 {
			a := get(t, s, target)
			if a.status != http.StatusOK || a.header.Get("OGC-NumberMatched") != "86" {
				t.Fatalf("%s: got %d, matched %s", target, a.status, a.header.Get("OGC-NumberMatched"))
			}
			var n int
			_, _ = fmt.Sscan(a.header.Get("OGC-NumberReturned"), &n)
			returned += n
			pages++
			target = ""
			if next := a.header.Get("Link"); next != "" {
				href, rest, _ := strings.Cut(strings.TrimPrefix(next, "<"+testHost), ">")
				form, _ := format.ByName(f)
				if want := `; rel="next"; type="` + form.MediaType + `"`; rest != want {
					t.Errorf("Link ends with %s, want %s", rest, want)
				}
				target = href
			}
		}
		if returned != 86 || pages != 3 {
			t.Errorf("%s: got %d features on %d pages, want 86 on 3", f, returned, pages)
		}
	}
}

func TestRanges(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	const target = "/collections/zones/items?f=gpkg"
	whole := get(t, s, target)
	size := len(whole.body)
	tag, modified := whole.header.Get("ETag"), whole.header.Get("Last-Modified")
	if whole.header.Get("Accept-Ranges") != "bytes" {
		t.Error("ranges are not offered")
	}
	for _, c := range []struct {
		header, condition string
		status            int
		first, last       int
	}{
		{"bytes=0-0", "", 206, 0, 0},
		{"bytes=100-199", "", 206, 100, 199},
		{"bytes=100-", "", 206, 100, size - 1},
		{"bytes=-10", "", 206, size - 10, size - 1},
		{"bytes=-999999999", "", 206, 0, size - 1},
		{"bytes=5-99999999999999999999999", "", 206, 5, size - 1},
		{"bytes=100-199", tag, 206, 100, 199},
		{"bytes=100-199", `"another"`, 200, 0, size - 1},
		{"bytes=100-199", "Mon, 02 Jan 2006 15:04:05 GMT", 200, 0, size - 1},
		{"bytes=0-1,5-6", "", 200, 0, size - 1},
		{"lines=0-1", "", 200, 0, size - 1},
		{"bytes=9-3", "", 200, 0, size - 1},
		{"bytes=x-3", "", 200, 0, size - 1},
		{"bytes=", "", 200, 0, size - 1},
		{fmt.Sprintf("bytes=%d-", size), "", 416, 0, 0},
		{"bytes=-0", "", 416, 0, 0},
	} {
		headers := []string{"Range", c.header}
		if c.condition != "" {
			headers = append(headers, "If-Range", c.condition)
		}
		a := get(t, s, target, headers...)
		if a.status != c.status {
			t.Errorf("%s if %s: got %d, want %d", c.header, c.condition, a.status, c.status)
			continue
		}
		switch c.status {
		case 416:
			if want := fmt.Sprintf("bytes */%d", size); a.header.Get("Content-Range") != want || a.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: got %s %s", c.header, a.header.Get("Content-Range"), a.header.Get("Content-Type"))
			}
		default:
			if !bytes.Equal(a.body, whole.body[c.first:c.last+1]) || a.header.Get("ETag") != tag {
				t.Errorf("%s: got %d bytes that are not %d to %d", c.header, len(a.body), c.first, c.last)
			}
			if want := fmt.Sprintf("bytes %d-%d/%d", c.first, c.last, size); c.status == 206 && a.header.Get("Content-Range") != want {
				t.Errorf("%s: got %s, want %s", c.header, a.header.Get("Content-Range"), want)
			}
		}
	}
	if modified != "" && get(t, s, target, "Range", "bytes=1-2", "If-Range", modified).status != 200 {
		t.Error("a part is sent for the time of the data, which two states of them may have in common")
	}
	// A file that is built again is the same file.
	other := newServer(t, func(c *api.Config) { c.Exports.Keep = 1 })
	for range 2 {
		if a := get(t, other, target, "Range", "bytes=50-", "If-Range", tag); a.status != 206 || !bytes.Equal(a.body, whole.body[50:]) {
			t.Errorf("another server gives %d", a.status)
		}
	}
}

// slow is a reader whose features come when the test lets them.
type slow struct {
	*geotest.Reader
	next    func(ctx context.Context, n int) error
	started atomic.Int64
	closed  atomic.Int64
}

func (s *slow) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	found, err := s.Reader.Open(ctx, q)
	if err != nil {
		return nil, err
	}
	s.started.Add(1)
	return slowSelection{found, ctx, s}, nil
}

type slowSelection struct {
	geo.Selection
	ctx    context.Context // as stores do
	reader *slow
}

func (s slowSelection) Features() iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		n := 0
		for f, err := range s.Selection.Features() {
			if err == nil {
				err = s.reader.next(s.ctx, n)
			}
			if n++; !yield(f, err) || err != nil {
				return
			}
		}
	}
}

func (s slowSelection) Close() { s.reader.closed.Add(1); s.Selection.Close() }

// An error or a panic in the middle must not look like the end of the file.
func TestExportBrokenOff(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func() error{
		"error": func() error { return errors.New("the disk is gone") },
		"panic": func() error { panic("broken") },
	} {
		for _, f := range format.All() {
			t.Run(name+" "+f.Name, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				r := &slow{Reader: geotest.Shipped(t), next: func(_ context.Context, n int) error {
					if n == 80 {
						return fail()
					}
					return nil
				}}
				s := newServer(t, func(c *api.Config) { c.Reader, c.Limits.Buffer, c.Exports.Dir = r, 1, dir })
				response, err := http.Get(serve(t, s) + "/collections/mills/items?f=" + f.Name)
				if err != nil {
					return // nothing has come: cut before the headers left
				}
				defer response.Body.Close()
				_, err = io.Copy(io.Discard, response.Body)
				if response.StatusCode == http.StatusOK && err == nil {
					t.Error("the file looks complete")
				}
				if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) > 0 {
					t.Errorf("%v are left over", files)
				}
				if r.closed.Load() != r.started.Load() {
					t.Error("the query was not closed")
				}
			})
		}
	}
}

// A client that goes away ends the query and the file.
func TestClientLeavesExport(t *testing.T) {
	t.Parallel()
	for _, f := range []string{"csv", "gpkg"} {
		t.Run(f, func(t *testing.T) {
			t.Parallel()
			reached, ended := make(chan struct{}), make(chan struct{})
			r := &slow{Reader: geotest.Shipped(t), next: func(ctx context.Context, n int) error {
				if n < 80 {
					return nil
				}
				close(reached)
				<-ctx.Done() // as a query that runs long
				close(ended)
				return ctx.Err()
			}}
			s := newServer(t, func(c *api.Config) { c.Reader, c.Limits.Buffer = r, 1 })
			ctx, leave := context.WithCancel(t.Context())
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, serve(t, s)+"/collections/mills/items?f="+f, nil)
			if err != nil {
				t.Fatal(err)
			}
			go func() {
				<-reached
				leave()
			}()
			if response, err := http.DefaultClient.Do(request); err == nil {
				_, _ = io.Copy(io.Discard, response.Body)
				response.Body.Close()
			}
			select {
			case <-ended:
			case <-time.After(time.Minute):
				t.Error("the query goes on")
			}
		})
	}
}

// Ten clients that ask at once have one file built; when all the places are
// taken, others are asked to come again.
func TestExportsShareAndQueue(t *testing.T) {
	t.Parallel()
	let := make(chan struct{})
	r := &slow{Reader: geotest.Shipped(t), next: func(ctx context.Context, _ int) error {
		select {
		case <-let:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}}
	s := newServer(t, func(c *api.Config) { c.Reader, c.Limits.Exports, c.Limits.Buffer = r, 1, 1 })
	at := serve(t, s)
	var wait sync.WaitGroup
	sizes := make([]int64, 10)
	for i := range sizes {
		wait.Go(func() {
			response, err := http.Get(at + "/collections/mills/items?f=gpkg")
			if err != nil {
				t.Error(err)
				return
			}
			defer response.Body.Close()
			sizes[i], _ = io.Copy(io.Discard, response.Body)
		})
	}
	for r.started.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	for len(sizes) > 0 && s.Waiting() < len(sizes) {
		time.Sleep(time.Millisecond)
	}
	// The one place is taken. The rest of a stream needs one too.
	refused := make(chan answer, 1)
	wait.Go(func() { refused <- get(t, s, "/collections/mills/items?f=csv") })
	for r.started.Load() < 2 {
		time.Sleep(time.Millisecond)
	}
	let <- struct{}{}
	a := <-refused
	if a.status == http.StatusOK { // the other took what was let through
		t.Fatal("a stream found a place")
	}
	if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("got %d, Retry-After %q", a.status, a.header.Get("Retry-After"))
	}
	close(let)
	wait.Wait()
	if r.started.Load() != 2 {
		t.Errorf("%d queries for ten clients of one file", r.started.Load()-1)
	}
	for _, n := range sizes {
		if n != sizes[0] || n == 0 {
			t.Errorf("got sizes %v", sizes)
		}
	}
}

// The store of files keeps to its size.
func TestKeptFiles(t *testing.T) {
	t.Parallel()
	reader := geotest.Shipped(t)
	one := get(t, newServer(t), "/collections/zones/items?f=fgb&limit=1")
	s := newServer(t, func(c *api.Config) { c.Reader, c.Exports.Keep = reader, int64(len(one.body))*3+500 })
	ask := func(n int) int64 {
		before := reader.Opened.Load()
		get(t, s, fmt.Sprintf("/collections/zones/items?f=fgb&limit=1&offset=%d", n))
		return reader.Opened.Load() - before
	}
	for _, c := range []struct {
		n    int
		want int64
	}{{0, 1}, {0, 0}, {1, 1}, {0, 0}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {0, 1}} {
		if got := ask(c.n); got != c.want {
			t.Errorf("file %d: built %d times, want %d", c.n, got, c.want)
		}
	}
}

func TestEnclosures(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	c := client{t, s, nil}
	for path, all := range map[string]bool{"/": false, "/collections/zones": true, "/collections/zones/items?limit=1": false} {
		var found []string
		for _, l := range read[documentLike](c, testHost+path).Links {
			if l.Rel != "enclosure" {
				continue
			}
			if a := c.get(l.Href); a.header.Get("Content-Type") != l.Type || l.Title == "" {
				t.Errorf("%s: %+v gives %s", path, l, a.header.Get("Content-Type"))
			}
			found = append(found, l.Href)
		}
		if len(found) < 3 || all && len(found) != len(format.All()) {
			t.Errorf("%s: got %v", path, found)
		}
	}
	var collections struct{ Collections []collectionLike }
	if err := json.Unmarshal(get(t, s, "/collections").body, &collections); err != nil || len(collections.Collections) == 0 {
		t.Fatal(err)
	}
}

// Links to files tell their length once it is known: of files that are built and of
// those that stream, in each language, and as long as the data are the same.
func TestLengthOfEnclosures(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *api.Config) { c.Limits.Buffer = 1000 })
	lengths := func(lang string) map[string]int64 {
		a := get(t, s, "/collections/mills?lang="+lang)
		var d documentLike
		if err := json.Unmarshal(a.body, &d); err != nil {
			t.Fatal(err)
		}
		found := map[string]int64{a.header.Get("ETag"): -1}
		for _, l := range d.Links {
			if l.Rel == "enclosure" && l.Length > 0 {
				found[l.Href] = l.Length
			}
		}
		return found
	}
	before := lengths("id")
	if len(before) != 1 {
		t.Fatalf("lengths of what was never made: %v", before)
	}
	want := map[string]int64{}
	for _, f := range []string{"gpkg", "csv", "geojson"} {
		target := "/collections/mills/items?f=" + f + "&lang=id"
		want[testHost+target] = int64(len(get(t, s, target).body))
		get(t, s, "/collections/mills/items?limit=3&f="+f+"&lang=id") // another file
		get(t, s, "/collections/mills/items?f="+f)                    // in another language
	}
	after := lengths("id")
	for tag := range before {
		if after[tag] != 0 {
			t.Error("the answer with lengths has the label of the one without")
		}
	}
	for href, n := range want {
		if after[href] != n || n < 1000 {
			t.Errorf("%s: got %d, want %d", href, after[href], n)
		}
	}
	if len(after) != len(want)+1 {
		t.Errorf("got %v", after)
	}
	if page := string(get(t, s, "/collections/mills?f=html&lang=id").body); !strings.Contains(page, " kB</span>") || !strings.Contains(page, "untuk QGIS dan ArcGIS") {
		t.Error("the page tells no size")
	}
}

func TestNamesOfFiles(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("Wilayah ÷ \"é\"", "Point", geotest.Prop("name", geo.String))
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	a := get(t, s, "/collections/Wilayah%20%C3%B7%20%22%C3%A9%22/items?f=csv")
	if got, want := a.header.Get("Content-Disposition"), `attachment; filename="Wilayah _ ___.csv"; filename*=UTF-8''Wilayah%20%C3%B7%20%22%C3%A9%22.csv`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A broken folder for files is a problem of ours, and is said as one.
func TestNoRoomForFiles(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *api.Config) { c.Exports.Dir = filepath.Join(os.DevNull, "none") })
	if a := get(t, s, "/collections/zones/items?f=gpkg"); a.status != http.StatusServiceUnavailable || strings.Contains(string(a.body), os.DevNull) {
		t.Errorf("got %d %s", a.status, a.body)
	}
}

// The files that data came from are named in each file. While they can't be found
// out, a file has no ETag: the next one may say more.
func TestOriginsInFiles(t *testing.T) {
	t.Parallel()
	var fail atomic.Bool
	s := newServer(t, func(c *api.Config) {
		c.Origins = func(context.Context, string) (string, error) {
			if fail.Load() {
				return "", errors.New("no database")
			}
			return "old.shp sha256:00", nil
		}
	})
	fail.Store(true)
	for _, f := range []string{"geojson", "gpkg"} {
		if a := get(t, s, "/collections/zones/items?f="+f); a.status != http.StatusOK || a.header.Get("ETag") != "" || strings.Contains(string(a.body), "old.shp") {
			t.Errorf("%s: got %d with the ETag %s", f, a.status, a.header.Get("ETag"))
		}
	}
	fail.Store(false)
	for _, f := range []string{"geojson", "gpkg"} {
		if a := get(t, s, "/collections/zones/items?f="+f); a.header.Get("ETag") == "" || !strings.Contains(string(a.body), "old.shp sha256:00") {
			t.Errorf("%s: got the ETag %s, and no origin", f, a.header.Get("ETag"))
		}
	}
}
