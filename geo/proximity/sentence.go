package proximity

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// isGuess reports whether nothing certain can rest on such a boundary.
func isGuess(k geodesy.BoundaryKind) bool {
	return k == geodesy.Indicative || k == geodesy.Estimated
}

// addNearest adds the pairs of an origin.
func (b *building) addNearest(o *Origin, pairs []*Pair) {
	b.add(o, pairs)
	if len(pairs) == 0 {
		b.note(fmt.Sprintf("Nothing that fits the question was found from %s.", o.Name),
			fmt.Sprintf("Tidak ditemukan objek yang sesuai dari %s.", o.Name))
	}
}

// sentences writes what is ready for a memo: one for each nearest feature, for
// each summary, or for each shared area; at most [maxSentences].
func (b *building) sentences() {
	data := b.dataClause()
	say := func(t geo.Text) {
		if len(b.Sentences) < maxSentences {
			b.Sentences = append(b.Sentences, geo.Text{EN: t.EN + data.EN, ID: t.ID + data.ID})
		}
	}
	switch b.kind {
	case kindNearest:
		for _, p := range b.Pairs {
			if p.Rank == 1 {
				say(nearestSentence(p))
			}
		}
	case kindWithin:
		for _, s := range b.Summaries {
			say(b.withinSentence(s))
		}
	case kindOverlap:
		for _, p := range b.Pairs {
			say(overlapSentence(p))
		}
	}
}

// maxSentences bounds the sentences of an answer.
const maxSentences = 50

// nearestSentence says how far the nearest is.
func nearestSentence(p *Pair) geo.Text {
	distance := Phrase(p.Metres, p.Interval)
	t := geo.Text{
		EN: fmt.Sprintf("Nearest to %s is %s, %s", p.From.Name, p.To.Name(), distance.EN),
		ID: fmt.Sprintf("Yang terdekat dari %s adalah %s, %s", p.From.Name, p.To.Name(), distance.ID),
	}
	if p.WaterShare != nil && *p.WaterShare >= 0.005 {
		percent := strconv.Itoa(int(math.Round(*p.WaterShare * 100)))
		t.EN += fmt.Sprintf("; %s %% of the line crosses water, so it is no road distance", percent)
		t.ID += fmt.Sprintf("; %s %% garis itu melintasi air, jadi bukan jarak jalan", percent)
	}
	for i, d := range p.Published {
		if i == 2 {
			break
		}
		t.EN += fmt.Sprintf("; published: %s km (%s)", decimal(d.DistanceKM), d.Mode)
		t.ID += fmt.Sprintf("; menurut publikasi: %s km (%s)", comma(decimal(d.DistanceKM)), d.Mode)
	}
	if n := len(p.NotToldApart); n > 0 {
		t.EN += fmt.Sprintf("; %d other(s) can't be told apart from it", n)
		t.ID += fmt.Sprintf("; %d lainnya tidak dapat dibedakan darinya", n)
	}
	t.EN += "."
	t.ID += "."
	return t
}

// withinSentence says how many there are within a distance.
func (b *building) withinSentence(s *Summary) geo.Text {
	what := b.targetTitles()
	t := geo.Text{
		EN: fmt.Sprintf("Within %s of %s (straight line) lie %d features of %s", FormatDistance(s.DistanceM), s.Name, s.Count, what.EN),
		ID: fmt.Sprintf("Dalam jarak %s dari %s (garis lurus) terdapat %d objek %s", comma(FormatDistance(s.DistanceM)), s.Name, s.Count, what.ID),
	}
	switch {
	case s.CountMax == nil:
		t.EN += fmt.Sprintf(" (for sure %d; the largest number is not known)", s.CountMin)
		t.ID += fmt.Sprintf(" (pasti %d; jumlah terbesar tidak diketahui)", s.CountMin)
	case s.CountMin != *s.CountMax:
		t.EN += fmt.Sprintf(" (between %d and %d, as far as the positions are uncertain)", s.CountMin, *s.CountMax)
		t.ID += fmt.Sprintf(" (antara %d dan %d menurut ketidakpastian posisi)", s.CountMin, *s.CountMax)
	}
	for _, sum := range s.Sums {
		switch {
		case sum.ByArea != nil:
			t.EN += fmt.Sprintf("; %s by area some %s %s (order of magnitude)", sum.Property, thousands(sum.ByArea.Rounded, ","), sum.Unit)
			t.ID += fmt.Sprintf("; %s menurut luas kira-kira %s %s (orde besaran)", sum.Property, thousands(sum.ByArea.Rounded, "."), sum.Unit)
		case sum.Sum != nil:
			t.EN += fmt.Sprintf("; sum of %s %s %s", sum.Property, thousands(*sum.Sum, ","), sum.Unit)
			t.ID += fmt.Sprintf("; jumlah %s %s %s", sum.Property, thousands(*sum.Sum, "."), sum.Unit)
		}
	}
	t.EN = strings.TrimSpace(t.EN) + "."
	t.ID = strings.TrimSpace(t.ID) + "."
	return t
}

