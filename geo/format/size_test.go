package format_test

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/format/export"
	"kawasan/geo/geotest"
)

// What a file is estimated at is near its size, for the shipped collections and from some
// features of a larger one.
func TestSize(t *testing.T) {
	t.Parallel()
	reader := geotest.Shipped(t).With(blobs(2000))
	catalogue, err := reader.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const measured = 100
	var sum float64
	var files int
	for _, c := range catalogue.Collections {
		features, _, err := geo.Collect(t.Context(), reader, geo.Query{Collection: c.ID})
		if err != nil {
			t.Fatal(err)
		}
		if len(features) == 0 {
			continue
		}
		figures := export.Figures{Collection: c}
		for _, f := range features[:min(len(features), measured)] {
			figures.Measure(f)
		}
		figures = figures.Of(int64(len(features)))
		for _, f := range format.All() {
			if f.NeedsGeometry && !c.HasGeometry() || f.Name == "pmtiles" && figures.Degrees > 10 { // which takes seconds
				continue
			}
			var written counter
			export := format.Options{TempDir: t.TempDir()}
			if err := writeAll(f, &written, export, c, features); err != nil {
				t.Fatalf("%s as %s: %v", c.ID, f.Name, err)
			}
			wrong := f.Size(figures)/float64(written) - 1
			sum, files = sum+math.Abs(wrong), files+1
			t.Logf("%-22s %-10s %9d %+4.0f %%", c.ID, f.Name, written, 100*wrong)
			if wrong < -0.45 || wrong > 0.6 {
				t.Errorf("%s as %s has %d bytes and is estimated at %.0f", c.ID, f.Name, written, f.Size(figures))
			}
		}
	}
	t.Logf("%d files, wrong by %.0f %% on average", files, 100*sum/float64(files))
	if mean := sum / float64(files); mean > 0.2 {
		t.Errorf("estimates are wrong by %.0f %% on average", 100*mean)
	}
}

// Nothing and broken geometry have a size too.
func TestSizeOfOddLayers(t *testing.T) {
	t.Parallel()
	l := geotest.NewLayer("odd", "Point", geotest.Prop("name", geo.String))
	broken := &geo.Feature{ID: "a", Collection: l.Collection, Values: []any{nil}, WKB: []byte{1, 3, 0}}
	for name, features := range map[string][]*geo.Feature{"none": nil, "broken": {broken}} {
		figures := export.Figures{Collection: l.Collection}
		for _, f := range features {
			figures.Measure(f)
		}
		for _, f := range format.All() {
			if bytes := f.Size(figures.Of(1000)); bytes < 0 || math.IsNaN(bytes) || math.IsInf(bytes, 0) {
				t.Errorf("%s as %s: %f bytes", name, f.Name, bytes)
			}
		}
	}
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

func writeAll(f format.Format, out io.Writer, o format.Options, c *geo.Collection, features []*geo.Feature) error {
	w, err := f.New(out, o)
	if err != nil {
		return err
	}
	defer w.Discard()
	if err := w.Open(format.Layer{Collection: c}); err != nil {
		return err
	}
	for _, one := range features {
		if err := w.Write(one); err != nil {
			return err
		}
	}
	return w.Close()
}

// blobs is a layer of rings of 20 to 120 positions in full precision.
func blobs(n int) *geotest.Layer {
	l := geotest.NewLayer("blobs", "Polygon", geotest.Prop("name", geo.String), geotest.Prop("owner", geo.String), geotest.Prop("area_ha", geo.Number), geotest.Prop("year", geo.Integer))
	random := rand.New(rand.NewPCG(6, 4))
	for i := range n {
		west, south, radius := 114+4*random.Float64(), -2+4*random.Float64(), 0.002+0.012*random.Float64()
		ring := orb.Ring{}
		vertices := 20 + random.IntN(101)
		for v := range vertices {
			angle := 2 * math.Pi * float64(v) / float64(vertices)
			ring = append(ring, orb.Point{west + radius*math.Cos(angle), south + radius*math.Sin(angle)})
		}
		l.Add(fmt.Sprintf("b%d", i), orb.Polygon{append(ring, ring[0])}, geotest.Values{"name": fmt.Sprintf("Kebun %d", i), "owner": fmt.Sprintf("Perusahaan %d", i%400), "area_ha": radius * 1e5, "year": int64(1990 + i%35)})
	}
	return l
}
