package proximity

import (
	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/wording"
)

// isGuess reports whether nothing certain can rest on such a boundary.
func isGuess(k geodesy.BoundaryKind) bool {
	return k == geodesy.Indicative || k == geodesy.Estimated
}

// addNearest adds the pairs of an origin.
func (b *building) addNearest(o *Origin, pairs []*Pair) {
	b.add(o, pairs)
	if len(pairs) == 0 {
		t := wording.Say("Nothing that fits the question was found from %s.", "Tidak ditemukan objek yang sesuai dari %s.", o.Called())
		b.note(t.EN, t.ID)
	}
}

// sentences writes what is ready for a memo, at most [maxSentences]: one for each
// nearest feature or summary, for each shared area or that there is none, and for each pair of
// a small matrix.
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
	return b.overlapSentences()
}

// maxSentences bounds the sentences of an answer.
const maxSentences = 50

// nearestSentence says how far the nearest is, and of what it is the nearest.
func (b *building) nearestSentence(p *Pair) geo.Text {
	distance := Phrase(p.Metres, p.Interval)
	var t geo.Text
	if b.s.question.Headed {
		t = wording.Say("Nearest to %s is %s, %s", "Yang terdekat dari %s adalah %s, %s", p.From.Called(), wording.Name(p.To), distance)
	} else {
		t = wording.Say("Of %s, nearest to %s is %s, %s", "%s yang terdekat dari %s adalah %s, %s", b.targetTitles(), p.From.Called(), wording.Name(p.To), distance)
	}
	t = join(t, lineClauses(p))
	switch n := len(p.NotToldApart); {
	case n == 1:
		t = join(t, geo.Text{EN: "; 1 other can't be told apart from it", ID: "; 1 lainnya tidak dapat dibedakan darinya"})
	case n > 1:
		t = join(t, wording.Say("; %d others can't be told apart from it", "; %d lainnya tidak dapat dibedakan darinya", n))
	}
	return join(t, stop)
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
			all = append(all, b.nearestSentence(p))
		} else {
			all = append(all, b.nothingFrom(o))
		}
	}
	return all
}

// nothingFrom says that nothing was measured from an origin.
func (b *building) nothingFrom(o *Origin) geo.Text {
	return wording.Say("Nothing of %s with a known position fits the question asked from %s.",
		"Tidak ada objek %s dengan posisi yang diketahui yang sesuai dengan pertanyaan dari %s.", b.targetTitles(), o.Called())
}

// lineClauses says what a straight line does not: the water it crosses, and the
// distances that somebody published.
func lineClauses(p *Pair) geo.Text {
	t := waterClause(p)
	for i, d := range p.Published {
		if i == 2 {
			break
		}
		t = join(t, wording.Say("; published: %s km", "; menurut publikasi: %s km", wording.Number{Value: d.DistanceKM, Decimals: 2}))
		if d.Words.EN != "" {
			t = join(t, wording.Say(" (%s)", " (%s)", d.Words))
		}
	}
	return t
}

// waterClause says that the line is no way on land. A line that is all water to
// or from what lies on a bay crosses that bay.
func waterClause(p *Pair) geo.Text {
	const all, any = 0.995, 0.005
	switch {
	case p.WaterShare == nil || *p.WaterShare < any || p.Metres == 0:
		return geo.Text{}
	case *p.WaterShare >= all && p.onBay():
		return geo.Text{EN: "; the line crosses the bay: no road distance", ID: "; garis itu menyeberangi teluk: bukan jarak jalan"}
	case *p.WaterShare >= all:
		return geo.Text{EN: "; the whole line crosses water: no road distance", ID: "; seluruh garis itu melintasi air: bukan jarak jalan"}
	}
	return wording.Say("; %s of the line crosses water, so it is no road distance", "; %s garis itu melintasi air, jadi bukan jarak jalan", wording.Share(*p.WaterShare))
}

// onBay reports whether one of the two says that the waters it lies on are a bay.
func (p *Pair) onBay() bool {
	return p.To.Text("waters") == "bay" || p.From.Feature != nil && p.From.Feature.Text("waters") == "bay"
}

