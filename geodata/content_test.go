package geodata_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/geodata"
)

func row(t *testing.T, d geodata.Dataset, id string) geodata.Row {
	t.Helper()
	for _, r := range rows(d) {
		if r.ID == id {
			return r
		}
	}
	t.Fatalf("%s: no row %q", d.Collection, id)
	return geodata.Row{}
}

// What the law, the plans and the press say of the zones' area stands side by side.
func TestZoneAreas(t *testing.T) {
	t.Parallel()
	tests := []struct {
		id     string
		stated any
		claims []float64
	}{
		{"kek-mbtk", 557.34, []float64{557.34, 599.896, 599.8, 557, 428, 5300, 1000, 518}},
		{"kib", nil, []float64{5424, 5242, 9143, 9000, 4200, 70, 18.9, 10}},
		{"kik", 3565.0, []float64{3565, 2721, 2189, 5000, 6189.82, 133.8, 300}},
	}
	zones := collection(t, "zones")
	for _, test := range tests {
		r := row(t, zones, test.id)
		if got := value(t, r, "stated_area_ha"); got != test.stated {
			t.Errorf("%s: stated_area_ha = %v, want %v", test.id, got, test.stated)
		}
		var got []float64
		for _, claim := range claims(t, r) {
			got = append(got, claim["value_ha"].(float64))
		}
		if diff := cmp.Diff(test.claims, got); diff != "" {
			t.Errorf("%s: claims (-want +got):\n%s", test.id, diff)
		}
	}
}

func claims(t *testing.T, r geodata.Row) []map[string]any {
	t.Helper()
	list, ok := value(t, r, "area_claims").([]any)
	if !ok {
		return nil
	}
	all := make([]map[string]any, 0, len(list))
	for _, item := range list {
		claim, ok := item.(map[string]any)
		if !ok || len(claim) != 3 {
			t.Fatalf("%s: claim %v, want value_ha, meaning and source", r.ID, item)
		}
		all = append(all, claim)
	}
	return all
}

// A stated area is one of the claims, and each claim says what it means and who says so.
func TestClaims(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"zones", "ikn"} {
		for _, r := range rows(collection(t, id)) {
			stated, found := value(t, r, "stated_area_ha"), false
			for _, claim := range claims(t, r) {
				v, _ := claim["value_ha"].(float64)
				meaning, _ := claim["meaning"].(string)
				source, _ := claim["source"].(string)
				if v <= 0 || meaning == "" || source == "" {
					t.Errorf("%s/%s: incomplete claim %v", id, r.ID, claim)
				}
				found = found || stated == v
			}
			if stated != nil && !found {
				t.Errorf("%s/%s: the stated %v ha is not among the claims", id, r.ID, stated)
			}
		}
	}
}

// A value that is a code has words in both languages, for people. Kinds of
// boundary and confidence have those that all collections share.
func TestCodesHaveWords(t *testing.T) {
	t.Parallel()
	check := func(collection string, all []geodata.Property) {
		for _, p := range all {
			for value, words := range p.Words {
				if words.EN == "" || words.ID == "" || words.EN == words.ID && strings.Contains(value, "_") {
					t.Errorf("%s: %s: %q has the words %+v", collection, p.Name, value, words)
				}
			}
			if p.Name == "boundary_kind" || p.Name == "confidence" {
				continue
			}
			for _, value := range p.Enum {
				if p.Words[value].EN == "" {
					t.Errorf("%s: %s: no words for %q", collection, p.Name, value)
				}
			}
		}
	}
	for _, d := range collections(t) {
		check(d.Collection, d.Properties)
	}
	for _, table := range tables(t) {
		check(table.ID, table.Properties)
	}
}

// What is a sentence of ours is there in Indonesian too, as are licences that are no more than a name.
func TestSentencesHaveWords(t *testing.T) {
	t.Parallel()
	names := []string{"ODbL", "CC BY 4.0 (airport-data-js)", "CC BY 4.0 (GeoNames)"}
	check := func(collection, licence string, all []geodata.Property, rows []geodata.Row) {
		for _, p := range all {
			if !slices.Contains([]string{"method", "note", "licence"}, p.Name) {
				continue
			}
			said := []string{}
			for _, r := range rows {
				if text, ok := value(t, r, p.Name).(string); ok {
					said = append(said, text)
				}
			}
			if p.Name == "licence" {
				said = append(said, licence)
			}
			for _, text := range said {
				if words := p.Words[text]; (words.ID == "" || words.ID == text) && !slices.Contains(names, text) {
					t.Errorf("%s: %s: %q is not there in Indonesian", collection, p.Name, text)
				}
			}
		}
	}
	for _, d := range collections(t) {
		check(d.Collection, d.Licence, d.Properties, rows(d))
	}
	for _, table := range tables(t) {
		check(table.ID, table.Licence, table.Properties, table.Rows)
	}
}

func TestCargoVocabulary(t *testing.T) {
	t.Parallel()
	known := []string{"general", "passenger", "container", "oil", "coal", "cpo", "bulk", "lng", "ferry"}
	for _, r := range rows(collection(t, "ports")) {
		list, ok := value(t, r, "cargo").([]any)
		if !ok {
			t.Errorf("%s: no cargo", r.ID)
		}
		for _, cargo := range list {
			if !slices.Contains(known, cargo.(string)) {
				t.Errorf("%s: unknown cargo %q, want one of %v", r.ID, cargo, known)
			}
		}
	}
}

