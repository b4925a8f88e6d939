package proximity

import (
	"kawasan/geo"
	"kawasan/geo/geodesy"
	"kawasan/geo/wording"
)

// overlapSentences says what areas share, and of an origin that shares nothing
// how far the nearest is.
func (b *building) overlapSentences() []geo.Text {
	pairs := map[*Origin][]*Pair{}
	for _, p := range b.Pairs {
		pairs[p.From] = append(pairs[p.From], p)
	}
	var all []geo.Text
	for _, o := range b.Origins {
		for _, p := range pairs[o] {
			all = append(all, overlapSentence(p))
		}
		if len(pairs[o]) == 0 {
			all = append(all, b.apartSentence(o))
		}
	}
	return all
}

// overlapSentence says what two areas share.
func overlapSentence(p *Pair) geo.Text {
	var t geo.Text
	if p.Shared.Hectares > 0 {
		t = wording.Say("%s and %s share %s as stored", "%s dan %s tumpang tindih %s menurut batas tersimpan",
			p.From.Called(), wording.Name(p.To), wording.Hectares(wording.Significant(p.Shared.Hectares, 3)))
	} else {
		t = wording.Say("%s and %s touch as stored, without a shared area", "%s dan %s bersentuhan menurut batas tersimpan, tanpa luas bersama", p.From.Called(), wording.Name(p.To))
	}
	return join(t, sureness(p.Judgement.Verdict,
		geo.Text{EN: "that they meet", ID: "bahwa keduanya bertemu"}, geo.Text{EN: "whether they meet", ID: "apakah keduanya bertemu"}))
}

// apartSentence says that an origin shares nothing with the targets, how far the
// nearest is, and how sure that is.
func (b *building) apartSentence(o *Origin) geo.Text {
	t := wording.Say("%s shares no area with any of %s as stored", "%s tidak memiliki luas bersama dengan satu pun dari %s menurut batas tersimpan", o.Called(), b.targetTitles())
	p := b.Apart[o]
	if p == nil {
		return join(t, geo.Text{EN: "; none of them has a known position.", ID: "; tidak satu pun posisinya diketahui."})
	}
	t = join(t, wording.Say("; the nearest is %s, %s", "; yang terdekat adalah %s, %s", wording.Name(p.To), Phrase(p.Metres, p.Interval)))
	if p.Meets() {
		return join(t, stop)
	}
	return join(t, sureness(p.Judgement.Verdict,
		geo.Text{EN: "that they do not meet", ID: "bahwa keduanya tidak bertemu"}, geo.Text{EN: "whether they meet", ID: "apakah keduanya bertemu"}))
}

// sureness ends a sentence with how sure something is: that it is, or whether.
func sureness(v geodesy.Verdict, that, whether geo.Text) geo.Text {
	switch v {
	case geodesy.Certain:
		return wording.Say("; %s is certain.", "; %s adalah pasti.", that)
	case geodesy.Likely:
		return wording.Say("; %s is likely.", "; %s mungkin sekali.", that)
	}
	return wording.Say("; %s depends on where the boundaries really are.", "; %s tergantung letak batas yang sebenarnya.", whether)
}
