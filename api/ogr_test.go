package api_test

import (
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestOgrinfo opens every collection with GDAL itself: all features arrive with
// all attributes in their types, and filters give the right rows.
func TestOgrinfo(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("ogrinfo")
	if err != nil {
		t.Fatal("ogrinfo is not installed; make test does that")
	}
	s := newServer(t)
	base := serve(t, s)
	ask := func(t *testing.T, args ...string) string {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
		if err != nil || strings.Contains(string(out), "ERROR") || strings.Contains(string(out), "Warning") {
			t.Errorf("ogrinfo %v: %v\n%.2000s", args, err, out)
		}
		return string(out)
	}
	feature := regexp.MustCompile(`(?m)^OGRFeature\(`)
	field := regexp.MustCompile(`(?m)^([a-z_0-9]+): (\w+)(?:\(\w+\))? \(`)
	for _, collection := range read[documentLike](client{t, s, nil}, testHost+"/collections").Collections {
		t.Run(collection.ID, func(t *testing.T) {
			path := "/collections/" + collection.ID
			matched := get(t, s, path+"/items?resultType=hits").json(t)["numberMatched"]
			out := ask(t, "-al", "-geom=NO", "OAPIF:"+base+path)
			if got := len(feature.FindAllString(out, -1)); float64(got) != matched {
				t.Errorf("got %d features, want %v", got, matched)
			}
			if want := fmt.Sprintf("Feature Count: %v", matched); !strings.Contains(out, want) {
				t.Errorf("the layer does not say %q:\n%.2000s", want, out)
			}
			types := map[string]string{}
			for _, m := range field.FindAllStringSubmatch(out, -1) {
				types[m[1]] = m[2]
			}
			schema, _ := get(t, s, path+"/schema").json(t)["properties"].(map[string]any)
			for name, v := range schema {
				p, _ := v.(map[string]any)
				kind, _ := p["type"].(string)
				format, _ := p["format"].(string)
				want := map[string]string{
					"string": "String", "string date": "Date", "string date-time": "DateTime", "number": "Real", "integer": "Integer",
				}[strings.TrimSpace(kind+" "+format)]
				if want != "" && !strings.HasPrefix(types[name], want) {
					t.Errorf("%s is %q, want %s", name, types[name], want)
				}
			}
			if collection.StorageCrs == "" {
				return
			}
			out = ask(t, "-al", "-geom=NO", "-where", "name LIKE '%a%'", "-spat", "116", "-2", "117", "0", "OAPIF:"+base+path)
			want := get(t, s, path+"/items?resultType=hits&bbox=116,-2,117,0&"+query("filter", "CASEI(name) LIKE '%a%'")).json(t)["numberMatched"]
			if got := len(feature.FindAllString(out, -1)); float64(got) != want {
				t.Errorf("filtered: got %d features, want %v", got, want)
			}
		})
	}
}
