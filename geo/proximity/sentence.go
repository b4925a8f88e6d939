package proximity

import (
	"fmt"
	"math"
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

// sentences writes what is ready for a memo, at most [maxSentences]: one for each
// nearest feature, summary or shared area, and for each pair of a small matrix.
func (b *building) sentences() {
	b.Sources, b.Cited = b.s.sources(), b.citations()
	b.Statements = b.statements()
	if len(b.Statements) > maxSentences {
		b.Statements = b.Statements[:maxSentences]
	}
	b.Sentences = Resting(b.Statements, b.Sources, b.Cited)
}

func (b *building) statements() []geo.Text {
	switch b.kind {
	case kindNearest:
		return b.nearestSentences()
	case kindWithin:
		all := make([]geo.Text, 0, len(b.Summaries))
		for _, s := range b.Summaries {
			all = append(all, b.withinSentence(s))
		}
		return all
	case kindMatrix:
		return b.matrixSentences()
	case kindBuffer:
		return b.bufferSentences()
	}
	all := make([]geo.Text, 0, len(b.Pairs))
	for _, p := range b.Pairs {
		all = append(all, overlapSentence(p))
	}
	return all
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
	t = join(t, lineClauses(p))
	if n := len(p.NotToldApart); n > 0 {
		t.EN += fmt.Sprintf("; %d other(s) can't be told apart from it", n)
		t.ID += fmt.Sprintf("; %d lainnya tidak dapat dibedakan darinya", n)
	}
	t.EN += "."
	t.ID += "."
	return t
}

// nearestSentences says what is nearest to each origin, also that nothing is.
func (b *building) nearestSentences() []geo.Text {
	first := map[*Origin]*Pair{}
	for _, p := range b.Pairs {
		if p.Rank == 1 {
			first[p.From] = p
		}
	}
	var all []geo.Text
	for _, o := range b.Origins {
		if p, ok := first[o]; ok {
			all = append(all, nearestSentence(p))
		} else {
			all = append(all, b.nothingFrom(o))
		}
	}
	return all
}

// nothingFrom says that nothing was measured from an origin.
func (b *building) nothingFrom(o *Origin) geo.Text {
	what := b.targetTitles()
	return geo.Text{
		EN: fmt.Sprintf("Nothing of %s with a known position fits the question asked from %s.", what.EN, o.Name),
		ID: fmt.Sprintf("Tidak ada objek %s dengan posisi yang diketahui yang sesuai dengan pertanyaan dari %s.", what.ID, o.Name),
	}
}

// lineClauses says what a straight line does not: the water it crosses, and the
// distances that somebody published.
func lineClauses(p *Pair) (t geo.Text) {
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
	return t
}

// join puts a text behind another, in both languages.
func join(a, b geo.Text) geo.Text { return geo.Text{EN: a.EN + b.EN, ID: a.ID + b.ID} }

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