// stop ends a sentence.
var stop = geo.Text{EN: ".", ID: "."}

// join puts a text behind another, in both languages.
func join(a, b geo.Text) geo.Text { return geo.Text{EN: a.EN + b.EN, ID: a.ID + b.ID} }

// withinSentence says how many there are within a distance.
func (b *building) withinSentence(s *Summary) geo.Text {
	distance := wording.Metres(s.DistanceM)
	t := wording.Say("Within %s of %s (straight line): %s", "Dalam jarak %s dari %s (garis lurus): %s", distance, b.calledBy(s), wording.Count(s.Count))
	if !b.s.question.Headed {
		t = wording.Say("%s within %s of %s (straight line): %s", "%s dalam jarak %s dari %s (garis lurus): %s", b.targetTitles(), distance, b.calledBy(s), wording.Count(s.Count))
	}
	switch {
	case s.CountMax == nil:
		t = join(t, wording.Say(" (for sure %s; the largest number is not known)", " (pasti %s; jumlah terbesar tidak diketahui)", wording.Count(s.CountMin)))
	case s.CountMin != *s.CountMax:
		t = join(t, wording.Say(" (between %s and %s, as far as the positions are uncertain)", " (antara %s dan %s menurut ketidakpastian posisi)",
			wording.Count(s.CountMin), wording.Count(*s.CountMax)))
	}
	for _, sum := range s.Sums {
		t = join(t, b.sumClause(sum))
	}
	return join(t, stop)
}

// calledBy is what the origin of a summary is called.
func (b *building) calledBy(s *Summary) geo.Text {
	for _, o := range b.Origins {
		if o.Ref == s.From {
			return o.Called()
		}
	}
	return geo.Text{EN: s.Name, ID: s.Name}
}

// sumClause says what a property sums to.
func (b *building) sumClause(sum SumSummary) geo.Text {
	what := wording.Inside(b.s.titleOf(sum.Property))
	switch share := sum.ByArea; {
	case share != nil:
		q := share.quantity(sum.Unit).Rounded()
		if q.Most == nil {
			return wording.Say("; %s, shared out by area: about %s (at least %s; at most: not known; an order of magnitude)",
				"; %s, dibobot menurut luas: sekitar %s (paling sedikit %s; paling banyak: tidak diketahui; orde besaran)",
				what, wording.Amount{Value: q.Value, Unit: sum.Unit}, wording.Amount{Value: *q.Least, Unit: sum.Unit})
		}
		return wording.Say("; %s, shared out by area: about %s (between %s and %s; an order of magnitude)", "; %s, dibobot menurut luas: sekitar %s (antara %s dan %s; orde besaran)",
			what, wording.Amount{Value: q.Value, Unit: sum.Unit}, wording.Number{Value: *q.Least, Decimals: 2}, wording.Amount{Value: *q.Most, Unit: sum.Unit})
	case sum.Sum != nil:
		return wording.Say("; %s, sum: %s", "; %s, jumlah: %s", what, wording.Amount{Value: *sum.Sum, Unit: sum.Unit})
	}
	return geo.Text{}
}

// titleOf is what a property of the targets is called.
func (s *session) titleOf(property string) geo.Text {
	for _, t := range s.question.To {
		if c, err := s.catalogue.Collection(t.Collection); err == nil {
			if p, ok := c.Property(property); ok {
				return wording.Title(p)
			}
		}
	}
	return wording.Readable(property)
}

// targetTitles names what is looked for: the collections, and the condition if
// there is one.
func (b *building) targetTitles() geo.Text {
	var all []geo.Text
	for _, t := range b.s.question.To {
		title := geo.Text{EN: t.Collection, ID: t.Collection}
		if c, ok := b.s.used[t.Collection]; ok {
			title = geo.Text{EN: c.Title.In("en"), ID: c.Title.In("id")}
		}
		if t.Filter != nil && !b.s.question.Headed {
			title = join(title, wording.Say(" (where %s)", " (dengan %s)", t.Filter.String()))
		}
		all = append(all, title)
	}
	return wording.Join(", ", all...)
}
