package xlsx

import (
	"strings"

	"kawasan/geo"
)

// about writes the sheet that explains the others: where each layer comes from,
// and what its columns are.
func (w *writer) about() error {
	say := func(en, id string) string { return geo.Text{EN: en, ID: id}.In(w.options.Lang) }
	s, err := w.newSheet(w.names.Take(say("About", "Keterangan")), []string{
		say("Sheet", "Lembar"), say("Item", "Butir"), say("Value", "Nilai"), say("Unit", "Satuan"), say("Name", "Nama"), say("Type", "Jenis"),
	})
	if err != nil {
		return err
	}
	row := func(cells ...string) error {
		s.beginRow()
		for _, cell := range cells {
			if cell == "" {
				s.value(nil)
			} else {
				s.value(cell)
			}
		}
		return s.endRow()
	}
	for _, l := range w.layers {
		for _, fact := range l.Provenance(w.options) {
			if err := row(l.sheet, fact.Title.In(w.options.Lang), fact.Value); err != nil {
				return err
			}
		}
		if len(l.more) > 0 {
			if err := row(l.sheet, say("Goes on in", "Berlanjut di"), strings.Join(l.more, ", ")); err != nil {
				return err
			}
		}
		for i, c := range l.Columns() {
			if err := row(l.sheet, l.titles[i], c.Description.In(w.options.Lang), c.Unit, c.Name, string(c.Type)); err != nil {
				return err
			}
		}
	}
	return s.end()
}
