package quality

import (
	"fmt"
	"io"
	"strings"

	"kawasan/geo"
)

// textIssues is how many findings of a rule the text shows.
const textIssues = 5

// words are those of the reports.
var words = map[string]geo.Text{
	"report":   {EN: "Quality report", ID: "Laporan mutu"},
	"judged":   {EN: "features judged", ID: "fitur dinilai"},
	"error":    {EN: "error", ID: "galat"},
	"warning":  {EN: "warning", ID: "peringatan"},
	"note":     {EN: "note", ID: "catatan"},
	"errors":   {EN: "errors", ID: "galat"},
	"warnings": {EN: "warnings", ID: "peringatan"},
	"notes":    {EN: "notes", ID: "catatan"},
	"in":       {EN: "in", ID: "pada"},
	"features": {EN: "features", ID: "fitur"},
	"more":     {EN: "and %d more", ID: "dan %d lagi"},
	"rest":     {EN: "Of each rule %d findings are shown; a report as HTML or JSON lists more, one as GeoJSON shows where.", ID: "Dari tiap aturan ditampilkan %d temuan; laporan HTML atau JSON memuat lebih banyak, laporan GeoJSON menunjukkan tempatnya."},
	"needed":   {EN: "What to do", ID: "Yang perlu dilakukan"},
	"repaired": {EN: "repaired", ID: "diperbaiki"},
	"repairs":  {EN: "Repairs made", ID: "Perbaikan yang dilakukan"},
	"times":    {EN: "times", ID: "kali"},
	"unjudged": {EN: "Not judged", ID: "Tidak dinilai"},
	"nothing":  {EN: "Nothing was found.", ID: "Tidak ada temuan."},
	"blocks":   {EN: "Errors block: nothing is stored until they are mended.", ID: "Galat menghalangi: tidak ada yang disimpan sebelum diperbaiki."},
	"row":      {EN: "row", ID: "baris"},
	"line":     {EN: "line", ID: "baris"},
	"place":    {EN: "Place (lon, lat)", ID: "Tempat (bujur, lintang)"},
	"feature":  {EN: "Feature", ID: "Fitur"},
	"finding":  {EN: "Finding", ID: "Temuan"},
	"vertex":   {EN: "part %d, ring %d, vertex %d", ID: "bagian %d, cincin %d, titik %d"},
	"meaning":  {EN: "Meaning", ID: "Arti"},
	"all":      {EN: "the whole collection", ID: "seluruh koleksi"},
}

// word gives a word of the reports in a language.
func word(key, language string) string { return words[key].In(language) }

// sheet writes lines until one fails.
type sheet struct {
	w   io.Writer
	err error
}

func (s *sheet) line(format string, args ...any) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.w, format+"\n", args...)
	}
}

func writeText(w io.Writer, r *Report, language string) error {
	s := &sheet{w: w}
	s.line("%s: %d %s; %d %s, %d %s, %d %s", r.Collection, r.Features, word("judged", language),
		r.Errors, word("errors", language), r.Warnings, word("warnings", language), r.Notes, word("notes", language))
	for _, remark := range r.Remarks {
		s.line("%s: %s", word("note", language), printable(remark.In(language)))
	}
	cut := false
	for _, g := range r.Groups {
		s.line("")
		s.line("%s: %s (%s), %d %s %d %s", word(string(g.Severity), language), g.Title.In(language), g.Rule.Name, g.Count, word("in", language), g.Features, word("features", language))
		for i, issue := range g.Issues {
			if i == textIssues {
				break
			}
			s.line("    %s: %s", issue.who(language), issue.Message.In(language))
		}
		if more := g.Count - int64(min(len(g.Issues), textIssues)); more > 0 {
			s.line("    "+word("more", language), more)
			cut = true
		}
		s.line("    -> %s", g.remedy().In(language))
	}
	for _, f := range r.Fixed {
		s.line("")
		s.line("%s: %s (%s), %d %s", word("repaired", language), f.Title.In(language), f.Rule.Name, f.Count, word("times", language))
		for i, c := range f.Changes {
			if i == textIssues {
				break
			}
			s.line("    %s: %s", Issue{Feature: c.Feature, Row: c.Row, Place: c.Place}.who(language), c.Message.In(language))
		}
		if more := f.Count - int64(min(len(f.Changes), textIssues)); more > 0 {
			s.line("    "+word("more", language), more)
			cut = true
		}
	}
	for _, l := range r.Limits {
		s.line("%s: %s", word("unjudged", language), l.In(language))
	}
	if cut {
		s.line("")
		s.line(word("rest", language), textIssues)
	}
	if r.Blocks() {
		s.line("")
		s.line("%s", word("blocks", language))
	}
	return s.err
}

// remedy is what to do about all of a group: that of its findings if they agree.
func (g *Group) remedy() geo.Text {
	for _, i := range g.Issues {
		if i.Remedy != g.Issues[0].Remedy {
			return g.Rule.Remedy
		}
	}
	if len(g.Issues) > 0 {
		return g.Issues[0].Remedy
	}
	return g.Rule.Remedy
}

// who names the feature and the place in its source.
func (i Issue) who(language string) string {
	var parts []string
	switch {
	case i.Feature == "":
	case i.Name != "" && i.Name != i.Feature:
		parts = append(parts, shown(i.Feature, 60)+" ("+shown(i.Name, 60)+")")
	default:
		parts = append(parts, shown(i.Feature, 60))
	}
	if i.File != "" {
		parts = append(parts, shown(i.File, 60))
	}
	switch {
	case int64(i.Line) > i.Row: // what an editor shows, unless several rows share a line
		parts = append(parts, fmt.Sprintf("%s %d", word("line", language), i.Line))
	case i.Row > 0:
		parts = append(parts, fmt.Sprintf("%s %d", word("row", language), i.Row))
	}
	if len(parts) == 0 {
		return word("all", language)
	}
	return printable(strings.Join(parts, ", "))
}

// printable takes what could upset a terminal out of a text from the data.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '\ufffd'
		}
		return r
	}, s)
}
