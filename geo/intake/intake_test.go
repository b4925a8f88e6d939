package intake_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/format/source"
	"kawasan/geo/intake"
	"kawasan/geo/postgis"
	"kawasan/geo/postgis/postgistest"
	"kawasan/geo/quality"
)

// base is a database with the shipped data.
type base struct {
	t       *testing.T
	options postgis.Options
	store   *postgis.Store
}

func newBase(t *testing.T) *base {
	t.Helper()
	dsn := postgistest.Shipped(t)
	b := &base{t: t, options: postgis.Options{URL: dsn}}
	b.reopen()
	return b
}

// reopen reads the catalogue anew.
func (b *base) reopen() {
	b.t.Helper()
	store, err := postgis.Open(b.t.Context(), b.options)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(store.Close)
	b.store = store
}

// take imports a file on disk.
func (b *base) take(file string, o intake.Options) (*intake.Outcome, error) {
	b.t.Helper()
	o.Read.TempDir = b.t.TempDir()
	in, err := source.OpenPath(file, o.Read)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err := in.Close(); err != nil {
			b.t.Error(err)
		}
		if left, err := os.ReadDir(o.Read.TempDir); err != nil || len(left) > 0 {
			b.t.Errorf("%d temporary files are left over (%v)", len(left), err)
		}
	}()
	out, err := intake.Run(b.t.Context(), b.store, []*source.Input{in}, o)
	b.reopen()
	return out, err
}

// must imports and fails the test if that does.
func (b *base) must(file string, o intake.Options) *intake.Outcome {
	b.t.Helper()
	out, err := b.take(file, o)
	if err != nil {
		b.t.Fatalf("import %s: %v%s", filepath.Base(file), err, told(out))
	}
	return out
}

// noted is the notes of an outcome.
func noted(out *intake.Outcome) string {
	var s strings.Builder
	for _, n := range out.Notes {
		s.WriteString(n.EN + "\n")
	}
	return s.String()
}

// told is what an outcome says, for the message of a test.
func told(out *intake.Outcome) string {
	if out == nil {
		return ""
	}
	var s strings.Builder
	if out.Report != nil {
		for _, g := range out.Report.Groups {
			for _, i := range g.Issues {
				fmt.Fprintf(&s, "\n%s %s: %s", g.Severity, i.Feature, i.Message.EN)
			}
		}
	}
	return s.String()
}

// file writes a file for the test.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// ogr2ogr runs GDAL.
func ogr2ogr(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("ogr2ogr", args...).CombinedOutput(); err != nil {
		t.Fatalf("ogr2ogr %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// exec runs statements by hand.
func (b *base) exec(sql string) {
	b.t.Helper()
	conn, err := pgx.Connect(b.t.Context(), b.options.URL)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(b.t.Context())) }()
	if _, err := conn.Exec(b.t.Context(), sql); err != nil {
		b.t.Fatalf("%s: %v", sql, err)
	}
}

// text gives what a query answers.
func (b *base) text(sql string, args ...any) string {
	b.t.Helper()
	conn, err := pgx.Connect(b.t.Context(), b.options.URL)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(b.t.Context())) }()
	var s string
	if err := conn.QueryRow(b.t.Context(), sql, args...).Scan(&s); err != nil {
		b.t.Fatalf("%s: %v", sql, err)
	}
	return s
}

// state sums up everything that an import might change.
func (b *base) state() string {
	b.t.Helper()
	return b.text(`SELECT concat_ws(' ', (SELECT count(*) FROM kawasan._change_log), (SELECT count(*) FROM kawasan._history), (SELECT count(*) FROM kawasan._import),
		(SELECT count(*) FROM kawasan._collection), (SELECT count(*) FROM kawasan._property),
		(SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace::regnamespace::text NOT LIKE 'pg\_%' AND relnamespace::regnamespace::text <> 'information_schema'))`)
}

func (b *base) features(collection string) map[string]*geo.Feature {
	b.t.Helper()
	list, _, err := geo.Collect(b.t.Context(), b.store, geo.Query{Collection: collection})
	if err != nil {
		b.t.Fatal(err)
	}
	found := map[string]*geo.Feature{}
	for _, f := range list {
		found[f.ID] = f
	}
	return found
}

