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
)

// compareCommand is 'kawasan compare'.
type compareCommand struct {
	askFlags
	Zones      []string `arg:"" help:"The zones, by id, such as kik kib."`
	Collection string   `help:"The collection that they are of." default:"${zones}"`
	lookupFlags
}

// Help teaches by example.
func (compareCommand) Help() string {
	return `Examples:

  kawasan compare kik kib kek-mbtk
  kawasan compare kkt maloy --collection ports --format csv -o ports.csv`
}

// Run asks for the profiles side by side.
func (c *compareCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	if err := c.noGeometry(); err != nil {
		return err
	}
	ids := make([]string, len(c.Zones))
	for i, name := range c.Zones {
		ids[i] = strings.TrimPrefix(name, c.Collection+"/")
	}
	q, err := c.into(url.Values{"ids": {strings.Join(ids, ",")}, "collection": {c.Collection}})
	if err != nil {
		return err
	}
	body, err := c.ask(ctx, log, "/zones/compare", q)
	if err != nil {
		return err
	}
	return c.answer(std, body, writeComparison)
}

// comparisonAnswer is what the table needs of a comparison.
type comparisonAnswer struct {
	Zones []struct{ Ref, Name string }
	Rows  []struct {
		Section, Title, Key string
		Cells               []*struct {
			Group, Name, Ref, Text, Words, Unit string
			Value, Min, Max                     *float64
		}
	}
	Sentences, Notes []string
}

// writeComparison prints profiles side by side, section by section.
func writeComparison(w io.Writer, in tongue, body []byte) error {
	var a comparisonAnswer
	if err := unmarshal(body, &a); err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, z := range a.Zones {
		_, _ = fmt.Fprintf(table, "\t%s", z.Ref)
	}
	_, _ = fmt.Fprintln(table)
	section := ""
	for _, r := range a.Rows {
		if r.Section != section {
			section = r.Section
			_, _ = fmt.Fprintf(table, "%s%s\n", strings.ToUpper(r.Title), strings.Repeat("\t", len(a.Zones)))
		}
		name, cells := r.Key, ""
		for _, c := range r.Cells {
			cells += "\t"
			if c == nil {
				continue
			}
			value := shorten(cmp.Or(c.Words, c.Text), 40)
			if c.Value != nil {
				v, _ := in.quantity(*c.Value, c.Min, c.Max, c.Unit)
				value = strings.TrimSpace(v + " " + value)
			}
			if c.Ref != "" {
				value += " " + c.Ref
				name = cmp.Or(c.Group, name)
			} else if c.Name != "" {
				name = c.Name
			}
			cells += value
		}
		_, _ = fmt.Fprintf(table, "  %s%s\n", name, cells)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	writeTexts(w, a.Sentences, a.Notes)
	return nil
}

// shorten cuts a text that would make a table too wide.
func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