// A row that names a regency names it and its code as the regencies collection does.
func TestRegencies(t *testing.T) {
	t.Parallel()
	names := map[any]any{}
	for _, r := range rows(collection(t, "regencies")) {
		names[value(t, r, "code")] = value(t, r, "name")
	}
	check := func(id string, all []geodata.Row, properties []geodata.Property) {
		has := func(p geodata.Property) bool { return p.Name == "regency_code" }
		if !slices.ContainsFunc(properties, has) {
			return
		}
		for _, r := range all {
			name, code := value(t, r, "regency"), value(t, r, "regency_code")
			if (name == nil) != (code == nil) || code != nil && names[code] != name {
				t.Errorf("%s/%s: regency %v with code %v, want %v", id, r.ID, name, code, names[code])
			}
		}
	}
	for _, d := range collections(t) {
		check(d.Collection, rows(d), d.Properties)
	}
	for _, table := range tables(t) {
		check(table.ID, table.Rows, table.Properties)
	}
}

// The envelope of a plantation statistic is the outline of its regency, to the byte.
func TestPlantationsLieInTheirRegency(t *testing.T) {
	t.Parallel()
	outlines := map[any]string{}
	for _, f := range collection(t, "regencies").Features {
		outlines[value(t, geodata.Row{ID: f.ID, Properties: f.Properties}, "code")] = string(f.Geometry)
	}
	for _, f := range collection(t, "plantations").Features {
		r := geodata.Row{ID: f.ID, Properties: f.Properties}
		if outlines[value(t, r, "regency_code")] != string(f.Geometry) {
			t.Errorf("%s: not the outline of its regency", f.ID)
		}
		if kind := value(t, r, "boundary_kind"); kind != "outer_envelope" {
			t.Errorf("%s: boundary_kind = %v, want outer_envelope", f.ID, kind)
		}
		if planted, all := value(t, r, "planted_area_ha").(float64), value(t, r, "envelope_area_ha").(float64); planted >= all {
			t.Errorf("%s: %v ha planted in a regency of %v ha", f.ID, planted, all)
		}
	}
}

// References lead to a row that is shipped.
func TestReferences(t *testing.T) {
	t.Parallel()
	known := map[string]geodata.Row{}
	for _, d := range collections(t) {
		for _, r := range rows(d) {
			known[d.Collection+"/"+r.ID] = r
		}
	}
	for _, f := range collection(t, "mills").Features {
		r := geodata.Row{ID: f.ID, Properties: f.Properties}
		if other, ok := value(t, r, "possible_duplicate_of").(string); ok {
			twin, found := known["mills/"+other]
			if !found || value(t, twin, "possible_duplicate_of") != r.ID {
				t.Errorf("%s: possible duplicate of %s, which does not say so of it", r.ID, other)
			}
		}
	}
	for _, r := range rows(collection(t, "ikn")) {
		if part, ok := value(t, r, "part_of").(string); ok && known["ikn/"+part].ID == "" {
			t.Errorf("%s: part of %q, which is not shipped", r.ID, part)
		}
	}
	resolved := 0
	for _, table := range tables(t) {
		if table.ID != "published_distances" {
			continue
		}
		for _, r := range table.Rows {
			for _, name := range []string{"from_ref", "to_ref"} {
				ref, ok := value(t, r, name).(string)
				if !ok {
					continue
				}
				resolved++
				if known[ref].ID == "" {
					t.Errorf("%s: %s = %q, which is not shipped", r.ID, name, ref)
				}
			}
		}
	}
	if resolved == 0 {
		t.Error("no published distance refers to a feature")
	}
}

// Published figures agree among themselves: a way is not shorter than the straight
// line, and the ratio is that of the two.
func TestPublishedDistances(t *testing.T) {
	t.Parallel()
	for _, table := range tables(t) {
		if table.ID != "published_distances" {
			continue
		}
		for _, r := range table.Rows {
			km, _ := value(t, r, "distance_km").(float64)
			if km <= 0 {
				t.Errorf("%s: distance_km = %v", r.ID, km)
			}
			straight, ok := value(t, r, "great_circle_km").(float64)
			if !ok {
				continue
			}
			ratio, _ := value(t, r, "detour_ratio").(float64)
			if km < straight || math.Abs(km/straight-ratio) > 0.005*ratio {
				t.Errorf("%s: %v km over %v km straight is given the ratio %v", r.ID, km, straight, ratio)
			}
		}
	}
}

// Each airport says what traffic it has, nothing else does, and at least one has
// scheduled flights.
func TestAirService(t *testing.T) {
	t.Parallel()
	scheduled := 0
	for _, r := range rows(collection(t, "infrastructure")) {
		service := value(t, r, "air_service")
		if airport := value(t, r, "kind") == "airport"; airport != (service != nil) {
			t.Errorf("%s: kind %v with air service %v", r.ID, value(t, r, "kind"), service)
		}
		if service == "scheduled" {
			scheduled++
		}
		if mva, ok := value(t, r, "capacity_mva").(float64); ok && mva >= 1000 {
			t.Errorf("%s: %v MVA is not a capacity in MVA", r.ID, mva)
		}
	}
	if scheduled == 0 {
		t.Error("no airport has scheduled flights")
	}
}

// Text in a number's place is what tables of this kind suffer from.
func TestNotesAreText(t *testing.T) {
	t.Parallel()
	for _, d := range collections(t) {
		for _, p := range d.Properties {
			if strings.HasSuffix(p.Name, "_note") && p.Type != "text" {
				t.Errorf("%s: %s is %s, want text", d.Collection, p.Name, p.Type)
			}
		}
	}
}