// squares is a GeoJSON file of squares of 0.01 degrees side by side, by id and name.
func squares(pairs ...string) string {
	var s strings.Builder
	s.WriteString(`{"type":"FeatureCollection","features":[`)
	for i := 0; i < len(pairs); i += 2 {
		if i > 0 {
			s.WriteByte(',')
		}
		var n int
		_, _ = fmt.Sscanf(pairs[i], "s%d", &n)
		x := 116.5 + 0.02*float64(n)
		fmt.Fprintf(&s, `{"type":"Feature","id":%q,"properties":{"name":%q},"geometry":{"type":"Polygon","coordinates":[[[%.2f,-1],[%.2f,-1],[%.2f,-0.99],[%.2f,-0.99],[%.2f,-1]]]}}`,
			pairs[i], pairs[i+1], x, x+0.01, x+0.01, x, x)
	}
	s.WriteString("]}")
	return s.String()
}

func TestModes(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	counts := func(o *intake.Outcome) string {
		return fmt.Sprintf("+%d ~%d -%d =%d", o.Inserted, o.Updated, o.Deleted, o.Unchanged)
	}
	first := b.must(file(t, "one.geojson", squares("s1", "Satu", "s2", "Dua")), intake.Options{
		Collection: "plots", Title: geo.Text{EN: "Plots", ID: "Petak"}, Licence: "CC0", Given: map[string]any{"source": "a test", "position_uncertainty_m": 5.0}, Principal: "Sari",
	})
	if got := counts(first); got != "+2 ~0 -0 =0" || !first.Created {
		t.Errorf("new: got %s, created %v", got, first.Created)
	}
	c, err := b.store.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plots, err := c.Collection("plots")
	if err != nil || plots.Title.ID != "Petak" || plots.GeometryType != "MultiPolygon" || plots.Licence != "CC0" {
		t.Errorf("got %+v, %v", plots, err)
	}
	if f := b.features("plots")["s1"]; f.Text("source") != "a test" || f.Value("position_uncertainty_m") != 5.0 || f.Name() != "Satu" {
		t.Errorf("s1: got %v", f.Values)
	}
	steps := []struct {
		mode  intake.Mode
		pairs []string
		want  string
		code  geo.Code
	}{
		{"", []string{"s3", "Tiga"}, "", geo.Conflict},
		{intake.New, []string{"s3", "Tiga"}, "", geo.Conflict},
		{intake.Append, []string{"s2", "Dua", "s3", "Tiga"}, "", geo.Conflict},
		{intake.Append, []string{"s3", "Tiga"}, "+1 ~0 -0 =0", ""},
		{intake.Upsert, []string{"s2", "Dua", "s3", "Three", "s4", "Empat"}, "+1 ~1 -0 =1", ""},
		{intake.Replace, []string{"s2", "Dua", "s3", "Three", "s5", "Lima"}, "+1 ~0 -2 =2", ""},
		{intake.Replace, []string{"s2", "Dua", "s3", "Three", "s5", "Lima"}, "+0 ~0 -0 =3", ""},
		{intake.Upsert, []string{"s2", "Dua", "s5", "Five"}, "+0 ~1 -0 =1", ""},
	}
	for i, step := range steps {
		before := b.state()
		out, err := b.take(file(t, fmt.Sprintf("edition %d", i), squares(step.pairs...)), intake.Options{Collection: "plots", Mode: step.mode, NameAsSource: true})
		switch {
		case step.code != "":
			if !geo.IsCode(err, step.code) && !(out != nil && out.Blocks()) {
				t.Errorf("step %d: got %v, want %s", i, err, step.code)
			}
			if after := b.state(); after != before {
				t.Errorf("step %d left something behind: %s, was %s", i, after, before)
			}
		case err != nil:
			t.Errorf("step %d: %v%s", i, err, told(out))
		case counts(out) != step.want:
			t.Errorf("step %d: got %s, want %s", i, counts(out), step.want)
		}
	}
	if got := b.features("plots"); len(got) != 3 || got["s3"].Text("source") != "edition 4" || got["s2"].Text("source") != "a test" || got["s5"].Text("source") != "edition 7" {
		t.Errorf("in the end: got %v", got)
	}
	if got := b.text(`SELECT string_agg(operation || ':' || changed_by || ':' || reason, ' ' ORDER BY entry) FROM kawasan._change_log WHERE collection = 'plots' AND operation = 'insert' AND changed_by = 'Sari'`); !strings.Contains(got, fmt.Sprintf("insert:Sari:import %d: one.geojson", first.ID)) {
		t.Errorf("change log: got %s", got)
	}
	records, err := b.store.Imports(t.Context(), "plots")
	if err != nil || len(records) != 6 || records[5].SHA256 != first.SHA256 || records[5].By != "Sari" || records[5].Columns["name"] != "name" || records[5].Read != 2 {
		t.Errorf("records: got %+v, %v", records, err)
	}
}

