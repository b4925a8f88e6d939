package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// targetFlags say what is looked for.
type targetFlags struct {
	To      []string `help:"Collections to look in, such as ports or mills." required:"" placeholder:"COLLECTION"`
	Filter  string   `help:"Only targets for which this CQL2 expression is true, such as \"access = 'public'\"." placeholder:"CQL2"`
	Measure string   `help:"Between what: boundary, centroid or anchor." enum:"boundary,centroid,anchor" default:"boundary"`
}

func (f targetFlags) query(from []string) url.Values {
	q := url.Values{"from": {strings.Join(from, ";")}, "to": {strings.Join(f.To, ",")}, "measure": {f.Measure}}
	if f.Filter != "" {
		q.Set("filter", f.Filter)
	}
	return q
}

// nearCommand is 'kawasan near'.
type nearCommand struct {
	askFlags
	targetFlags
	From        []string `arg:"" help:"Where to measure from: features such as zones/kik, a collection, or lon,lat."`
	K           int      `help:"How many, for each origin." short:"k" default:"5"`
	MaxDistance string   `help:"Nothing further away than this, such as 100km." placeholder:"DISTANCE"`
}

// Help teaches by example.
func (nearCommand) Help() string {
	return `Examples:

  kawasan near zones/kik --to ports
  kawasan near zones/kek-mbtk --to ports --filter "a_contains(cargo, ('cpo'))" -k 3
  kawasan near 116.83,-1.27 --to mills --max-distance 50km --format csv -o mills.csv`
}

// Run asks for the nearest.
func (n *nearCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	q := n.query(n.From)
	q.Set("k", strconv.Itoa(n.K))
	if n.MaxDistance != "" {
		q.Set("max_distance", n.MaxDistance)
	}
	return n.pairs(ctx, std, log, "/proximity/nearest", q)
}

// withinCommand is 'kawasan within'.
type withinCommand struct {
	askFlags
	targetFlags
	From     []string `arg:"" help:"Where to measure from: features such as zones/kik, a collection, or lon,lat."`
	Distance []string `help:"How far, such as 50km; several give several sums." required:"" short:"d" placeholder:"DISTANCE"`
	Sum      []string `help:"Numeric properties to sum." placeholder:"PROPERTY"`
	ByArea   bool     `help:"Weigh sums by the part of each area that lies within: an order of magnitude."`
	Possible bool     `help:"List too what lies outside as stored but may lie within, as far as the positions are uncertain."`
}

// Help teaches by example.
func (withinCommand) Help() string {
	return `Examples:

  kawasan within zones/kek-mbtk --to mills --distance 50km
  kawasan within zones/kik --to ports --distance 3km --possible
  kawasan within zones/kib --to plantations --distance 25km --distance 50km --sum planted_area_ha --by-area`
}

// Run asks for what lies within.
func (w *withinCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	q := w.query(w.From)
	q.Set("distance", strings.Join(w.Distance, ","))
	if len(w.Sum) > 0 {
		q.Set("sum", strings.Join(w.Sum, ","))
	}
	for name, asked := range map[string]bool{"by_area": w.ByArea, "possible": w.Possible} {
		if asked {
			q.Set(name, "true")
		}
	}
	return w.pairs(ctx, std, log, "/proximity/within", q)
}

// matrixCommand is 'kawasan matrix'.
type matrixCommand struct {
	askFlags
	targetFlags
	From []string `arg:"" help:"Where to measure from: features such as zones/kik, a collection, or lon,lat."`
}

// Run asks for all pairs.
func (m *matrixCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	return m.pairs(ctx, std, log, "/proximity/matrix", m.query(m.From))
}

// pairs asks a question whose answer is pairs of origin and target.
func (a *askFlags) pairs(ctx context.Context, std streams, log *slog.Logger, path string, q url.Values) error {
	body, err := a.ask(ctx, log, path, q)
	if err != nil {
		return err
	}
	return a.answer(std, body, writePairs)
}

// pairsAnswer is what the table needs of an answer.
type pairsAnswer struct {
	Features []struct {
		Properties struct {
			Rank      int      `json:"rank"`
			FromName  string   `json:"from_name"`
			ToName    string   `json:"to_name"`
			To        string   `json:"to"`
			Distance  float64  `json:"distance_m"`
			Least     float64  `json:"distance_min_m"`
			Most      *float64 `json:"distance_max_m"`
			Water     *float64 `json:"water_share"`
			Certainty string   `json:"certainty"`
		} `json:"properties"`
	} `json:"features"`
	Unlocated []struct {
		Ref  string `json:"ref"`
		Name string `json:"name"`
	} `json:"unlocated"`
	More      int      `json:"unlocated_more"`
	Sentences []string `json:"sentences"`
	Notes     []string `json:"notes"`
}

// writePairs prints pairs as a table, then what the answer rests on.
func writePairs(w io.Writer, in tongue, body []byte) error {
	var a pairsAnswer
	if err := unmarshal(body, &a); err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, in.heads(headNumber, headFrom, headTo, headID, headDistance, headLeast, headMost, headWater))
	for _, f := range a.Features {
		p := f.Properties
		q := wording.Quantity{Value: p.Distance, Least: &p.Least, Most: p.Most, Unit: "m"}.Rounded()
		most, water := in.unknown(), ""
		if q.Most != nil {
			most = in.says(wording.Metres(*q.Most))
		}
		if p.Water != nil && *p.Water > 0 {
			water = in.says(wording.Share(*p.Water))
		}
		_, _ = fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.Rank, p.FromName, p.ToName, p.To, in.says(wording.Metres(q.Value)), in.says(wording.Metres(*q.Least)), most, water)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if len(a.Features) == 0 {
		_, _ = fmt.Fprintln(w, in.nothing())
	}
	if len(a.Unlocated) > 0 {
		names := make([]string, 0, len(a.Unlocated))
		for _, u := range a.Unlocated {
			names = append(names, u.Name)
		}
		_, _ = fmt.Fprintf(w, "\n%s\n", in.unlocated(names, a.More))
	}
	writeTexts(w, a.Sentences, a.Notes)
	return nil
}

func unmarshal(body []byte, into any) error {
	if err := json.Unmarshal(body, into); err != nil {
		return geo.Errorf(geo.Unavailable, "the answer is not in a form that this program knows").Because(err)
	}
	return nil
}
