package cartography_test

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/cartography"
	"kawasan/geo/geodesy"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

// The bar's ends are as far apart on the ellipsoid as it says, at every latitude.
func TestScaleBar(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		extent orb.Bound
	}{
		{"a street", orb.Bound{Min: orb.Point{116.8, -1.2}, Max: orb.Point{116.802, -1.199}}},
		{"a zone", orb.Bound{Min: orb.Point{116.6, -1.3}, Max: orb.Point{116.9, -1.0}}},
		{"the province", orb.Bound{Min: orb.Point{113.8, -2.6}, Max: orb.Point{119, 2.6}}},
		{"the north", orb.Bound{Min: orb.Point{10, 59}, Max: orb.Point{12, 61}}},
		{"the far south", orb.Bound{Min: orb.Point{10, -80}, Max: orb.Point{40, -75}}},
	} {
		from, to, metres := cartography.ScaleBarEnds(c.extent, 800, 600)
		if got := geodesy.Distance(from, to); math.Abs(got-metres) > 1e-6*metres {
			t.Errorf("%s: the ends are %.3f m apart, the bar says %.0f", c.name, got, metres)
		}
		digit := metres / math.Pow(10, math.Floor(math.Log10(metres)*(1+1e-12)))
		if r := math.Round(digit); math.Abs(digit-r) > 1e-9 || r != 1 && r != 2 && r != 5 {
			t.Errorf("%s: the bar stands for %v m, want 1, 2 or 5 with zeros", c.name, metres)
		}
	}
}

// No name covers another on any sheet of zones, ports and towns.
func TestNamesApart(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{"zones/kik", "zones/kib", "zones/kek-mbtk"} {
		collection, feature, _ := strings.Cut(ref, "/")
		texts, boxes := sheet(t, collection, feature, tile.Light, "en").Texts()
		if len(texts) < 20 {
			t.Errorf("%s: only %d texts", ref, len(texts))
		}
		for i := range boxes {
			for j := range i {
				if boxes[i].Meets(boxes[j]) {
					t.Errorf("%s: %q covers %q", ref, texts[i].Text, texts[j].Text)
				}
			}
			if b := boxes[i]; b.X < 0 || b.Y < 0 || b.X+b.W > 1123 || b.Y+b.H > 794 {
				t.Errorf("%s: %q stands off the paper", ref, texts[i].Text)
			}
		}
	}
}

// A sheet says what its reader must know.
func TestSheetSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, feature, lang string
		says, not           []string
	}{
		{
			"a sketch in Indonesian", "kik", "id",
			[]string{
				"Kawasan Industri Kariangau (KIK)", "(indikatif, bukan batas resmi)", "Legenda", "Sumber dan lisensi", "hingga 4.000 m", "1 : 200.000",
				"10 km", "Perda Kota Balikpapan 5/2024", "Petunjuk letak", "Pita lembut", "116°45′ BT", "1°10′ LS", "https://example.test/kik", " U ",
			},
			[]string{"not an official boundary", "Legend "},
		},
		{
			"a sketch in English", "kib", "en",
			[]string{"(indicative, not an official boundary)", "Legend", "up to 3,000 m", "Soft band", "Hollow symbol", " N "},
			[]string{"bukan batas resmi"},
		},
		{
			"an official boundary", "kek-mbtk", "en",
			[]string{"boundary published by the authority", "Legal, official or surveyed boundary", "up to 50", "kek.go.id"},
			[]string{"not an official boundary", "Soft band"},
		},
	} {
		said := wording(sheet(t, "zones", c.feature, tile.Print, c.lang))
		for _, text := range c.says {
			if !strings.Contains(said, text) {
				t.Errorf("%s: the sheet does not say %q", c.name, text)
			}
		}
		for _, text := range c.not {
			if strings.Contains(said, text) {
				t.Errorf("%s: the sheet says %q", c.name, text)
			}
		}
	}
}

// wording is all that a drawing says.
func wording(d *cartography.Drawing) string {
	said := " "
	texts, _ := d.Texts()
	for _, t := range texts {
		said += t.Text + " "
	}
	return said
}

// A dashed outline with a soft band is a sketch's, a solid one is that of an official line.
func TestBoundaryKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind         string
		dashed, band bool
		note         bool
	}{
		{"legal", false, false, false},
		{"official_extract", false, false, false},
		{"surveyed", false, false, false},
		{"generalised", true, true, false},
		{"indicative", true, true, true},
		{"estimated", true, true, true},
	} {
		l := geotest.NewLayer("areas", "Polygon", geotest.Basis()...)
		l.Add("a", orb.Polygon{{{10, 50}, {11, 50}, {11, 51}, {10, 51}, {10, 50}}}, geotest.Values{"name": "A", "boundary_kind": c.kind, "position_uncertainty_m": 5000.0})
		d, err := cartography.DrawPicture(t.Context(), geotest.NewReader(l), cartography.Picture{Collections: []string{"areas"}, Width: 400, Height: 300, Theme: tile.Light, Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		svg, err := d.SVG()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(svg), "stroke-dasharray"); got != c.dashed {
			t.Errorf("%s: dashed is %v, want %v", c.kind, got, c.dashed)
		}
		if got := strings.Count(string(svg), `fill-opacity="0.04"`) >= 5; got != c.band {
			t.Errorf("%s: a soft band is %v, want %v", c.kind, got, c.band)
		}
		if got := strings.Contains(wording(d), "not an official boundary"); got != c.note {
			t.Errorf("%s: a note is %v, want %v", c.kind, got, c.note)
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	reader := geotest.Shipped(t)
	draw := func(collection, feature string) error {
		_, err := cartography.DrawSheet(t.Context(), reader, cartography.Sheet{Collection: collection, Feature: feature, Paper: cartography.Papers()[0], Theme: tile.Print, Lang: "en"})
		return err
	}
	var unlocated string
	rows, _, err := geo.Collect(t.Context(), reader, geo.Query{Collection: "plantation_statistics", Limit: 1})
	if err != nil || len(rows) == 0 {
		t.Fatal(err)
	}
	unlocated = rows[0].ID
	for name, err := range map[string]error{
		"unknown collection":        draw("nope", "kik"),
		"unknown feature":           draw("zones", "nope"),
		"a feature without a place": draw("plantation_statistics", unlocated),
	} {
		if !geo.IsCode(err, geo.NotFound) {
			t.Errorf("%s: got %v, want not found", name, err)
		}
	}
	empty := geotest.NewLayer("empty", "Point")
	if _, err := cartography.DrawPicture(t.Context(), geotest.NewReader(empty), cartography.Picture{Collections: []string{"empty"}, Width: 64, Height: 64, Theme: tile.Light}); err != nil {
		t.Errorf("a collection without features: %v", err)
	}
}