// overlapSentence says what two areas share.
func overlapSentence(p *Pair) geo.Text {
	rounded := significant(p.Shared.Hectares, 3)
	t := geo.Text{
		EN: fmt.Sprintf("%s and %s share %s ha as stored", p.From.Name, p.To.Name(), thousands(rounded, ",")),
		ID: fmt.Sprintf("%s dan %s tumpang tindih %s ha menurut batas tersimpan", p.From.Name, p.To.Name(), thousands(rounded, ".")),
	}
	switch p.Judgement.Verdict {
	case geodesy.Certain:
		t.EN += "; that they meet is certain"
		t.ID += "; bahwa keduanya bertemu adalah pasti"
	case geodesy.Likely:
		t.EN += "; that they meet is likely"
		t.ID += "; bahwa keduanya bertemu mungkin sekali"
	default:
		t.EN += "; whether they meet depends on where the boundaries really are"
		t.ID += "; apakah keduanya bertemu tergantung letak batas yang sebenarnya"
	}
	t.EN += "."
	t.ID += "."
	return t
}

// dataClause names sources and versions, so that the answer can be repeated.
func (b *building) dataClause() geo.Text {
	var en, id []string
	if sources := b.sourceClause(); sources != "" {
		en, id = append(en, "sources: "+sources), append(id, "sumber: "+sources)
	}
	used := slices.SortedFunc(maps.Values(b.s.used), func(a, b *geo.Collection) int { return strings.Compare(a.ID, b.ID) })
	if versions, ok := geo.DataVersionsOf(used...); ok {
		en, id = append(en, "data version "+versions.String()), append(id, "versi data "+versions.String())
	} else {
		var names []string
		for _, c := range used {
			names = append(names, c.ID)
		}
		en = append(en, "data: "+strings.Join(names, ", ")+", of which not all versions are kept")
		id = append(id, "data: "+strings.Join(names, ", ")+", yang tidak semua versinya disimpan")
	}
	return geo.Text{EN: " (" + capital(strings.Join(en, "; ")) + ".)", ID: " (" + capital(strings.Join(id, "; ")) + ".)"}
}

// capital begins a sentence.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// sourceClause names the sources of the origins and the nearest targets, at most four.
func (b *building) sourceClause() string {
	var all []string
	add := func(f *geo.Feature) {
		if f == nil {
			return
		}
		if s := f.Text("source"); s != "" && !slices.Contains(all, s) && len(all) < 4 {
			all = append(all, s)
		}
	}
	for _, o := range b.Origins {
		add(o.Feature)
	}
	for _, p := range b.Pairs {
		if p.Rank == 1 {
			add(p.To)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return strings.Join(all, " | ")
}

func (b *building) targetTitles() geo.Text {
	var en, id []string
	for _, t := range b.s.question.To {
		title := geo.Text{EN: t.Collection, ID: t.Collection}
		if c, ok := b.s.used[t.Collection]; ok {
			title = geo.Text{EN: c.Title.In("en"), ID: c.Title.In("id")}
		}
		en, id = append(en, title.EN), append(id, title.ID)
	}
	return geo.Text{EN: strings.Join(en, ", "), ID: strings.Join(id, ", ")}
}
