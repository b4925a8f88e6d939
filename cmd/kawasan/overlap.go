package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"text/tabwriter"

	"kawasan/geo/wording"
)

// overlapCommand is 'kawasan overlap'.
type overlapCommand struct {
	askFlags
	To     []string `help:"Collections to look in, such as regencies." required:"" placeholder:"COLLECTION"`
	Filter string   `help:"Only targets for which this CQL2 expression is true." placeholder:"CQL2"`
	From   []string `arg:"" help:"What to compare: features such as zones/kib, or a collection."`
}

// Help teaches by example.
func (overlapCommand) Help() string {
	return `Example:

  kawasan overlap zones/kib --to regencies,ikn`
}

// Run asks what is shared.
func (o *overlapCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	q := url.Values{"from": {strings.Join(o.From, ";")}, "to": {strings.Join(o.To, ",")}}
	if o.Filter != "" {
		q.Set("filter", o.Filter)
	}
	body, err := o.ask(ctx, log, "/proximity/overlap", q)
	if err != nil {
		return err
	}
	return o.answer(std, body, writeShares)
}

// bufferCommand is 'kawasan buffer'.
type bufferCommand struct {
	askFlags
	From     []string `arg:"" help:"Around what: features such as zones/kik, a collection, or lon,lat."`
	Distance []string `help:"How far, such as 10km; several give several rings." required:"" short:"d" placeholder:"DISTANCE"`
}

// Help teaches by example.
func (bufferCommand) Help() string {
	return `Example:

  kawasan buffer zones/kik --distance 5km,10km --format geojson -o rings.geojson`
}

// Run asks for the areas.
func (b *bufferCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	q := url.Values{"from": {strings.Join(b.From, ";")}, "distance": {strings.Join(b.Distance, ",")}}
	body, err := b.ask(ctx, log, "/proximity/buffer", q)
	if err != nil {
		return err
	}
	return b.answer(std, body, writeShares)
}

// areasAnswer is what the table needs of shared areas and of buffers.
type areasAnswer struct {
	Features []struct {
		Properties struct {
			FromName  string   `json:"from_name"`
			ToName    string   `json:"to_name"`
			To        string   `json:"to"`
			Shared    *float64 `json:"shared_area_ha"`
			OfFrom    *float64 `json:"share_of_from"`
			OfTo      *float64 `json:"share_of_to"`
			Certainty string   `json:"certainty"`
			Radius    *float64 `json:"radius_m"`
			Area      float64  `json:"area_ha"`
		} `json:"properties"`
	} `json:"features"`
	Sentences []string `json:"sentences"`
	Notes     []string `json:"notes"`
}

// writeShares prints areas as a table, then what the answer rests on.
func writeShares(w io.Writer, in tongue, body []byte) error {
	var a areasAnswer
	if err := unmarshal(body, &a); err != nil {
		return err
	}
	share := func(v *float64) string {
		if v == nil {
			return ""
		}
		return in.fixed(*v*100, 1) + " %"
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i, f := range a.Features {
		p := f.Properties
		switch {
		case p.Radius != nil:
			if i == 0 {
				_, _ = fmt.Fprintln(table, in.heads(headAround, headWithin, headArea))
			}
			_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", p.FromName, in.says(wording.Metres(*p.Radius)), in.says(wording.Hectares(p.Area)))
		case p.Shared != nil:
			if i == 0 {
				_, _ = fmt.Fprintln(table, in.heads(headFrom, headOther, headID, headShared, headOfFrom, headOfTo, headMeet))
			}
			_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.FromName, p.ToName, p.To, in.says(wording.Hectares(*p.Shared)), share(p.OfFrom), share(p.OfTo), in.says(wording.Grade(p.Certainty)))
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if len(a.Features) == 0 {
		_, _ = fmt.Fprintln(w, in.nothing())
	}
	writeTexts(w, a.Sentences, a.Notes)
	return nil
}
