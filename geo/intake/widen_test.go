package intake_test

import (
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/intake"
)

// A later edition with decimals in a column of integers makes it one of numbers, and says so;
// one without leaves it, although its format has none but numbers.
func TestDecimalsAfterIntegers(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	plots := func(values string) string {
		return file(t, "plots.csv", "id,name,lon,lat,luas,jiwa\n"+values)
	}
	b.must(plots("a,Satu,116.5,-1,12,9007199254740993\nb,Dua,116.6,-1,13,2\n"), intake.Options{Collection: "plots"})
	o := intake.Options{Collection: "plots", Mode: intake.Upsert, NameAsSource: true}
	typeOf := func() string {
		return b.text("SELECT string_agg(data_type, ' ' ORDER BY column_name) FROM information_schema.columns WHERE table_name = 'plots' AND column_name IN ('luas', 'jiwa')")
	}
	if out := b.must(plots("a,Satu,116.5,-1,12.0,2\nb,Dua,116.6,-1,13,2\n"), o); out.Updated != 1 || typeOf() != "bigint bigint" {
		t.Errorf("whole numbers: got %+v and %s", out.Record, typeOf())
	}
	for _, mode := range []intake.Mode{intake.Append, intake.Upsert, intake.Replace} {
		b.exec("ALTER TABLE kawasan.plots ALTER COLUMN luas TYPE integer; DELETE FROM kawasan.plots WHERE id = 'c'")
		b.reopen()
		row := map[bool]string{true: "c,Tiga,116.7,-1,7.5,4\n", false: "a,Satu,116.5,-1,12,9\nb,Dua,116.6,-1,13.25,2\n"}[mode == intake.Append]
		o.Mode, o.DryRun = mode, true
		if out := b.must(plots(row), o); typeOf() != "bigint integer" || !strings.Contains(out.Report.Remarks[len(out.Report.Remarks)-1].EN, "luas takes numbers") {
			t.Errorf("%s, dry run: got %s, %v", mode, typeOf(), out.Report.Remarks)
		}
		o.DryRun = false
		b.must(plots(row), o)
		if typeOf() != "bigint double precision" {
			t.Errorf("%s: got %s", mode, typeOf())
		}
		if got := b.text("SELECT string_agg(luas::text, ' ' ORDER BY id) FROM kawasan.plots"); got != map[bool]string{true: "12 13 7.5", false: "12 13.25"}[mode == intake.Append] && mode != intake.Upsert {
			t.Errorf("%s: got %s", mode, got)
		}
		if got := b.text("SELECT report->>'remarks' FROM kawasan._import ORDER BY id DESC LIMIT 1"); !strings.Contains(got, "luas takes numbers") {
			t.Errorf("%s: the report that is kept says %s", mode, got)
		}
	}
	b.exec("UPDATE kawasan.plots SET jiwa = 9007199254740993 WHERE id = 'a'; CREATE VIEW kawasan.seen AS SELECT id, geom, luas FROM kawasan.plots; ALTER TABLE kawasan.plots ADD COLUMN n int; CREATE VIEW kawasan.counted AS SELECT id, n FROM kawasan.plots")
	b.reopen()
	for _, c := range []struct{ head, row, want string }{
		{"id,lon,lat,jiwa", "a,116.5,-1,1.5", "would lose some"},
		{"id,lon,lat,n", "a,116.5,-1,1.5", "a view"},
	} {
		before := b.state()
		_, err := b.take(file(t, "plots.csv", c.head+"\n"+c.row+"\n"), o)
		if !geo.IsCode(err, geo.Conflict) || !strings.Contains(err.Error(), c.want) || b.state() != before {
			t.Errorf("%s: got %v", c.head, err)
		}
	}
	if out := b.must(file(t, "plots.csv", "id,lon,lat,jiwa\na,116.5,-1,1.5\n"), intake.Options{Collection: "plots", Mode: intake.Upsert, Map: map[string]string{"jiwa": "jiwa_baru"}}); out.Updated != 1 {
		t.Errorf("in a column of its own: %+v", out.Record)
	}
}
