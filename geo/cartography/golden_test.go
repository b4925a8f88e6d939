package cartography_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"kawasan/geo/cartography"
	"kawasan/geo/geotest"
	"kawasan/geo/tile"
)

var update = flag.Bool("update", false, "write the golden files anew")

func picture(t testing.TB, collection string, theme tile.Theme, lang string) *cartography.Drawing {
	t.Helper()
	d, err := cartography.DrawPicture(t.Context(), geotest.Shipped(t), cartography.Picture{
		Collections: []string{collection}, Width: 800, Height: 420, Theme: theme, Lang: lang,
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sheet(t testing.TB, collection, feature string, theme tile.Theme, lang string) *cartography.Drawing {
	t.Helper()
	d, err := cartography.DrawSheet(t.Context(), geotest.Shipped(t), cartography.Sheet{
		Collection: collection, Feature: feature, Paper: cartography.Papers()[0], Theme: theme, Lang: lang, Address: "https://example.test/" + feature,
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The maps look as they did when someone last looked at them.
func TestGolden(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		drawing *cartography.Drawing
		dots    float64
	}{
		{"picture-zones", picture(t, "zones", tile.Light, "en"), 96},
		{"picture-ports-dark", picture(t, "ports", tile.Dark, "id"), 96},
		{"sheet-kik", sheet(t, "zones", "kik", tile.Print, "id"), 80},
		{"sheet-kek-mbtk", sheet(t, "zones", "kek-mbtk", tile.Light, "en"), 80},
	} {
		got, err := c.drawing.PNG(c.dots)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", c.name+".png")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// Rounding differs between processors; a name that moves is more than that.
		if off := difference(t, got, want); off > 0.002 {
			t.Errorf("%s: %.2f %% of the pixels look otherwise; look at it, then run with -update", c.name, off*100)
		}
	}
}

// difference is the share of pixels that differ by an eighth of the range or more.
func difference(t testing.TB, a, b []byte) float64 {
	t.Helper()
	one, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	other, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if one.Bounds() != other.Bounds() {
		return 1
	}
	off := 0
	r := one.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if differs(one, other, x, y) {
				off++
			}
		}
	}
	return float64(off) / float64(r.Dx()*r.Dy())
}

func differs(a, b image.Image, x, y int) bool {
	r1, g1, b1, _ := a.At(x, y).RGBA()
	r2, g2, b2, _ := b.At(x, y).RGBA()
	const most = 0x2000
	for _, d := range []int{int(r1) - int(r2), int(g1) - int(g2), int(b1) - int(b2)} {
		if d > most || d < -most {
			return true
		}
	}
	return false
}
