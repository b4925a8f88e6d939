package crs_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"kawasan/geo"
	"kawasan/geo/crs"
)

// gdal asks GDAL for the definition of a system in every notation it knows.
func gdal(t *testing.T, code string) map[string]string {
	t.Helper()
	out, err := exec.CommandContext(context.Background(), "gdalsrsinfo", "-o", "all", "--single-line", code).Output()
	if err != nil {
		t.Fatalf("gdalsrsinfo %s: %v; 'make test' installs it (gdal-bin)", code, err)
	}
	found := map[string]string{}
	title := ""
	for line := range strings.Lines(string(out)) {
		line = strings.TrimRight(line, "\n")
		if name, rest, ok := strings.Cut(line, ":"); ok && (strings.HasPrefix(name, "PROJ") || strings.Contains(name, "WKT")) && !strings.ContainsAny(name, "[{+") {
			title = name + ":" + strings.TrimSuffix(rest, " :")
			if strings.HasPrefix(rest, " +") {
				found["PROJ.4"], title = strings.TrimSpace(rest), ""
			}
			continue
		}
		if line == "" && found[title] != "" {
			title = ""
		}
		if title != "" {
			found[title] += line
		}
	}
	return found
}

// TestRecogniseWhatGDALWrites reads GDAL's definition of each system (of some, unless
// KAWASAN_TEST=all) in each notation.
func TestRecogniseWhatGDALWrites(t *testing.T) {
	t.Parallel()
	for i, c := range crs.All() {
		special := slices.Contains([]int{3395, 3857, 4326, 32750, 9490, 23835}, c.EPSG)
		if !strings.HasPrefix(c.Code, "EPSG:") || !special && i%8 != 0 && os.Getenv("KAWASAN_TEST") != "all" {
			continue
		}
		t.Run(c.Code, func(t *testing.T) {
			t.Parallel()
			texts := gdal(t, c.Code)
			read := 0
			for notation, text := range texts {
				got, err := crs.Recognise(text)
				switch {
				case notation == "PROJ.4": // has no datum but WGS 84
				case (strings.Contains(notation, "simple") || strings.Contains(notation, "no CT")) && c.EPSG == 3857:
					if !geo.IsCode(err, geo.Invalid) { // the remark that tells it from 3395 is left out
						t.Errorf("%s is understood", notation)
					}
				case err != nil || got != c:
					t.Errorf("%s is taken for %s, %v: %.300s", notation, code(got), err, text)
				default:
					read++
				}
			}
			if read < 4 {
				t.Errorf("only %d notations found in %q", read, texts)
			}
		})
	}
}

func code(c *crs.CRS) string {
	if c == nil {
		return "nothing"
	}
	return c.Code
}

// TestOwnDefinitions reads the definitions that are written into exports.
func TestOwnDefinitions(t *testing.T) {
	t.Parallel()
	for _, c := range crs.All() {
		want := c
		if strings.HasPrefix(c.Code, "OGC:") {
			want = crs.ByEPSG(4326) // on disk there is no difference
		}
		for _, text := range []string{c.WKT1, c.ESRI, c.WKT2, string(c.PROJJSON)} {
			if got, err := crs.Recognise(text); c.Code != "OGC:CRS84h" && (err != nil || got != want) {
				t.Errorf("%s is taken for %s, %v: %.200s", c.Code, code(got), err, text)
			}
		}
	}
}

