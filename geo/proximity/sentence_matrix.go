package proximity

import (
	"kawasan/geo"
	"kawasan/geo/wording"
)

// maxPairSentences is how many pairs of a matrix have a sentence each; of more,
// each origin has one on the nearest and the farthest.
const maxPairSentences = 12

// matrixSentences says how far each pair is apart, or how far the targets of each origin are.
func (b *building) matrixSentences() []geo.Text {
	pairs := map[*Origin][]*Pair{}
	for _, p := range b.Pairs {
		pairs[p.From] = append(pairs[p.From], p)
	}
	var all []geo.Text
	for _, o := range b.Origins {
		switch own := pairs[o]; {
		case len(own) == 0:
			all = append(all, b.nothingFrom(o))
		case len(b.Pairs) <= maxPairSentences || len(own) == 1:
			for _, p := range own {
				all = append(all, pairSentence(p))
			}
		default:
			all = append(all, rangeSentence(o, own))
		}
	}
	return all
}

// pairSentence says how far a target is from an origin.
func pairSentence(p *Pair) geo.Text {
	t := wording.Say("From %s to %s: %s", "Dari %s ke %s: %s", p.From.Called(), wording.Name(p.To), Phrase(p.Metres, p.Interval))
	return join(join(t, lineClauses(p)), stop)
}

// rangeSentence names the nearest and the farthest of the pairs of an origin, which come nearest first.
func rangeSentence(o *Origin, pairs []*Pair) geo.Text {
	near, far := pairs[0], pairs[len(pairs)-1]
	least, most := Phrase(near.Metres, near.Interval), Phrase(far.Metres, far.Interval)
	return wording.Say("Of %s places measured from %s the nearest is %s, %s, and the farthest %s, %s.",
		"Dari %s tempat yang diukur dari %s, yang terdekat adalah %s, %s, dan yang terjauh %s, %s.",
		wording.Count(len(pairs)), o.Called(), wording.Name(near.To), least, wording.Name(far.To), most)
}
