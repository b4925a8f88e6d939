package quality

import (
	"context"
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/paulmach/orb"
	"golang.org/x/text/cases"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// region is a regency or district to look positions up in.
type region struct {
	name, code string
	shape      *geodesy.Shape
	bound      orb.Bound
	slack      float64 // its own uncertainty, metres
}

// level is a kind of region: the collections that hold it and how features name it.
type level struct {
	collections []string
	names       []string // properties with the name
	codes       []string // properties with the code
	digits      int      // of a code of the Ministry of Home Affairs, without dots
	list        []*region

	mu       sync.Mutex
	compared map[string]string // names as they came, in the form in which they are compared
}

func levels() []*level {
	return []*level{
		{
			collections: []string{"regencies"}, digits: 4,
			names: []string{"regency", "kabupaten", "kab_kota", "kabkota", "wadmkk", "nmkab"},
			codes: []string{"regency_code", "kdpkab", "kode_kab", "kdkab"},
		},
		{
			collections: []string{"districts", "kecamatan"}, digits: 6,
			names: []string{"district", "kecamatan", "wadmkc", "nmkec"},
			codes: []string{"district_code", "kdcpum", "kode_kec", "kdkec"},
		},
	}
}

// regionLimit bounds how many regions of a level are held.
const regionLimit = 2000

// regions reads the regions from the store, once; without a store there are none.
func (j *Judge) regions(ctx context.Context) error {
	j.regional.Lock()
	defer j.regional.Unlock()
	if j.levels != nil {
		return nil
	}
	all := levels()
	if j.o.Stored == nil {
		j.levels = all
		return nil
	}
	for _, l := range all {
		for _, id := range l.collections {
			if id == j.o.Collection.ID {
				continue // judged themselves
			}
			features, _, err := geo.Collect(ctx, j.o.Stored, geo.Query{Collection: id, Limit: regionLimit})
			var known *geo.Error
			if errors.As(err, &known) && known.Code == geo.NotFound {
				continue
			}
			if err != nil {
				return err
			}
			l.take(features)
			break
		}
	}
	j.levels = all
	return nil
}

func (l *level) take(features []*geo.Feature) {
	for _, f := range features {
		shape, err := geodesy.PrepareWKB(f.WKB)
		if err != nil || shape.Dimension() != 2 {
			continue
		}
		slack := uncertaintyOf(f)
		if math.IsNaN(slack) {
			slack = 1000
		}
		l.list = append(l.list, &region{name: regionName(f.Name()), code: digits(first(f, "code", "kode")), shape: shape, bound: shape.Bound(), slack: slack})
	}
}

// first gives the first of the properties that is text.
func first(f *geo.Feature, properties ...string) string {
	for _, p := range properties {
		if s := f.Text(p); s != "" {
			return s
		}
	}
	return ""
}

var (
	regionPrefix = regexp.MustCompile(`^(kabupaten|kab\.?|kota|kecamatan|kec\.?|regency of|city of)\s+`)
	regionSuffix = regexp.MustCompile(`\s+(regency|city|district)$`)
	fold         = cases.Fold()
	joiner       = strings.NewReplacer(" ", "", "-", "", ".", "")
)

// regionName brings a name to the form in which names are compared: "Kab. Paser" is "paser".
func regionName(s string) string {
	if s == "" {
		return ""
	}
	s = strings.Join(strings.Fields(fold.String(tidy(s))), " ")
	s = regionSuffix.ReplaceAllString(regionPrefix.ReplaceAllString(s, ""), "")
	return joiner.Replace(s)
}

// namesHeld bounds how many names a level remembers.
const namesHeld = 4096

// compare is regionName, remembered: most features name one of a few regions.
func (l *level) compare(s string) string {
	if s == "" {
		return ""
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	name, known := l.compared[s]
	if known {
		return name
	}
	if l.compared == nil || len(l.compared) >= namesHeld {
		l.compared = map[string]string{}
	}
	name = regionName(s)
	l.compared[s] = name
	return name
}

// digits takes all else out of a code.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// named finds the regions of the level that the feature names. A name that several
// have, such as that of a district, gives them all.
func (l *level) named(f *geo.Feature) (found []*region, as, property string) {
	for _, p := range l.codes {
		if code := digits(f.Text(p)); len(code) == l.digits {
			for _, r := range l.list {
				if r.code == code {
					return []*region{r}, f.Text(p), p
				}
			}
		}
	}
	for _, p := range l.names {
		name := l.compare(f.Text(p))
		if name == "" {
			continue
		}
		for _, r := range l.list {
			if r.name == name {
				found = append(found, r)
			}
		}
		if len(found) > 0 {
			return found, f.Text(p), p
		}
	}
	return nil, "", ""
}

// regions holds the position against the regency and district that the feature names.
func (v *Examination) regions(b orb.Bound) {
	for _, l := range v.judge.levels {
		if len(l.list) == 0 {
			continue
		}
		found, as, property := l.named(v.feature)
		if len(found) == 0 {
			continue
		}
		shape, err := geodesy.PrepareWKB(v.feature.WKB)
		if err != nil {
			return
		}
		slack := uncertaintyOf(v.feature)
		if math.IsNaN(slack) {
			slack = 500
		}
		nearest := math.Inf(1)
		for _, r := range found {
			if geodesy.Within(shape, r.shape, slack+r.slack) {
				nearest = 0
				break
			}
			nearest = math.Min(nearest, geodesy.Between(shape, r.shape).Metres)
		}
		if nearest == 0 {
			continue
		}
		fixes := v.judge.corrected(b, in(found))
		if len(fixes) == 0 {
			fixes = wrongDegree(b, in(found))
		}
		lost := len(fixes) > 0 && fixes[0].rule == coordinateSign
		if nearest < territorialSea && l.offshore(shape) && !lost {
			continue
		}
		v.beyond(fixes, as, property, nearest)
		return
	}
}

// in accepts boxes whose middle lies in one of the regions.
func in(found []*region) func(orb.Bound) bool {
	return func(c orb.Bound) bool {
		return slices.ContainsFunc(found, func(r *region) bool { return covers(r.bound, c) && r.shape.Contains(c.Center()) })
	}
}

// home accepts boxes in the regency or district that the feature names; nil if it names none that is known.
func (v *Examination) home() func(orb.Bound) bool {
	for i := len(v.judge.levels) - 1; i >= 0; i-- {
		if found, _, _ := v.judge.levels[i].named(v.feature); len(found) > 0 {
			return in(found)
		}
	}
	return nil
}

// wrongDegree tries one degree more or less, as in 115.8 for 116.8.
func wrongDegree(b orb.Bound, accept func(orb.Bound) bool) []correction {
	for _, c := range []correction{
		{what: say("a longitude one degree larger", "bujur satu derajat lebih besar"), undo: func(x, y float64) (float64, float64) { return x + 1, y }},
		{what: say("a longitude one degree smaller", "bujur satu derajat lebih kecil"), undo: func(x, y float64) (float64, float64) { return x - 1, y }},
		{what: say("a latitude one degree larger", "lintang satu derajat lebih besar"), undo: func(x, y float64) (float64, float64) { return x, y + 1 }},
		{what: say("a latitude one degree smaller", "lintang satu derajat lebih kecil"), undo: func(x, y float64) (float64, float64) { return x, y - 1 }},
	} {
		x0, y0 := c.undo(b.Min[0], b.Min[1])
		x1, y1 := c.undo(b.Max[0], b.Max[1])
		if accept(edgeBound(orb.Point{x0, y0}, orb.Point{x1, y1})) {
			c.rule, c.cost = coordinateDigits, 1
			return []correction{c}
		}
	}
	return nil
}

// territorialSea is how far off the coast a thing may lie and still belong to the
// regency it names: twelve nautical miles, in metres.
const territorialSea = 12 * 1852

// offshore reports whether a shape lies in no region of the level.
func (l *level) offshore(shape *geodesy.Shape) bool {
	return !slices.ContainsFunc(l.list, func(r *region) bool { return geodesy.Within(shape, r.shape, 0) })
}

// beyond tells of a feature that lies off the region it names.
func (v *Examination) beyond(fixes []correction, as, property string, metres float64) {
	i := Issue{Rule: outsideRegency, Property: property, Place: v.anywhere(), Message: say("it lies %s km from %s", "berjarak %s km dari %s", figure(metres/1000), shown(as, 60))}
	if len(fixes) > 0 {
		i.Message = say("it lies %s km from %s; within it would be with %s", "berjarak %s km dari %s; akan berada di dalamnya dengan %s", figure(metres/1000), shown(as, 60), listed(fixes))
	}
	v.add(i)
}
