package proximity

import (
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// maxCited bounds the sources that a sentence names.
const maxCited = 4

// Resting gives statements, each followed by the sources cited (at most
// four) and the data version of the collections read, so that the answer can be
// repeated.
func Resting(statements []geo.Text, read []DataSource, cited []geo.Text) []geo.Text {
	if len(statements) == 0 {
		return nil
	}
	clause := dataClause(read, cited)
	all := make([]geo.Text, 0, len(statements))
	for _, s := range statements {
		all = append(all, join(s, clause))
	}
	return all
}

// dataClause names sources and versions.
func dataClause(read []DataSource, cited []geo.Text) geo.Text {
	var en, id []string
	if len(cited) > 0 {
		sources := wording.Join(" | ", cited[:min(len(cited), maxCited)]...)
		en, id = append(en, "sources: "+sources.EN), append(id, "sumber: "+sources.In("id"))
	}
	var used []*geo.Collection
	var names []string
	for _, s := range read {
		if s.collection != nil {
			used = append(used, s.collection)
		}
		names = append(names, s.Collection)
	}
	versions, ok := geo.DataVersionsOf(used...)
	switch {
	case len(read) == 0:
		en, id = append(en, "no stored data were read"), append(id, "tidak ada data tersimpan yang dibaca")
	case ok && len(used) == len(read):
		names := versions.String()
		en, id = append(en, "data version "+names), append(id, "versi data "+names)
	default:
		list := strings.Join(names, ", ")
		en = append(en, "data: "+list+", of which not all versions are kept")
		id = append(id, "data: "+list+", yang tidak semua versinya disimpan")
	}
	return geo.Text{EN: " (" + capital(strings.Join(en, "; ")) + ".)", ID: " (" + capital(strings.Join(id, "; ")) + ".)"}
}

// capital begins a sentence.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// citations names the sources of the origins and the nearest targets, at most [maxCited].
func (b *building) citations() []geo.Text {
	var all []geo.Text
	add := func(f *geo.Feature) {
		if f == nil {
			return
		}
		if s := wording.Of(f, "source"); s.EN != "" && !slices.Contains(all, s) && len(all) < maxCited {
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
	for _, o := range b.Origins {
		if p := b.Apart[o]; p != nil {
			add(p.To)
		}
	}
	return all
}
