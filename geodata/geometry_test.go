package geodata_test

import (
	"encoding/json"
	"math"
	"regexp"
	"testing"

	"kawasan/geodata"
)

type position [2]float64

type ring []position

func multiPolygon(t *testing.T, f geodata.Feature) [][]ring {
	t.Helper()
	var g struct {
		Type        string
		Coordinates [][]ring
	}
	if err := json.Unmarshal(f.Geometry, &g); err != nil || g.Type != "MultiPolygon" {
		t.Fatalf("%s: %q, %v: want a MultiPolygon", f.ID, g.Type, err)
	}
	return g.Coordinates
}

func positions(t *testing.T, d geodata.Dataset, f geodata.Feature) []position {
	t.Helper()
	switch d.GeometryType {
	case "Point":
		var g struct {
			Type        string
			Coordinates position
		}
		if err := json.Unmarshal(f.Geometry, &g); err != nil || g.Type != "Point" {
			t.Fatalf("%s: %q, %v: want a Point", f.ID, g.Type, err)
		}
		return []position{g.Coordinates}
	case "MultiPolygon":
		var all []position
		for _, polygon := range multiPolygon(t, f) {
			for _, r := range polygon {
				all = append(all, r...)
			}
		}
		return all
	}
	t.Fatalf("%s: geometry type %q, want Point or MultiPolygon", d.Collection, d.GeometryType)
	return nil
}

// A swapped, scaled or sign-lost coordinate leaves the province's envelope.
func TestCoordinatesLieInTheProvince(t *testing.T) {
	t.Parallel()
	for _, d := range collections(t) {
		for _, f := range d.Features {
			all := positions(t, d, f)
			if len(all) == 0 {
				t.Errorf("%s/%s: empty geometry", d.Collection, f.ID)
			}
			for _, p := range all {
				if p[0] < 113 || p[0] > 120 || p[1] < -3 || p[1] > 3 {
					t.Errorf("%s/%s: %v lies outside 113..120 E, 3 S..3 N", d.Collection, f.ID, p)
				}
			}
		}
	}
}

func TestCoordinatesHaveSevenDecimals(t *testing.T) {
	t.Parallel()
	tooLong := regexp.MustCompile(`\.\d{8,}|[eE]`)
	pair := regexp.MustCompile(`\[-?\d+(\.\d+)?,-?\d+(\.\d+)?(,[^\]]*)?\]`)
	for _, d := range collections(t) {
		for _, f := range d.Features {
			for _, m := range pair.FindAllStringSubmatch(string(f.Geometry), -1) {
				if tooLong.MatchString(m[0]) || m[3] != "" {
					t.Errorf("%s/%s: position %s, want two numbers of at most 7 decimals", d.Collection, f.ID, m[0])
				}
			}
		}
	}
}

// Rings are closed, have an inside, and turn by the right-hand rule: outer rings
// counterclockwise, holes clockwise.
func TestRings(t *testing.T) {
	t.Parallel()
	for _, d := range collections(t) {
		if d.GeometryType != "MultiPolygon" {
			continue
		}
		for _, f := range d.Features {
			for i, polygon := range multiPolygon(t, f) {
				for j, r := range polygon {
					if len(r) < 4 || r[0] != r[len(r)-1] {
						t.Fatalf("%s/%s: ring %d of part %d is not closed", d.Collection, f.ID, j, i)
					}
					if area := r.hectares(); (area > 0) != (j == 0) {
						t.Errorf("%s/%s: ring %d of part %d turns the wrong way (%.3f ha)", d.Collection, f.ID, j, i, area)
					}
					for k := 1; k < len(r); k++ {
						if r[k] == r[k-1] {
							t.Errorf("%s/%s: ring %d of part %d repeats %v", d.Collection, f.ID, j, i, r[k])
						}
					}
				}
			}
		}
	}
}

// hectares is the signed area on the WGS84 ellipsoid between edges straight in
// longitude and latitude: a²/2 ∮ q dλ with the authalic q(φ) of Snyder, Map
// Projections: A Working Manual (1987), 3-12, and one trapezium an edge, which
// near the equator is right to some millionths for edges of a few kilometres.
func (r ring) hectares() float64 {
	const a, flattening = 6378137.0, 1 / 298.257223563
	e := math.Sqrt(flattening * (2 - flattening))
	q := func(degrees float64) float64 {
		s := math.Sin(degrees * math.Pi / 180)
		return (1 - e*e) * (s/(1-e*e*s*s) - math.Log((1-e*s)/(1+e*s))/(2*e))
	}
	sum := 0.0
	for i := 1; i < len(r); i++ {
		sum -= (r[i][0] - r[i-1][0]) * math.Pi / 180 * (q(r[i][1]) + q(r[i-1][1])) / 2
	}
	return a * a / 2 * sum / 1e4
}

// The computed areas are those of the shipped boundaries, never of another shape
// or scale.
func TestComputedAreas(t *testing.T) {
	t.Parallel()
	names := map[string]string{
		"zones": "computed_area_ha", "ikn": "computed_area_ha", "regencies": "computed_area_ha", "plantations": "envelope_area_ha",
	}
	for id, name := range names {
		for _, f := range collection(t, id).Features {
			got := 0.0
			for _, polygon := range multiPolygon(t, f) {
				for _, r := range polygon {
					got += r.hectares()
				}
			}
			want := value(t, geodata.Row{ID: f.ID, Properties: f.Properties}, name).(float64)
			if math.Abs(got-want) > want/1000 {
				t.Errorf("%s/%s: the boundary measures %.2f ha, %s says %.2f", id, f.ID, got, name, want)
			}
		}
	}
}
