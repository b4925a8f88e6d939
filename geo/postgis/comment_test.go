package postgis_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/geo"
	"kawasan/geo/postgis"
)

// TestComments names a view, a table and their columns by comments alone, in one
// language or in both.
func TestComments(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `
CREATE TABLE kawasan.estates (id int PRIMARY KEY, ha float8, owner text, note text, geom geometry(Point, 4326));
COMMENT ON TABLE kawasan.estates IS E'Estates\n\nOil palm estates\nwith a licence\n[id] Kebun\n\nKebun kelapa sawit berizin';
COMMENT ON COLUMN kawasan.estates.ha IS E'Planted area\n\n[id] Luas tanam\n\nHektare';
COMMENT ON COLUMN kawasan.estates.owner IS '[id] Nama pemilik';
COMMENT ON COLUMN kawasan.estates.note IS 'Free text, see [id] of the form';
CREATE VIEW kawasan.large_estates AS SELECT * FROM kawasan.estates WHERE ha > 1000;
COMMENT ON VIEW kawasan.large_estates IS 'Estates of more than 1,000 ha';
INSERT INTO kawasan._collection (id, title_id) VALUES ('large_estates', 'Kebun besar');`)
	catalogue, err := openStore(t, options).Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string][2]geo.Text{
		"estates":       {{EN: "Estates", ID: "Kebun"}, {EN: "Oil palm estates\nwith a licence", ID: "Kebun kelapa sawit berizin"}},
		"large_estates": {{ID: "Kebun besar"}, {EN: "Estates of more than 1,000 ha"}},
	} {
		c, err := catalogue.Collection(id)
		if err != nil {
			t.Fatal(err)
		}
		if c.Title != want[0] || c.Description != want[1] {
			t.Errorf("%s: got %+v, %+v, want %+v", id, c.Title, c.Description, want)
		}
	}
	c, err := catalogue.Collection("estates")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]geo.Text{
		"ha":    {{EN: "ha", ID: "Luas tanam"}, {EN: "Planted area", ID: "Hektare"}},
		"owner": {{EN: "owner"}, {ID: "Nama pemilik"}},
		"note":  {{EN: "note"}, {EN: "Free text, see [id] of the form"}},
	} {
		if p, _ := c.Property(name); p.Title != want[0] || p.Description != want[1] {
			t.Errorf("%s: got %+v, %+v, want %+v", name, p.Title, p.Description, want)
		}
	}
}

// TestWordsOfValues reads what the values of a column are called from its comment,
// and from what is stored of it.
func TestWordsOfValues(t *testing.T) {
	t.Parallel()
	options := shippedDatabase(t)
	exec(t, options, `
CREATE TABLE kawasan.estates (id int PRIMARY KEY, class text, grade text, geom geometry(Point, 4326));
COMMENT ON COLUMN kawasan.estates.class IS E'Class\n\nRight to the land\nhgu = right to cultivate\nother = any other\n[id] Kelas\n\nHak atas tanah\nhgu = hak guna usaha';
INSERT INTO kawasan._property (collection, name, words) VALUES ('estates', 'grade', '{"a": {"en": "good", "id": "baik"}, "b": "poor", "c": 3}');`)
	catalogue, err := openStore(t, options).Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		collection, property string
		words                map[string]geo.Text
	}{
		{"estates", "class", map[string]geo.Text{"hgu": {EN: "right to cultivate", ID: "hak guna usaha"}, "other": {EN: "any other"}}},
		{"estates", "grade", map[string]geo.Text{"a": {EN: "good", ID: "baik"}, "b": {EN: "poor"}}},
		{"regencies", "kind", map[string]geo.Text{"kabupaten": {EN: "regency", ID: "kabupaten"}, "kota": {EN: "city", ID: "kota"}}},
	} {
		c, err := catalogue.Collection(want.collection)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := c.Property(want.property)
		if diff := cmp.Diff(want.words, p.Words); diff != "" {
			t.Errorf("%s.%s (-want +got):\n%s", want.collection, want.property, diff)
		}
	}
}

func FuzzReadComment(f *testing.F) {
	for _, seed := range []string{"", "a", "a\n\nb", "[id] a\n\nb\n[en]\nc", "[en][id]", "a\r\n\r\nb", "\n\n\n", "  [id]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, comment string) {
		title, description := postgis.ReadComment(comment)
		if n := len(title.EN) + len(title.ID) + len(description.EN) + len(description.ID); n > len(comment) {
			t.Errorf("%q became %+v and %+v", comment, title, description)
		}
	})
}
