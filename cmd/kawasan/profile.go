package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"text/tabwriter"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// profileCommand is 'kawasan profile'.
type profileCommand struct {
	askFlags
	Zone       string `arg:"" help:"The zone, such as kik or zones/kik."`
	Collection string `help:"The collection that the feature is of, if the zone is named by its id alone." default:"${zones}"`
	lookupFlags
}

// lookupFlags say what to look for around.
type lookupFlags struct {
	Lookups string `help:"What to look for around, instead of ports, mills ...: a JSON array, or @FILE that holds it." placeholder:"JSON"`
}

// into adds the look-ups to a question.
func (l lookupFlags) into(q url.Values) (url.Values, error) {
	if l.Lookups == "" {
		return q, nil
	}
	text, err := textOrFile(l.Lookups)
	q.Set("lookups", text)
	return q, err
}

// Help teaches by example.
func (profileCommand) Help() string {
	return `Examples:

  kawasan profile kik
  kawasan profile infrastructure/apt-bpn --format json -o airport.json
  kawasan profile estates/e1 --lookups '[{"section": "Wells", "collection": "wells", "nearest": 2, "rings_m": [10000]}]'`
}

// Run asks for the profile.
func (p *profileCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	collection, id := p.Collection, p.Zone
	if before, after, ok := strings.Cut(p.Zone, "/"); ok {
		collection, id = before, after
	}
	if err := p.noGeometry(); err != nil {
		return err
	}
	q, err := p.into(url.Values{"collection": {collection}})
	if err != nil {
		return err
	}
	body, err := p.ask(ctx, log, "/zones/"+url.PathEscape(id)+"/profile", q)
	if err != nil {
		return err
	}
	return p.answer(std, body, writeProfile)
}

// noGeometry refuses the form that answers other than features don't have.
func (a *askFlags) noGeometry() error {
	if a.Format == "geojson" {
		return geo.Invalidf("format", "this answer has no geometry, so it can't be had as %s", a.Format).Try("table, csv or json")
	}
	return nil
}

// profileAnswer is what the table needs of a profile.
type profileAnswer struct {
	Ref, Name string
	Sections  []struct {
		Title string
		Items []struct {
			Key, Group, Name, Ref, Text, Words, Unit string
			Value, Min, Max                          *float64
		}
		Unlocated []string
		More      int `json:"unlocated_more"`
		Notes     []string
	}
	Sentences, Notes []string
}

// writeProfile prints a profile section by section.
func writeProfile(w io.Writer, in tongue, body []byte) error {
	var p profileAnswer
	if err := unmarshal(body, &p); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(w, "%s (%s)\n", p.Name, p.Ref)
	for _, s := range p.Sections {
		_, _ = fmt.Fprintf(w, "\n%s\n", strings.ToUpper(s.Title))
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, i := range s.Items {
			name := i.Name
			if name == "" || i.Ref != "" {
				name = cmp.Or(i.Group, i.Key)
			}
			what := cmp.Or(i.Words, i.Text)
			if i.Ref != "" {
				what = strings.TrimSpace(i.Name + " " + what)
			}
			value, between := "", ""
			if i.Value != nil {
				value, between = in.quantity(*i.Value, i.Min, i.Max, i.Unit)
			}
			if what == "" && value == "" {
				what = in.unknown()
			}
			_, _ = fmt.Fprintf(table, "  %s\t%s\t%s\t%s\n", name, value, between, what)
		}
		if err := table.Flush(); err != nil {
			return err
		}
		if len(s.Unlocated) > 0 {
			_, _ = fmt.Fprintf(w, "  %s\n", in.unlocated(s.Unlocated, s.More))
		}
		for _, note := range s.Notes {
			_, _ = fmt.Fprintf(w, "  %s\n", note)
		}
	}
	writeTexts(w, p.Sentences, p.Notes)
	return nil
}

// quantity writes a value with its unit, rounded to what it can be, and that range.
func (t tongue) quantity(v float64, least, most *float64, unit string) (value, between string) {
	q := wording.Quantity{Value: v, Least: least, Most: most, Unit: unit}
	r := q.Rounded()
	end := func(v *float64) string {
		if v == nil {
			return t.unknown()
		}
		return wording.Measured(*v, unit, string(t))
	}
	if (least != nil || most != nil) && end(r.Least) != end(r.Most) {
		between = t.say("%s to %s", "%s sampai %s", end(r.Least), end(r.Most))
	}
	return t.says(q.Said().Value), between
}
