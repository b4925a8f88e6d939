package zone

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"kawasan/geo"
)

// MaxCompared is how many zones can be set side by side.
const MaxCompared = 20

// Comparison sets profiles side by side.
type Comparison struct {
	Profiles []*Profile      `json:"profiles"`
	Rows     []ComparisonRow `json:"rows"`
	// Sentences are ready for a memo, rounded to what the uncertainties allow.
	Sentences []geo.Text `json:"sentences"`
	// Statements are the sentences without their sources and data version.
	Statements []Statement `json:"-"`
}

// ComparisonRow has what each profile says to one item, in the order of the
// profiles; nil where it says nothing.
type ComparisonRow struct {
	Section string  `json:"section"`
	Key     string  `json:"key"`
	Cells   []*Item `json:"cells"`
}

// Compare makes the profiles of several features of a collection and lines up
// their items, section by section. Claims of area, of which each zone has its own, share no rows.
func Compare(ctx context.Context, r geo.Reader, collection string, ids []string, o Options) (*Comparison, error) {
	if len(ids) == 0 {
		return nil, geo.Invalidf("ids", "no zones are named").Try("name at least one, separated by commas")
	}
	if len(ids) > MaxCompared {
		return nil, geo.Errorf(geo.TooLarge, "more than %d zones are named", MaxCompared).Try("name fewer").In("ids")
	}
	c := &Comparison{}
	place := map[[2]string]int{}
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return nil, geo.Invalidf("ids", "the zone %q is named twice", id).Try("name each once")
		}
	}
	if err := c.makeProfiles(ctx, r, collection, ids, o); err != nil {
		return nil, err
	}
	for n, p := range c.Profiles {
		for s := range p.Sections {
			section := &p.Sections[s]
			for i := range section.Items {
				item := &section.Items[i]
				if item.Key == "claim" {
					row := ComparisonRow{Section: section.Name, Key: item.Key, Cells: make([]*Item, len(c.Profiles))}
					row.Cells[n] = item
					c.Rows = append(c.Rows, row)
					continue
				}
				key := [2]string{section.Name, item.Key}
				at, ok := place[key]
				if !ok {
					at = len(c.Rows)
					place[key] = at
					c.Rows = append(c.Rows, ComparisonRow{Section: section.Name, Key: item.Key, Cells: make([]*Item, len(c.Profiles))})
				}
				c.Rows[at].Cells[n] = item
			}
		}
	}
	c.sortBySection()
	c.say()
	return c, nil
}

// makeProfiles makes the profiles side by side, on all cores. The fault told is that
// of the first of the ids that has one.
func (c *Comparison) makeProfiles(ctx context.Context, r geo.Reader, collection string, ids []string, o Options) error {
	c.Profiles = make([]*Profile, len(ids))
	faults := make([]error, len(ids))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(len(ids), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(ids); i = int(next.Add(1)) - 1 {
				if c.Profiles[i], faults[i] = profileOrFault(ctx, r, collection, ids[i], o); faults[i] != nil {
					next.Store(int64(len(ids))) // those before it are being made, and go on
					return
				}
			}
		})
	}
	workers.Wait()
	for _, err := range faults {
		if err != nil {
			return err
		}
	}
	return nil
}

// profileOrFault is NewProfile for a goroutine of its own: a panic there would end the program.
func profileOrFault(ctx context.Context, r geo.Reader, collection, id string, o Options) (p *Profile, err error) {
	defer geo.Recover(&err)
	return NewProfile(ctx, r, collection, id, o)
}

// sortBySection brings the rows of a section together, in the order of the sections.
func (c *Comparison) sortBySection() {
	order := map[string]int{}
	for _, p := range c.Profiles {
		for _, s := range p.Sections {
			if _, ok := order[s.Name]; !ok {
				order[s.Name] = len(order)
			}
		}
	}
	slices.SortStableFunc(c.Rows, func(a, b ComparisonRow) int { return order[a.Section] - order[b.Section] })
}
