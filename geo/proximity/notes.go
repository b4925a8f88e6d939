package proximity

import (
	"kawasan/geo/wording"
)

// contested notes that the place behind the last one listed can't be told apart from it.
func (b *building) contested(last, next *Pair) {
	for _, ref := range last.NotToldApart {
		if ref == next.Ref() {
			t := wording.Say("From %s, %s comes just behind the last one listed and can't be told apart from it.",
				"Dari %s, %s berada tepat di belakang yang terakhir dalam daftar dan tidak dapat dibedakan darinya.", last.From.Called(), wording.Name(next.To))
			b.note(t.EN, t.ID)
			return
		}
	}
}

// commonNotes say what the numbers rest on and what they do not say.
func (b *building) commonNotes() {
	var water, open, guessed, meets, chosen bool
	for _, p := range b.Pairs {
		water = water || p.WaterShare != nil && *p.WaterShare > 0
		open = open || p.Interval.MaxM == nil
		guessed = guessed || isGuess(p.From.Party.Kind) || isGuess(p.party.Kind)
		meets = meets || p.Meets()
		chosen = chosen || b.s.question.Measure != Boundary
	}
	if len(b.Pairs) > 0 && b.kind != kindOverlap {
		b.note("Distances are straight lines on the ellipsoid, not roads.", "Jarak adalah garis lurus pada elipsoid, bukan jalan.")
	}
	if water {
		b.note("Where part of a line lies over water it may be many times longer by road.",
			"Bila sebagian garis berada di atas air, lewat jalan bisa berkali-kali lebih jauh.")
	}
	if guessed {
		b.note("Some boundaries are only indicative or some positions estimated; nothing that rests on them is certain.",
			"Sebagian batas hanya indikatif atau posisinya perkiraan; tidak ada yang pasti bila bertumpu padanya.")
	}
	if open && chosen {
		b.note("How far a centroid or anchor moves with an uncertain boundary is not known, so the largest distance is open.",
			"Seberapa jauh titik berat atau titik acuan bergeser bersama batas yang tidak pasti tidak diketahui, sehingga jarak terbesar terbuka.")
	} else if open {
		b.note("Some positions have an unknown uncertainty; their largest distance is open.",
			"Sebagian posisi tidak diketahui ketidakpastiannya; jarak terbesarnya terbuka.")
	}
	if b.Unlocated.Count() > 0 {
		t := b.Unlocated.Note()
		b.note(t.EN, t.ID)
	}
	for _, o := range b.Origins {
		if o.Feature == nil {
			b.note("A place given as coordinates is taken as exact.", "Tempat yang diberikan sebagai koordinat dianggap tepat.")
		}
	}
}