// The record has the hash of the file as it was read; one that is written to meanwhile is
// not taken in.
func TestFileThatChanges(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	content := squares("s1", "Satu", "s2", "Dua")
	path := file(t, "plots.geojson", content)
	out, err := b.take(path, intake.Options{Collection: "plots", Progress: func(p intake.Progress) {
		if p.Step != intake.Judging {
			return
		}
		if err := os.WriteFile(path, []byte(content+"\n"), 0o600); err != nil {
			t.Error(err)
		}
	}})
	if !geo.IsCode(err, geo.Conflict) || !strings.Contains(err.Error(), "plots.geojson changed while it was read") {
		t.Errorf("got %v, want a conflict%s", err, told(out))
	}
	if got := b.text(`SELECT count(*)::text FROM kawasan._import`); got != "0" {
		t.Errorf("%s imports are recorded, want none", got)
	}
	out = b.must(path, intake.Options{Collection: "plots"})
	if want := fmt.Sprintf("%x %d", sha256.Sum256([]byte(content+"\n")), len(content)+1); out.SHA256+fmt.Sprintf(" %d", out.Bytes) != want {
		t.Errorf("origin: got %s %d, want %s", out.SHA256, out.Bytes, want)
	}
	if got := b.text(`SELECT file_sha256 FROM kawasan._import WHERE collection = 'plots'`); got != out.SHA256 {
		t.Errorf("recorded: got %s, want %s", got, out.SHA256)
	}
}

// A dry run says what would be and leaves nothing.
func TestDryRun(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	before := b.state()
	out := b.must(file(t, "one.geojson", squares("s1", "Satu", "s2", "Dua")), intake.Options{Collection: "plots", DryRun: true})
	if out.Inserted != 2 || b.state() != before {
		t.Errorf("got %d added, and %s, was %s", out.Inserted, b.state(), before)
	}
}

// What comes into a collection that exists is brought into its form; what can't be is refused with its place.
func TestFitsTheCollection(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	b.must(file(t, "one.geojson", squares("s1", "Satu")), intake.Options{Collection: "plots"})
	high := `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"KODE":"64.01/2","NAMOBJ":"Tinggi","luas":12.5},"geometry":{"type":"Polygon","coordinates":[[[117,0,5],[117.01,0,5],[117.01,0.01,5],[117,0,5]]]}}]}`
	out := b.must(file(t, "high.geojson", high), intake.Options{Collection: "plots", Mode: intake.Append, ID: "KODE", Map: map[string]string{"NAMOBJ": "name"}})
	notes := noted(out)
	for _, want := range []string{"new column kode (text)", "new column luas (number)", "became hyphens, such as 64-01-2", "heights were left out"} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes don't say %q:\n%s", want, notes)
		}
	}
	f := b.features("plots")["64-01-2"]
	if f == nil || f.Name() != "Tinggi" || f.Value("luas") != 12.5 || f.Text("kode") != "64.01/2" || len(f.WKB) != 9+9+4+4*16+0 {
		t.Errorf("got %+v", f)
	}
	before := b.state()
	point := `{"type":"FeatureCollection","features":[{"type":"Feature","id":"p","properties":{"name":"Titik"},"geometry":{"type":"Point","coordinates":[117,0]}}]}`
	out, err := b.take(file(t, "point.geojson", point), intake.Options{Collection: "plots", Mode: intake.Append})
	if !geo.IsCode(err, geo.Invalid) || !strings.Contains(told(out), "Point") || b.state() != before {
		t.Errorf("a point among areas: got %v%s", err, told(out))
	}
	wrong := strings.Replace(high, "12.5", `"banyak"`, 1)
	out, err = b.take(file(t, "wrong.geojson", wrong), intake.Options{Collection: "plots", Mode: intake.Append, ID: "NAMOBJ"})
	if !geo.IsCode(err, geo.Invalid) || !strings.Contains(told(out), `error Tinggi: "banyak" in the column luas is no number`) || b.state() != before {
		t.Errorf("text for a number: got %v%s", err, told(out))
	}
}

