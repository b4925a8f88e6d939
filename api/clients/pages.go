package clients

import (
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// read a page of features: each has an id, and no two the same.
func (s *session) page(href string, headers ...string) (*page, error) {
	p, a, err := read[page](s, href, headers...)
	if err != nil {
		return nil, err
	}
	if t := essence(a.header.Get("Content-Type")); t != geoJSON && t != "application/json" {
		return nil, failed("features come with the type %q", "fitur datang dengan tipe %q", t)
	}
	if p.Features == nil {
		return nil, failed("the answer has no array of features", "jawaban tidak memuat larik fitur")
	}
	return p, nil
}

// withIDs refuses features that have none.
func withIDs(p *page) error {
	for _, f := range p.Features {
		if name := f.name(); name == "" || name == "null" {
			return failed("a feature has no id", "ada fitur tanpa id")
		}
	}
	return nil
}

// ofType refuses geometries of another type than the schema says: layers have one.
func (p *page) ofType(geometry string) error {
	if geometry == "" || geometry == "any" {
		return nil
	}
	for _, f := range p.Features {
		if f.Geometry != nil && !slices.Contains(strings.Split(geometry, "-or-"), strings.ToLower(f.Geometry.Type)) {
			return failed("the schema says geometry-%s, but a feature has a %s", "skema menyebut geometry-%s, tetapi ada fitur dengan %s", geometry, f.Geometry.Type)
		}
	}
	return nil
}

// follow reads a page and those behind it; next finds the link to follow in a page.
// No feature may come twice, and the pages must add up to what the server counts.
func (s *session) follow(href string, next func(*page) string, headers ...string) error {
	seen := map[string]bool{}
	for range s.options.Pages {
		p, err := s.page(href, headers...)
		if err != nil {
			return err
		}
		for _, f := range p.Features {
			if name := f.name(); seen[name] {
				return failed("feature %s comes on two pages", "fitur %s muncul di dua halaman", name)
			}
			seen[f.name()] = true
		}
		if href = next(p); href != "" && len(p.Features) > 0 {
			continue
		}
		if p.NumberMatched != nil && len(seen) != *p.NumberMatched {
			return failed("the pages end after %d features, but the server counts %d", "halaman berakhir setelah %d fitur, padahal server menghitung %d", len(seen), *p.NumberMatched)
		}
		return nil
	}
	return nil
}

// nextOf gives the link to the next page whose type is accepted.
func nextOf(accept func(string) bool) func(*page) string {
	return func(p *page) string {
		l, _ := find(p.Links, accept, "next")
		return l.Href
	}
}

// boxed asks for the extent as a box: all must be found in it.
func (s *session) boxed(href string, box [4]float64, all *page, pairs ...string) error {
	p, err := s.page(with(href, append([]string{"limit", "10", "bbox", numbers(box)}, pairs...)...))
	if err != nil {
		return err
	}
	switch {
	case p.NumberMatched != nil && all.NumberMatched != nil && *p.NumberMatched != *all.NumberMatched:
		return failed("the box of the whole extent finds %d of %d features", "kotak seluruh bentang menemukan %d dari %d fitur", *p.NumberMatched, *all.NumberMatched)
	case len(p.Features) == 0 && len(all.Features) > 0:
		return failed("the box of the whole extent finds nothing", "kotak seluruh bentang tidak menemukan apa pun")
	}
	return nil
}

// inSystem asks for features in a reference system.
func (s *session) inSystem(href, uri string, pairs ...string) error {
	a, err := s.get(with(href, append([]string{"limit", "5", "crs", uri}, pairs...)...))
	if err != nil {
		return err
	}
	if a.status != http.StatusOK {
		return refusal(a)
	}
	if got := a.header.Get("Content-Crs"); got != "<"+uri+">" {
		return failed("Content-Crs is %q, not <%s>", "Content-Crs adalah %q, bukan <%s>", got, uri)
	}
	_, err = decodePage(a)
	return err
}

// systems are those to try: the first few that are not CRS84.
func systems(c *collection) []string {
	var list []string
	for _, uri := range c.CRS {
		if strings.HasPrefix(uri, ogc) && !strings.Contains(uri, "/CRS84") && len(list) < 3 {
			list = append(list, uri)
		}
	}
	return list
}

// sample is an attribute of the first feature that a filter can ask for.
type sample struct{ name, value string }

// textOf finds an attribute that is text and can be filtered by, with a value.
func textOf(p *page, names []string) (sample, bool) {
	for _, f := range p.Features {
		for _, name := range names {
			var text string
			if raw, ok := f.Properties[name]; ok && json.Unmarshal(raw, &text) == nil && text != "" && len(text) < 100 {
				return sample{name, text}, true
			}
		}
	}
	return sample{}, false
}

// holds refuses a page that is empty or has features with another value.
func (v sample) holds(p *page) error {
	if len(p.Features) == 0 {
		return failed("nothing is found where %s is %q, though a feature has it", "tidak ada yang ditemukan dengan %s bernilai %q, padahal ada fiturnya", v.name, v.value)
	}
	for _, f := range p.Features {
		var text string
		if json.Unmarshal(f.Properties[v.name], &text) != nil || text != v.value {
			return failed("the filter %s = %q gives a feature with %s", "penyaring %s = %q memberi fitur dengan %s", v.name, v.value, f.Properties[v.name])
		}
	}
	return nil
}

// textNames are the queryables that are text without a form of their own, in order.
func (d *schema) textNames() []string {
	var names []string
	for name, p := range d.Properties {
		if p.Type == "string" && p.Format == "" && p.Role != "id" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// quoted writes a name as CQL2 text takes any.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// item is the address of one feature.
func item(items string, f feature) string {
	path, _, _ := strings.Cut(items, "?")
	return path + "/" + url.PathEscape(f.name())
}

// pageSize reads how large a page may be; ok is false if the limit says nothing.
func pageSize(p parameter, preferred int) (size int, ok bool) {
	most, ok := p.Schema.Maximum.(float64)
	if !ok {
		return 0, false
	}
	usual, _ := p.Schema.Default.(float64)
	return int(math.Min(math.Max(float64(preferred), usual), most)), true
}

// decodePage reads a page that has come by another way than a link.
func decodePage(a *answer) (*page, error) {
	var p page
	if json.Unmarshal(a.body, &p) != nil || p.Features == nil {
		return nil, failed("the answer has no array of features", "jawaban tidak memuat larik fitur")
	}
	return &p, nil
}
