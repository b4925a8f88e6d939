package quality

import "kawasan/geo"

// describe says in words what is wrong with a boundary at a point.
func describe(b *boundary, f fault) geo.Text {
	at := lonLat(f.at)
	e, g := b.rings[b.ringOf[f.e]], b.rings[b.ringOf[f.f]]
	switch f.rule {
	case selfIntersection:
		return say("edges %d and %d of ring %d (part %d) cross at %s", "sisi %d dan %d dari cincin %d (bagian %d) berpotongan di %s",
			b.original[f.e], b.original[f.f], e.number, e.part, at)
	case ringTouchesItself:
		return say("ring %d of part %d passes %s twice", "cincin %d dari bagian %d melewati %s dua kali", e.number, e.part, at)
	case foldedBack:
		return say("ring %d of part %d turns back on itself at %s", "cincin %d dari bagian %d berbalik arah di %s", e.number, e.part, at)
	case ringsCross:
		if e.number == g.number {
			return say("ring %d of part %d crosses another of its polygon near %s", "cincin %d dari bagian %d memotong cincin lain poligonnya di dekat %s", e.number, e.part, at)
		}
		return say("rings %d and %d of part %d cross at %s", "cincin %d dan %d dari bagian %d berpotongan di %s", e.number, g.number, e.part, at)
	case holeOutsideShell:
		return say("hole %d of part %d lies outside at %s", "lubang %d dari bagian %d berada di luar, di %s", e.number-1, e.part, at)
	case holesNested:
		return say("hole %d of part %d lies within another hole at %s", "lubang %d dari bagian %d berada di dalam lubang lain, di %s", e.number-1, e.part, at)
	case interiorDisconnected:
		return say("rings of part %d touch at %s and cut the interior in two", "cincin bagian %d bersentuhan di %s dan membelah bagian dalamnya", e.part, at)
	}
	return say("parts %d and %d meet along a line or overlap at %s", "bagian %d dan %d berimpit atau bertumpang tindih di %s", e.part, g.part, at)
}
