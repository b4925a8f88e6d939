package api_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/api"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

func TestLicenceLinks(t *testing.T) {
	t.Parallel()
	for licence, want := range map[string]string{
		"CC BY 4.0 (GeoNames), but for some rows": "https://creativecommons.org/licenses/by/4.0/",
		"CC-BY-SA-4.0":           "https://creativecommons.org/licenses/by-sa/4.0/",
		"ODbL":                   "https://opendatacommons.org/licenses/odbl/1-0/",
		"MIT, copyright someone": "https://opensource.org/license/mit",
		"https://licence.example/text. See there.": "https://licence.example/text",
		"Not verified; perhaps CC BY 4.0":          "",
		"Mitigated":                                "",
		"":                                         "",
	} {
		l := mixed()
		l.Collection.Licence = licence
		s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
		if got := linkOf(t, get(t, s, "/collections/mixed"), "license"); got != want {
			t.Errorf("%q: got %q, want %q", licence, got, want)
		}
	}
}

// why is why the table of these tests is not published.
var why = geo.Words("its name has a dot or a slash; rename it")

func TestUnpublished(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *api.Config) { c.Reader = asked{geotest.NewReader(mixed()), false} })
	for lang, why := range map[string]string{"en": "its name has a dot or a slash; rename it", "id": "namanya berisi titik atau garis miring; ganti namanya"} {
		want := []any{map[string]any{"table": "roads", "reason": why}}
		if d := cmp.Diff(want, get(t, s, "/collections?lang="+lang).json(t)["unpublished"]); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
		if page := string(get(t, s, "/collections?f=html&lang="+lang).body); !strings.Contains(page, why) {
			t.Errorf("the page in %s does not say why: %s", lang, page)
		}
	}
}

func TestWhereReadsComeFrom(t *testing.T) {
	t.Parallel()
	l := mixed()
	l.Collection.InMemory, l.Collection.Note = false, geo.Words("the collection is too large for the memory that it may have")
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	for lang, want := range map[string]string{"en": l.Collection.Note.String(), "id": "koleksi terlalu besar untuk memori yang boleh dipakainya"} {
		d := get(t, s, "/collections/mixed?lang="+lang).json(t)
		if d["inMemory"] != false || d["note"] != want {
			t.Errorf("got %v, %v", d["inMemory"], d["note"])
		}
		if page := string(get(t, s, "/collections/mixed?f=html&lang="+lang).body); !strings.Contains(page, want) {
			t.Errorf("the page in %s does not say it", lang)
		}
	}
}

func TestDefects(t *testing.T) {
	t.Parallel()
	l := mixed()
	l.Collection.Defects = []geo.Defect{{Kind: geo.SharedID, Rows: 1200, IDs: []string{"a", "b<"}}, {Kind: geo.WithoutID, Rows: 2}}
	s := newServer(t, func(c *api.Config) { c.Reader = geotest.NewReader(l) })
	want := []any{
		map[string]any{"kind": "shared_id", "rows": 1200.0, "ids": []any{"a", "b<"}, "detail": "Rows whose id is also that of another row, which are left out: 1,200 (a, b<)."},
		map[string]any{"kind": "without_id", "rows": 2.0, "detail": "Rows without an id, which are left out: 2."},
	}
	if d := cmp.Diff(want, get(t, s, "/collections/mixed").json(t)["defects"]); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for lang, words := range map[string]string{"en": "left out: 1,200 (a, b&lt;)", "id": "ditinggalkan: 1.200 (a, b&lt;)"} {
		if page := string(get(t, s, "/collections/mixed?f=html&lang="+lang).body); !strings.Contains(page, words) {
			t.Errorf("the page in %s does not say %q: %s", lang, words, page)
		}
	}
}

func TestAskedForUnpublished(t *testing.T) {
	t.Parallel()
	for passing, want := range map[bool]int{false: 404, true: 503} {
		s := newServer(t, func(c *api.Config) { c.Reader = asked{geotest.NewReader(mixed()), passing} })
		r := get(t, s, "/collections/roads/items?lang=id")
		p := r.json(t)
		if detail, _ := p["detail"].(string); r.status != want || p["collection"] != "roads" || !strings.Contains(detail, "titik atau garis miring") || strings.Contains(detail, "collection") {
			t.Errorf("passing %t: got %d, %v", passing, r.status, p)
		}
	}
}

// asked does not publish a table.
type asked struct {
	geo.Reader
	passing bool
}

func (a asked) Catalogue(ctx context.Context) (*geo.Catalogue, error) {
	c, err := a.Reader.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	more := *c
	more.Unpublished = []geo.Unpublished{{Table: "roads", Reason: why, Passing: a.passing}}
	return &more, nil
}