// Where nothing can be stored, or the ids are none, the import says so before it changes anything.
func TestRefusedByTheStore(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	b.exec(`CREATE VIEW kawasan.seen AS SELECT id, name, geom FROM kawasan.towns;
		CREATE TABLE kawasan.metres (id text PRIMARY KEY, name text, geom geometry(MultiPolygon, 32750));
		CREATE TABLE kawasan.globe (id text PRIMARY KEY, name text, geom geography(MultiPolygon, 4326))`)
	b.reopen()
	many := squares("s1", "", "s2", "", "s3", "", "s4", "", "s5", "", "s6", "", "s7", "")
	b.must(file(t, "many.geojson", many), intake.Options{Collection: "plots"})
	before := b.state()
	for _, test := range []struct {
		collection, content string
		mode                intake.Mode
		code                geo.Code
		want                string
	}{
		{"seen", squares("s1", "Satu"), intake.Upsert, geo.Unsupported, "no table of its own"},
		{"metres", squares("s1", "Satu"), intake.Upsert, geo.Unsupported, "not stored as WGS84"},
		{"globe", squares("s1", "Satu"), intake.Upsert, geo.Unsupported, "not stored as WGS84"},
		{"plots", many, intake.Append, geo.Conflict, "already: s1, s2, s3, s4, s5, …"},
	} {
		out, err := b.take(file(t, "more.geojson", test.content), intake.Options{Collection: test.collection, Mode: test.mode})
		if !geo.IsCode(err, test.code) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v%s", test.collection, err, told(out))
		}
	}
	if after := b.state(); after != before {
		t.Errorf("something is left behind: %s, was %s", after, before)
	}
}

// A table without geometry takes rows again, too.
func TestRowsWithoutGeometry(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	b.must(file(t, "one.csv", "id,name,people\na,Satu,5\nb,Dua,6\n"), intake.Options{Collection: "counts", ID: "id"})
	out := b.must(file(t, "two.csv", "id,name,people\nb,Dua,7\nc,Tiga,8\n"), intake.Options{Collection: "counts", Mode: intake.Upsert, ID: "id"})
	if f := b.features("counts"); len(f) != 3 || f["b"].Value("people") != int64(7) || out.Inserted != 1 || out.Updated != 1 || f["a"].Collection.HasGeometry() {
		t.Errorf("got %v, %d inserted, %d updated", f, out.Inserted, out.Updated)
	}
}

// The usual columns of Indonesian agencies are offered the names in use here.
func TestUsualColumns(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	table := file(t, "desa.csv", "KODE,NAMOBJ,WADMKC,WADMKK,LUASHA,WKT\n6401012001,Desa Satu,Kecamatan,Paser,,\"POINT (116.1 -1.7)\"\n")
	out := b.must(table, intake.Options{Collection: "offered", ID: "KODE", DryRun: true, CRS: system(t, "EPSG:4326")})
	if notes := noted(out); !strings.Contains(notes, "KODE=code, LUASHA=stated_area_ha, NAMOBJ=name, WADMKC=district, WADMKK=regency") {
		t.Errorf("got %s", notes)
	}
	b.must(table, intake.Options{Collection: "villages", ID: "code", Usual: true, CRS: system(t, "EPSG:4326")})
	f := b.features("villages")["6401012001"]
	if f.Name() != "Desa Satu" || f.Text("district") != "Kecamatan" || f.Text("regency") != "Paser" {
		t.Errorf("got %v", f.Values)
	}
	if p, _ := f.Collection.Property("regency"); p.Title.ID != "Kabupaten atau kota" {
		t.Errorf("title: got %+v", p.Title)
	}
}

