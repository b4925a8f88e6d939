package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"text/tabwriter"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// rankCommand is 'kawasan rank'.
type rankCommand struct {
	askFlags
	Zones      []string `arg:"" optional:"" help:"Only these zones, by id. Default: all."`
	Criteria   string   `help:"What to judge by: a JSON array, or @FILE that holds it." required:"" short:"c" placeholder:"JSON"`
	Filter     string   `help:"Only those for which this CQL2 expression is true." placeholder:"CQL2"`
	Collection string   `help:"The collection to rank." default:"${zones}"`
}

// Help teaches by example.
func (rankCommand) Help() string {
	return `Each criterion has a name, a weight, a direction (more or less is better) and one of area, property,
nearest and within; at_least and at_most are hard limits, in the unit of the value (metres, hectares).

Example: land of at least 50 ha, and an airport with scheduled flights within 60 km

  kawasan rank --criteria '[
    {"name": "land", "area": true, "direction": "more", "weight": 1, "at_least": 50},
    {"name": "airport", "direction": "less", "weight": 2, "at_most": 60000,
     "nearest": {"collection": "infrastructure", "filter": "kind = '\''airport'\'' AND air_service = '\''scheduled'\''"}}]'`
}

// maxListFile bounds a file of criteria or look-ups, in bytes.
const maxListFile = 32 << 10

// textOrFile gives a text that is a JSON array, or what the file holds that is named after an
// @. What is neither is refused here, before a database is started for it.
func textOrFile(text string) (string, error) {
	if name, ok := strings.CutPrefix(text, "@"); ok {
		return readAtMost(name, maxListFile)
	}
	if !strings.HasPrefix(strings.TrimSpace(text), "[") {
		return "", geo.Errorf(geo.Invalid, "%q is no JSON array", text).Try("a JSON array, or @FILE for a file that holds one")
	}
	return text, nil
}

// Run asks for the ranking.
func (r *rankCommand) Run(ctx context.Context, std streams, log *slog.Logger) error {
	if err := r.noGeometry(); err != nil {
		return err
	}
	criteria, err := textOrFile(r.Criteria)
	if err != nil {
		return err
	}
	q := url.Values{"collection": {r.Collection}, "criteria": {criteria}}
	ids := make([]string, len(r.Zones))
	for i, name := range r.Zones {
		ids[i] = strings.TrimPrefix(name, r.Collection+"/")
	}
	if len(ids) > 0 {
		q.Set("ids", strings.Join(ids, ","))
	}
	if r.Filter != "" {
		q.Set("filter", r.Filter)
	}
	body, err := r.ask(ctx, log, "/zones/rank", q)
	if err != nil {
		return err
	}
	return r.answer(std, body, writeRanking)
}

// readAtMost reads a whole file that has at most so many bytes.
func readAtMost(name string, limit int64) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", geo.Errorf(geo.Invalid, "the file %s can't be read", name).Try("the path of a file that exists and may be read").Because(err)
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return "", geo.Errorf(geo.Invalid, "the file %s can't be read", name).Try("the path of a file that exists and may be read").Because(err)
	}
	if int64(len(text)) > limit {
		return "", geo.Errorf(geo.TooLarge, "the file %s has more than %d bytes", name, limit)
	}
	return string(text), nil
}

// rankingAnswer is what the table needs of a ranking.
type rankingAnswer struct {
	Ranked []struct {
		Rank      int
		Ref, Name string
		Score     float64
		ScoreMin  float64 `json:"score_min"`
		ScoreMax  float64 `json:"score_max"`
		Criteria  []struct {
			Criterion, Unit string
			Raw             *float64
			RawMin          *float64 `json:"raw_min"`
			RawMax          *float64 `json:"raw_max"`
			To              string
		}
		Doubts []string
	}
	Excluded []struct{ Ref, Name, Reason string }
	Flip     *struct {
		Criterion string
		From, To  float64
		First     string
	} `json:"smallest_flip"`
	Survives bool `json:"first_survives_uncertainty"`
	Rivals   []string

	Sentences, Notes []string
}

// weight writes a weight with three digits that count.
func weight(v float64) wording.Number {
	return wording.Number{Value: wording.Significant(v, 3), Decimals: -1}
}

// writeRanking prints the ranking, then how sure it is.
func writeRanking(w io.Writer, in tongue, body []byte) error {
	var a rankingAnswer
	if err := unmarshal(body, &a); err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprint(table, in.heads(headNumber, headZone, headScore, headBetween))
	if len(a.Ranked) > 0 {
		for _, c := range a.Ranked[0].Criteria {
			_, _ = fmt.Fprintf(table, "\t%s", strings.ToUpper(c.Criterion))
		}
	}
	_, _ = fmt.Fprintln(table)
	for _, r := range a.Ranked {
		_, _ = fmt.Fprintf(table, "%d\t%s (%s)\t%s\t%s", r.Rank, r.Name, r.Ref, in.fixed(r.Score, 2), in.say("%s to %s", "%s sampai %s", in.fixed(r.ScoreMin, 2), in.fixed(r.ScoreMax, 2)))
		for _, c := range r.Criteria {
			raw := in.unknown()
			if c.Raw != nil {
				raw, _ = in.quantity(*c.Raw, c.RawMin, c.RawMax, c.Unit)
			}
			_, _ = fmt.Fprintf(table, "\t%s", strings.TrimSpace(raw+" "+c.To))
		}
		_, _ = fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, r := range a.Ranked {
		for _, doubt := range r.Doubts {
			_, _ = fmt.Fprintf(w, "\n%s: %s.\n", r.Name, doubt)
		}
	}
	for _, e := range a.Excluded {
		_, _ = fmt.Fprintf(w, "\n%s\n", in.say("Excluded: %s (%s): %s.", "Dikeluarkan: %s (%s): %s.", e.Name, e.Ref, e.Reason))
	}
	if len(a.Ranked) > 0 {
		switch {
		case a.Survives:
			_, _ = fmt.Fprintf(w, "\n%s\n", in.say("The first place survives the uncertainties.", "Peringkat pertama bertahan dalam batas ketidakpastian."))
		case len(a.Rivals) > 0:
			_, _ = fmt.Fprintf(w, "\n%s\n", in.say("The uncertainties leave the first place open; it may be %s instead.",
				"Ketidakpastian membuat peringkat pertama belum pasti; mungkin %s yang pertama.", strings.Join(a.Rivals, ", ")))
		default:
			_, _ = fmt.Fprintf(w, "\n%s\n", in.say("The first place is in doubt: a limit can't be checked for sure.",
				"Peringkat pertama diragukan: sebuah batas tidak dapat diperiksa dengan pasti."))
		}
	}
	if a.Flip != nil {
		_, _ = fmt.Fprintf(w, "\n%s\n", in.say("Smallest change of one weight that puts another first: %s from %s to %s, then %s.",
			"Perubahan terkecil satu bobot yang mengubah peringkat pertama: %s dari %s menjadi %s, lalu %s yang pertama.",
			a.Flip.Criterion, weight(a.Flip.From), weight(a.Flip.To), a.Flip.First))
	}
	writeTexts(w, a.Sentences, a.Notes)
	return nil
}
