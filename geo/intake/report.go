package intake

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"kawasan/geo"
	"kawasan/geo/quality"
)

// Write gives the report of an import: what came, what was found, what was done. The
// language, "en" or "id", holds for text and HTML; the other forms have both.
func (o *Outcome) Write(w io.Writer, form quality.Form, language string) error {
	switch form {
	case quality.JSON:
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		return encoder.Encode(document{Record: o.Record, Stored: o.Stored && !o.DryRun, DryRun: o.DryRun, Report: o.Report})
	case quality.Text:
		return o.text(w, true, language)
	}
	r := *o.Report
	r.Remarks = slices.Concat([]geo.Text{o.came()}, r.Remarks, o.done())
	return quality.Write(w, &r, form, language)
}

// Summary gives what came and what was done as text, without what was found.
func (o *Outcome) Summary(w io.Writer, language string) error { return o.text(w, false, language) }

// document is the report as JSON.
type document struct {
	Record
	Stored bool            `json:"stored"`
	DryRun bool            `json:"dry_run"`
	Report *quality.Report `json:"report"`
}

func (o *Outcome) text(w io.Writer, findings bool, language string) error {
	if _, err := fmt.Fprintln(w, o.came().In(language)); err != nil {
		return err
	}
	lines := o.done()
	if findings {
		if err := quality.Write(w, o.Report, quality.Text, language); err != nil {
			return err
		}
	} else {
		lines = slices.Concat(o.Report.Remarks, lines)
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(w, line.In(language)); err != nil {
			return err
		}
	}
	return nil
}

// came says what was read.
func (o *Outcome) came() geo.Text {
	layer := geo.Text{}
	if o.Layer != "" {
		layer = geo.Textf(", layer %s", ", lapisan %s", o.Layer)
	}
	return geo.Textf("%s: %s%s, %d features, coordinates in %s", "%s: %s%s, %d fitur, koordinat dalam %s", o.File, o.Format, layer, o.Read, o.CRS)
}

// done says what came of it; nothing if that was an error.
func (o *Outcome) done() []geo.Text {
	if !o.Stored {
		return nil
	}
	counts := geo.Textf("%s: %d added, %d changed, %d removed, %d as they were", "%s: %d ditambah, %d diubah, %d dihapus, %d tetap",
		o.Collection, o.Inserted, o.Updated, o.Deleted, o.Unchanged)
	if o.DryRun {
		return []geo.Text{{EN: "A dry run: nothing was stored. It would have been:", ID: "Uji coba: tidak ada yang disimpan. Hasilnya akan:"}, counts}
	}
	return []geo.Text{counts, geo.Textf("import %d, SHA-256 %s", "impor %d, SHA-256 %s", o.ID, o.SHA256)}
}