// Without a reference system the import asks, and names candidates.
func TestAsksForTheSystem(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	table := file(t, "sumur.csv", "id;name;x;y;debit\nw1;Sumur 1;476450,25;9862900,5;1,5\nw2;Sumur 2;477000;9863000;2\n")
	_, err := b.take(table, intake.Options{Collection: "wells"})
	e := geo.AsError(err)
	if e == nil || e.Place.Parameter != "crs" || !strings.Contains(e.Fix, "EPSG:32750") {
		t.Fatalf("got %v, want a question with EPSG:32750 among its candidates", err)
	}
	b.must(table, intake.Options{Collection: "wells", CRS: system(t, "EPSG:32750")})
	f := b.features("wells")["w1"]
	if f.Value("debit") != 1.5 {
		t.Errorf("debit: got %v, want 1.5", f.Value("debit"))
	}
	got := b.text(`SELECT round(ST_Distance(geom::geography, ST_Transform(ST_SetSRID(ST_MakePoint(476450.25, 9862900.5), 32750), 4326)::geography)::numeric, 4)::text FROM kawasan.wells WHERE id = 'w1'`)
	if got != "0.0000" {
		t.Errorf("w1 lies %s m from where PostGIS puts it", got)
	}
}

// A connection that breaks in the middle leaves nothing, and the same import then works.
func TestSafeAfterACrash(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	var content bytes.Buffer
	content.WriteString("id,lon,lat\n")
	for i := range 60_000 {
		fmt.Fprintf(&content, "w%d,%.5f,%.5f\n", i, 116+float64(i%300)*0.01, float64(i/300)*0.005)
	}
	table := file(t, "points.csv", content.String())
	before := b.state()
	killed := false
	_, err := b.take(table, intake.Options{Collection: "many", Progress: func(p intake.Progress) {
		if p.Done > 20_000 && !killed {
			killed = true
			b.text(`SELECT string_agg(pg_terminate_backend(pid)::text, ' ') FROM pg_stat_activity WHERE query ILIKE 'copy%' AND datname = current_database() AND pid <> pg_backend_pid()`)
		}
	}})
	if err == nil || !killed {
		t.Fatalf("got %v, killed %v, want a failure", err, killed)
	}
	if after := b.state(); after != before {
		t.Errorf("left behind: %s, was %s", after, before)
	}
	if out := b.must(table, intake.Options{Collection: "many"}); out.Inserted != 60_000 {
		t.Errorf("again: got %d", out.Inserted)
	}
}

// Features without a position are kept and told of, also where the table had none before;
// a load of places in which none has one is refused.
func TestUnlocated(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	out := b.must(file(t, "mills.csv", "id,name,lon,lat\nm1,Satu,116.5,-1\nm2,Dua,,\n"), intake.Options{Collection: "plants"})
	if got := told(out); !strings.Contains(got, "warning m2: there is no geometry") || len(b.features("plants")["m2"].WKB) != 0 {
		t.Errorf("got %s", got)
	}
	if got := b.text(`SELECT feature || ' ' || severity FROM kawasan.quality_issues WHERE rule = 'geometry-missing'`); got != "m2 warning" {
		t.Errorf("published: %s", got)
	}
	b.must(file(t, "one.csv", "id,name,lon,lat\nx1,Satu,116.5,-1\n"), intake.Options{Collection: "placed"})
	required := `SELECT attnotnull::text FROM pg_attribute WHERE attrelid = 'kawasan.placed'::regclass AND attname = 'geom'`
	if got := b.text(required); got != "true" {
		t.Errorf("the geometry of a collection of places is required: %s", got)
	}
	b.must(file(t, "two.csv", "id,name,lon,lat\nx2,Dua,,\nx3,Tiga,116.6,-1\n"), intake.Options{Collection: "placed", Mode: intake.Upsert})
	if f := b.features("placed"); len(f) != 3 || len(f["x2"].WKB) != 0 || len(f["x3"].WKB) == 0 {
		t.Errorf("got %v", f)
	}
	before := b.state()
	out, err := b.take(file(t, "lost.csv", "id,name,lon,lat\nx4,Empat,,\nx5,Lima,,\n"), intake.Options{Collection: "placed", Mode: intake.Append})
	if !geo.IsCode(err, geo.Invalid) || !strings.Contains(told(out), "none of the 2 features has a geometry") || b.state() != before {
		t.Errorf("all lost: got %v%s", err, told(out))
	}
	empty := `{"type":"FeatureCollection","features":[{"type":"Feature","id":"p","properties":{},"geometry":{"type":"Point","coordinates":[]}},{"type":"Feature","id":"q","properties":{},"geometry":{"type":"Point","coordinates":[116.5,-1]}}]}`
	out = b.must(file(t, "empty.geojson", empty), intake.Options{Collection: "hollow"})
	if !strings.Contains(told(out), "warning p: the Point is empty") || len(b.features("hollow")["p"].WKB) != 0 {
		t.Errorf("empty: got %s", told(out))
	}
}

