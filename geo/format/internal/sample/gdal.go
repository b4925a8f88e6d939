package sample

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"kawasan/geo/format/geojson"
)

// Feature is what GDAL read: numbers are json.Number.
type Feature struct {
	ID         any
	Geometry   map[string]any
	Properties map[string]any
}

// GDAL reads a layer of a file with ogr2ogr and converts it back to longitude,
// latitude; options go before the file name. It fails where GDAL isn't
// installed.
func GDAL(t testing.TB, file, layer string, options ...string) []Feature {
	t.Helper()
	args := append([]string{"-f", "GeoJSONSeq", "/vsistdout/", "-preserve_fid", "-t_srs", "OGC:CRS84", "-lco", "COORDINATE_PRECISION=9"}, options...)
	args = append(args, file)
	if layer != "" {
		args = append(args, layer)
	}
	var list []Feature
	for _, line := range strings.Split(Run(t, "ogr2ogr", args...), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		list = append(list, decode(t, []byte(line)))
	}
	return list
}

// Run runs a program of GDAL and gives its output; any warning fails the test.
func Run(t testing.TB, program string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatalf("%s is not installed; make test does that", program)
	}
	var out, problems bytes.Buffer
	command := exec.CommandContext(t.Context(), path, args...)
	command.Stdout, command.Stderr = &out, &problems
	err = command.Run()
	var warnings []string
	for _, line := range strings.Split(strings.TrimSpace(problems.String()), "\n") {
		if line != "" && !expected(line) {
			warnings = append(warnings, line)
		}
	}
	if err != nil || len(warnings) > 0 {
		t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, strings.Join(warnings, "\n"))
	}
	return out.String()
}

// expected recognises what GDAL says about its own output (GeoJSONSeq converts by
// itself and has no dates), and of the largest int64, which it takes for a larger one.
func expected(warning string) bool {
	for _, part := range []string{
		"likely implements on-the-fly reprojection to WGS 84", "The output driver does not natively support",
		"Integer values probably ranging out of 64bit integer range",
	} {
		if strings.Contains(warning, part) {
			return true
		}
	}
	return false
}

func decode(t testing.TB, line []byte) Feature {
	t.Helper()
	var f Feature
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if err := d.Decode(&f); err != nil {
		t.Fatalf("%v in %.200s", err, line)
	}
	return f
}

// Want gives the features of the layer as GeoJSON has them.
func (l Layer) Want(t testing.TB) []Feature {
	t.Helper()
	var list []Feature
	for _, f := range l.Features {
		b, err := geojson.AppendFeature(nil, f, geojson.Options{Properties: l.Properties, SkipGeometry: l.SkipGeometry})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, decode(t, b))
	}
	return list
}

// SameGeometry reports how two geometries differ; "" if coordinates agree to
// 2e-7 degrees. Types must be the same, and rings start at the same place.
func SameGeometry(got, want map[string]any) string {
	if got == nil || want == nil {
		if len(got)+len(want) > 0 {
			return fmt.Sprintf("got %v, want %v", got, want)
		}
		return ""
	}
	return differ(got, want, "geometry")
}

func differ(got, want any, at string) string {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok || len(got) != len(want) {
			return fmt.Sprintf("%s: got %v, want %v", at, got, want)
		}
		for k := range want {
			if s := differ(got[k], want[k], at+"."+k); s != "" {
				return s
			}
		}
		return ""
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			return fmt.Sprintf("%s: got %v, want %v", at, got, want)
		}
		for i := range want {
			if s := differ(got[i], want[i], fmt.Sprintf("%s[%d]", at, i)); s != "" {
				return s
			}
		}
		return ""
	case json.Number:
		n, ok := got.(json.Number)
		if ok && math.Abs(number(n)-number(want)) <= 2e-7 {
			return ""
		}
	default:
		if got == want {
			return ""
		}
	}
	return fmt.Sprintf("%s: got %v, want %v", at, got, want)
}

func number(n json.Number) float64 {
	v, err := n.Float64()
	if err != nil {
		return math.NaN()
	}
	return v
}

// Ordered puts what was read into the order of the layer, by the property id; for
// formats that have an order of their own.
func Ordered(t testing.TB, l Layer, list []Feature) []Feature {
	t.Helper()
	place := map[string]int{}
	for i, f := range l.Features {
		place[f.ID] = i
	}
	slices.SortStableFunc(list, func(a, b Feature) int {
		return cmp.Compare(place[fmt.Sprint(a.Properties["id"])], place[fmt.Sprint(b.Properties["id"])])
	})
	return list
}