func TestRecognise(t *testing.T) {
	t.Parallel()
	const wgs = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	projected := func(name, projection, parameters string) string {
		return fmt.Sprintf(`PROJCS["%s",%s,PROJECTION["%s"],%s,UNIT["Meter",1.0]]`, name, wgs, projection, parameters)
	}
	tests := []struct{ name, text, want string }{
		{"code", "EPSG:32750", "EPSG:32750"},
		{"number", "32750", "EPSG:32750"},
		{"urn", "urn:ogc:def:crs:EPSG::32750", "EPSG:32750"},
		{"urn of CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"},
		{"uri", "http://www.opengis.net/def/crs/EPSG/0/9490", "EPSG:9490"},
		{"ESRI's Web Mercator", "ESRI:102100", "EPSG:3857"},
		{"the same as a bare number", "102100", "EPSG:3857"},
		{"900913", "EPSG:900913", "EPSG:3857"},
		{"ESRI's World Mercator", "ESRI:54004", "EPSG:3395"},
		{"old GeoJSON", `{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::23845"}}`, "EPSG:23845"},
		{"older GeoJSON", `{"type":"EPSG","properties":{"code":4326}}`, "EPSG:4326"},
		{"PROJJSON with no more than an id", `{"type":"ProjectedCRS","name":"x","id":{"authority":"EPSG","code":32750}}`, "EPSG:32750"},
		{"World Mercator of ArcGIS", projected("WGS_1984_World_Mercator", "Mercator", `PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0]`), "EPSG:3395"},
		{"Web Mercator of ArcGIS", projected("WGS_1984_Web_Mercator_Auxiliary_Sphere", "Mercator_Auxiliary_Sphere", `PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0]`), "EPSG:3857"},
		{"the name lies: World Mercator called Web Mercator", projected("WGS_84_Pseudo_Mercator", "Mercator", `PARAMETER["False_Easting",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0]`), "unclear"},
		{"Google Mercator on a sphere", `PROJCS["Google Mercator",GEOGCS["Sphere",DATUM["unknown",SPHEROID["Sphere",6378137,0]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]`, "EPSG:3857"},
		{"UTM without a name", projected("unnamed", "Transverse_Mercator", `PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",10000000.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0]`), "EPSG:32750"},
		{"TM-3 of the land agency", projected("TM3_Zona_50_1", "Transverse_Mercator", `PARAMETER["False_Easting",200000.0],PARAMETER["False_Northing",1500000.0],PARAMETER["Central_Meridian",115.5],PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0]`), "refused"},
		{"compound", `COMPD_CS["UTM + height",` + projected("UTM", "Transverse_Mercator", `PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0]`) + `,VERT_CS["EGM2008",VERT_DATUM["EGM2008",2005],UNIT["metre",1]]]`, "EPSG:32650"},
		{"round brackets", strings.NewReplacer("[", "(", "]", ")").Replace(wgs), "EPSG:4326"},
		{"feet", strings.Replace(projected("UTM", "Transverse_Mercator", `PARAMETER["False_Easting",500000.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",0.9996]`), `"Meter",1.0`, `"Foot",0.3048`, 1), "refused"},
		{"another zone", projected("UTM 33N", "Transverse_Mercator", `PARAMETER["False_Easting",500000.0],PARAMETER["Central_Meridian",15.0],PARAMETER["Scale_Factor",0.9996]`), "refused"},
		{"a code that contradicts the parameters", `PROJCS["WGS 84 / UTM zone 50S",` + wgs + `,PROJECTION["Transverse_Mercator"],PARAMETER["central_meridian",117],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32750"]]`, "unclear"},
		{"ID74", "EPSG:4238", "refused"},
		{"Segara UTM", "EPSG:2933", "refused"},
		{"PROJ string", "+proj=utm +zone=50 +south +datum=WGS84 +units=m +no_defs", "EPSG:32750"},
		{"PROJ string of Web Mercator", "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs", "EPSG:3857"},
		{"PROJ string of World Mercator", "+proj=merc +lon_0=0 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs", "EPSG:3395"},
		{"PROJ string with a shift", "+proj=longlat +ellps=bessel +towgs84=-403,684,41,0,0,0,0", "refused"},
		{"nothing", " ", "unclear"},
		{"nonsense", "PROJCS[", "unclear"},
		{"local", `LOCAL_CS["site grid",UNIT["m",1]]`, "unclear"},
		{"unknown code", "EPSG:99999", "unclear"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := crs.Recognise(test.text)
			got := ""
			switch {
			case geo.IsCode(err, geo.Unsupported):
				got = "refused"
			case geo.IsCode(err, geo.Invalid):
				got = "unclear"
			case err == nil:
				got = c.Code
			}
			if got != test.want {
				t.Errorf("got %s (%v), want %s", got, err, test.want)
			}
		})
	}
}

// TestOlderDatumsAreRefused reads GDAL's definitions of systems on datums that need a shift.
func TestOlderDatumsAreRefused(t *testing.T) {
	t.Parallel()
	for _, old := range []string{"EPSG:4238", "EPSG:23890", "EPSG:3001", "EPSG:2933"} {
		for notation, text := range gdal(t, old) {
			if c, err := crs.Recognise(text); !geo.IsCode(err, geo.Unsupported) && notation != "PROJ.4" {
				t.Errorf("%s of %s is taken for %s, %v", notation, old, code(c), err)
			}
		}
	}
}

func TestRecogniseSRS(t *testing.T) {
	t.Parallel()
	mercator := crs.ByEPSG(3395)
	tests := []struct {
		organization string
		code         int64
		definition   string
		want         string
	}{
		{"EPSG", 4326, "undefined", "EPSG:4326"},
		{"EPSG", 32750, "", "EPSG:32750"},
		{"NONE", -1, "undefined", ""},
		{"NONE", 0, "undefined", ""},
		{"EPSG", 3395, mercator.WKT1, "EPSG:3395"},
		{"NONE", 100000, mercator.ESRI, "EPSG:3395"},
	}
	for _, test := range tests {
		got, err := crs.RecogniseSRS(test.organization, test.code, test.definition)
		if test.want == "" {
			if !geo.IsCode(err, geo.Invalid) {
				t.Errorf("%v: got %v, %v, want Invalid", test, got, err)
			}
			continue
		}
		if err != nil || got.Code != test.want {
			t.Errorf("%v: got %v, %v", test, got, err)
		}
	}
}

func FuzzRecognise(f *testing.F) {
	for _, c := range crs.All()[:8] {
		f.Add(c.WKT1)
		f.Add(c.WKT2)
		f.Add(string(c.PROJJSON))
	}
	f.Add("+proj=utm +zone=50 +south")
	f.Add(strings.Repeat("PROJCS[", 100))
	f.Fuzz(func(t *testing.T, text string) {
		c, err := crs.Recognise(text)
		if (c == nil) == (err == nil) {
			t.Fatalf("%q gives %v, %v", text, c, err)
		}
		if err != nil && geo.IsCode(err, geo.Internal) {
			t.Fatalf("%q gives %v", text, err)
		}
	})
}