// An upload goes the same way: a stream that breaks off, or faults in it, leave nothing;
// a whole one is there with its report.
func TestUpload(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	o := source.Options{TempDir: t.TempDir()}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in, err := source.Receive("plots.geojson", r.Body, 1<<20, o)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		defer func() { _ = in.Close() }()
		out, err := intake.Run(r.Context(), b.store, []*source.Input{in}, intake.Options{Collection: "plots", Read: o})
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
		}
		if out != nil {
			_ = out.Write(w, quality.JSON, "en")
		}
	}))
	defer server.Close()
	post := func(body io.Reader) (int, string) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, body)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return 0, err.Error()
		}
		defer func() { _ = answer.Body.Close() }()
		text, _ := io.ReadAll(answer.Body)
		return answer.StatusCode, string(text)
	}
	whole := squares("s1", "Satu", "s2", "Dua")
	before := b.state()
	if code, _ := post(io.MultiReader(strings.NewReader(whole[:200]), iotest.ErrReader(io.ErrClosedPipe))); code == http.StatusOK {
		t.Errorf("broken off: got %d", code)
	}
	if code, text := post(strings.NewReader(strings.ReplaceAll(whole, `"s2"`, `"s1"`))); code != http.StatusBadRequest || !strings.Contains(text, "id-duplicate") || !strings.Contains(text, `"stored": false`) {
		t.Errorf("an id twice: got %d %s", code, text)
	}
	if after := b.state(); after != before {
		t.Errorf("left behind: %s, was %s", after, before)
	}
	if code, text := post(strings.NewReader(whole)); code != http.StatusOK || !strings.Contains(text, `"stored": true`) || !strings.Contains(text, `"inserted": 2`) {
		t.Errorf("a whole one: got %d %s", code, text)
	}
	if left, err := os.ReadDir(o.TempDir); err != nil || len(left) > 0 {
		t.Errorf("%d temporary files are left, %v", len(left), err)
	}
}

// Columns whose names every table has already, or PostgreSQL for itself, get others; a
// mapping to one, or of two columns to one property, is refused with a word.
func TestReservedNames(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	path := file(t, "a.csv", "id,lon,lat,xmin,XMAX,ctid,revision,select\n1,116.5,-1,1,2,3,4,6\n")
	b.must(path, intake.Options{Collection: "odd"})
	for _, name := range []string{"xmin_2", "xmax_2", "ctid_2", "select"} {
		if b.features("odd")["1"].Value(name) == nil {
			t.Errorf("%s has no value", name)
		}
	}
	for _, test := range []struct {
		mapped map[string]string
		want   string
	}{
		{map[string]string{"select": "geom"}, "such as geom_2"},
		{map[string]string{"select": "xmin"}, "such as xmin_2"},
		{map[string]string{"select": strings.Repeat("n", 70)}, "can't be the name"},
		{map[string]string{"select": "name", "ctid": "name"}, `"ctid" and "select" can't both`},
		{map[string]string{"nada": "name"}, "no column"},
	} {
		if out, err := b.take(path, intake.Options{Collection: "other", Map: test.mapped}); !geo.IsCode(err, geo.Invalid) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: got %v%s, want %q", test.mapped, err, told(out), test.want)
		}
	}
}

// Of two that make a collection of the same name at the same time one is told that it is there.
func TestMadeTwiceAtOnce(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	path := file(t, "a.geojson", squares("s1", "Satu", "s2", "Dua"))
	results := make(chan error, 4)
	for range cap(results) {
		go func() {
			in, err := source.OpenPath(path, source.Options{})
			if err == nil {
				_, err = intake.Run(context.Background(), b.store, []*source.Input{in}, intake.Options{Collection: "twins"})
				_ = in.Close()
			}
			results <- err
		}()
	}
	made := 0
	for range cap(results) {
		switch err := <-results; {
		case err == nil:
			made++
		case !geo.IsCode(err, geo.Conflict) || !strings.Contains(err.Error(), "already"):
			t.Errorf("got %v, want that there is one already", err)
		}
	}
	if made != 1 {
		t.Errorf("made %d times", made)
	}
}
