package zone

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// reads remembers what an answer was read from.
func (k *ranker) reads(a *proximity.Answer) {
	for _, s := range a.Sources {
		if !slices.ContainsFunc(k.read, func(have proximity.DataSource) bool { return have.Collection == s.Collection }) {
			k.read = append(k.read, s)
		}
	}
	slices.SortFunc(k.read, func(a, b proximity.DataSource) int { return strings.Compare(a.Collection, b.Collection) })
}

// say writes what is ready for a memo: who is first, how sure that is, and what would change it.
func (k *ranker) say() {
	cited := []geo.Text{}
	for _, f := range k.candidates {
		first := len(k.out.Ranked) > 0 && f.Ref() == k.out.Ranked[0].Ref
		if source := wording.Of(f, "source"); first && source.EN != "" {
			cited = append(cited, source)
		}
	}
	k.out.Sentences = proximity.Resting([]geo.Text{k.sentence()}, k.read, cited)
}

func (k *ranker) sentence() geo.Text {
	by := k.criteriaText()
	total := len(k.candidates)
	if len(k.out.Ranked) == 0 {
		return geo.Text{
			EN: fmt.Sprintf("By %s, none of %d is left: each breaks a hard limit as stored.", by.EN, total),
			ID: fmt.Sprintf("Menurut %s, tidak ada yang tersisa dari %d: masing-masing melanggar batas mutlak menurut data tersimpan.", by.ID, total),
		}
	}
	first := k.out.Ranked[0]
	score := scoreText(first)
	t := geo.Text{
		EN: fmt.Sprintf("By %s, %s is first of %d with a score of %s", by.EN, first.Name, total, score.EN),
		ID: fmt.Sprintf("Menurut %s, %s menempati urutan pertama dari %d dengan skor %s", by.ID, first.Name, total, score.ID),
	}
	for _, c := range []geo.Text{k.unknownOf(first), k.survivalText(), k.exclusionText(), k.flipText()} {
		if c.EN != "" {
			t.EN += "; " + c.EN
			t.ID += "; " + c.ID
		}
	}
	return geo.Text{EN: t.EN + ".", ID: t.ID + "."}
}

// criteriaText names the criteria with their weights.
func (k *ranker) criteriaText() geo.Text {
	var en, id []string
	for _, c := range k.Criteria {
		t := wording.Say("%s (weight %s)", "%s (bobot %s)", c.Name, wording.Exact(c.Weight))
		en, id = append(en, t.EN), append(id, t.ID)
	}
	return geo.Text{EN: strings.Join(en, ", "), ID: strings.Join(id, ", ")}
}

// Said writes the score rounded to what it can be, in hundredths at most, and what
// it can be; empty if nothing else.
func (r Ranked) Said() (score, between geo.Text) {
	q := wording.Quantity{Value: r.Score, Least: &r.ScoreMin, Most: &r.ScoreMax, Unit: "of 1"}.Rounded()
	low, high := hundredths(r.ScoreMin, math.Floor), hundredths(r.ScoreMax, math.Ceil)
	score = hundredths(q.Value, math.Round)
	if low == high {
		return score, geo.Text{}
	}
	return score, wording.Say("between %s and %s", "antara %s dan %s", low, high)
}

// scoreText is the score with what it can be.
func scoreText(r Ranked) geo.Text {
	score, between := r.Said()
	if between.EN == "" {
		return score
	}
	return wording.Say("%s (%s)", "%s (%s)", score, between)
}

// hundredths writes a share of 1; what arithmetic adds in the last place is not rounded outward.
func hundredths(v float64, round func(float64) float64) geo.Text {
	v = round(math.Round(v*1e8)/1e6) / 100
	return wording.Say("%s", "%s", wording.Exact(v))
}

// unknownOf names what is not known of the first.
func (k *ranker) unknownOf(first Ranked) geo.Text {
	var names []string
	for _, p := range first.Parts {
		if p.Raw == nil {
			names = append(names, p.Criterion)
		}
	}
	if len(names) == 0 {
		return geo.Text{}
	}
	list := strings.Join(names, ", ")
	return geo.Text{EN: "not known of it: " + list + " (counts one half)", ID: "belum diketahui: " + list + " (dihitung setengah)"}
}

func (k *ranker) survivalText() geo.Text {
	switch {
	case len(k.candidates) == 1:
		return geo.Text{EN: "nothing else was compared", ID: "tidak ada yang lain dibandingkan"}
	case k.out.Survives:
		return geo.Text{EN: "it stays first whatever the values are within their uncertainties", ID: "urutan ini bertahan berapa pun nilainya dalam batas ketidakpastian"}
	case len(k.out.Rivals) == 0:
		return geo.Text{EN: "whether it keeps the hard limits is not sure", ID: "belum pasti apakah batas mutlak dipenuhi"}
	}
	const most = 5
	var names []string
	for _, ref := range k.out.Rivals[:min(len(k.out.Rivals), most)] {
		names = append(names, k.nameOf(ref))
	}
	t := geo.Text{
		EN: "within the uncertainties first may instead be " + strings.Join(names, ", "),
		ID: "menurut ketidakpastian, yang pertama mungkin juga " + strings.Join(names, ", "),
	}
	if more := len(k.out.Rivals) - most; more > 0 {
		t.EN += fmt.Sprintf(" or %d more", more)
		t.ID += fmt.Sprintf(" atau %d lainnya", more)
	}
	return t
}

func (k *ranker) exclusionText() geo.Text {
	n := len(k.out.Excluded)
	if n == 0 {
		return geo.Text{}
	}
	return geo.Text{EN: fmt.Sprintf("excluded by a hard limit: %d", n), ID: fmt.Sprintf("dikecualikan oleh batas mutlak: %d", n)}
}

func (k *ranker) flipText() geo.Text {
	f := k.out.Flip
	if f == nil {
		return geo.Text{}
	}
	from, to := hundredths(f.From, math.Round), hundredths(f.To, math.Round)
	name := k.nameOf(f.First)
	return geo.Text{
		EN: fmt.Sprintf("%s draws level if the weight of %s goes from %s to %s", name, f.Criterion, from.EN, to.EN),
		ID: fmt.Sprintf("%s menyamai bila bobot %s berubah dari %s menjadi %s", name, f.Criterion, from.ID, to.ID),
	}
}

func (k *ranker) nameOf(ref string) string {
	for _, f := range k.candidates {
		if f.Ref() == ref {
			return f.Name()
		}
	}
	return ref
}
