package cartography

import (
	"context"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// drawColumn draws what stands beside the map: where it lies, the legend, and how
// sure the boundary is.
func (s *sheet) drawColumn(ctx context.Context) error {
	c := coloursOf(s.theme)
	frame := s.window.frame
	box := Box{X: s.Width - sheetMargin - sheetColumn, Y: frame.Y, W: sheetColumn, H: frame.H}
	col := &column{p: s.painter, box: box, y: box.Y - 8, limit: box.bottom() + 12}
	col.heading(sayWhere.In(s.lang))
	overview := Box{box.X, col.y + 2, box.W, box.W * 0.68}
	if err := s.drawOverview(ctx, overview); err != nil {
		return err
	}
	col.y = overview.bottom() + 6
	col.heading(sayLegend.In(s.lang))
	col.y += 2
	col.entries(s.legend(s.layers, true))
	col.y += 4
	col.paragraph(s.certainty(), Bold, 10, c.ink)
	col.y += 4
	col.paragraph(sayScale.In(s.lang)+" 1 : "+wording.Figure(s.window.scaleNumber(), 0, s.lang)+" ("+strings.ToUpper(s.request.Paper.Name)+")", Regular, 9.5, c.ink)
	col.paragraph(sayProjection.In(s.lang)+" "+degrees(roundToMinute(s.window.middle[1]), true, s.lang)+".", Regular, 8, c.quiet)
	if left := s.leftOut(); left != "" {
		col.paragraph(left, Regular, 8.5, c.quiet)
	}
	return nil
}

func roundToMinute(v float64) float64 {
	if v < 0 {
		return -roundToMinute(-v)
	}
	return float64(int(v*60+0.5)) / 60
}

// certainty says how far the feature may be off.
func (s *sheet) certainty() string {
	if u, ok := s.feature.Number("position_uncertainty_m"); ok {
		return sayOff.In(s.lang) + " " + wording.Figure(u, 0, s.lang) + " m."
	}
	return sayUnknownOff.In(s.lang) + "."
}

// leftOut says what is not on the map that a reader might look for.
func (s *sheet) leftOut() string {
	var parts []string
	for _, c := range s.skipped {
		parts = append(parts, c.Title.In(s.lang)+" ("+wording.Figure(float64(c.Count), 0, s.lang)+")")
	}
	text := ""
	if len(parts) > 0 {
		text = strings.Join(parts, ", ") + ": " + sayNotDrawn.In(s.lang) + ". "
	}
	if s.envelopes {
		note := sayEnvelopes.In(s.lang)
		text += strings.ToUpper(note[:1]) + note[1:] + "."
	}
	return text
}

// drawOverview draws the province, or the ground around the map where there is
// none, with the map's frame in it.
func (s *sheet) drawOverview(ctx context.Context, box Box) error {
	c := coloursOf(s.theme)
	whole := s.window.bound(0)
	catalogue, err := s.reader.Catalogue(ctx)
	if err != nil {
		return err
	}
	var extent orb.Bound
	if regencies, err := catalogue.Collection(ground); err == nil && !regencies.Extent.IsEmpty() && regencies.Extent.Intersects(whole) {
		extent = regencies.Extent.Union(whole)
	} else {
		extent = whole.Pad(max(whole.Max[0]-whole.Min[0], whole.Max[1]-whole.Min[1]) * 2)
	}
	small := &painter{Drawing: s.Drawing, set: s.set, theme: s.theme, lang: s.lang, window: newWindow(extent, box.inset(6), leastMetres).in(box)}
	s.clip(box)
	if _, beyond, err := small.land(ctx, s.reader); err != nil {
		return err
	} else if beyond {
		s.beyond = true
	}
	nw, se := small.window.place(orb.Point{whole.Min[0], whole.Max[1]}), small.window.place(orb.Point{whole.Max[0], whole.Min[1]})
	mark := Box{nw.X, nw.Y, se.X - nw.X, se.Y - nw.Y}
	colour := hex(s.theme.Colour("zones"))
	if mark.W < 6 {
		mark = Box{mark.X + mark.W/2 - 3, mark.Y + mark.H/2 - 3, 6, 6}
	}
	s.rectangle(mark, faint(colour, 0.25), Stroke{Colour: colour, Width: 1.6})
	s.unclip()
	s.rectangle(box, Colour{}, Stroke{Colour: c.ink, Width: 0.8})
	return nil
}

// drawSources writes below the map whose data it shows.
func (s *sheet) drawSources(context.Context) error {
	c := coloursOf(s.theme)
	box := Box{X: sheetMargin, Y: s.Height - sheetMargin - sheetSources, W: s.Width - 2*sheetMargin, H: sheetSources}
	s.path(Path{Lines: []Line{segment(box.X, box.Y, box.right(), box.Y)}, Stroke: Stroke{Colour: faint(c.quiet, 0.6), Width: 0.6}})
	col := &column{p: s.painter, box: box, y: box.Y, limit: box.bottom() - 12}
	col.heading(saySources.In(s.lang))
	col.paragraph(s.ownSource(), Regular, 8, c.ink)
	var others []string
	for _, l := range s.layers {
		if l.collection.Attribution != "" {
			others = append(others, l.collection.Title.In(s.lang)+": "+strings.TrimSuffix(wording.Attribution(l.collection).In(s.lang), ".")+" ("+wording.Licence(l.collection).In(s.lang)+")")
		}
	}
	if s.beyond {
		others = append(others, sayBeyond.In(s.lang))
	}
	col.paragraph(strings.Join(others, ". ")+".", Regular, 8, c.quiet)
	last := "Kawasan"
	if s.request.Address != "" {
		last += " · " + s.request.Address
	}
	if at := s.changed(); !at.IsZero() {
		last += " · " + sayChanged.In(s.lang) + " " + at.UTC().Format("2006-01-02")
	}
	s.text(Text{X: box.X, Y: box.bottom(), Text: s.set.cut(last, Regular, 8.5, box.W), Size: 8.5, Colour: c.quiet})
	return nil
}

// ownSource says what the feature itself rests on.
func (s *sheet) ownSource() string {
	text := wording.Name(s.feature).In(s.lang)
	for i, part := range []struct {
		property string
		words    geo.Text
	}{{"source", saySource}, {"source_date", sayDated}, {"instrument", sayInstrument}, {"licence", sayLicence}} {
		value := wording.Of(s.feature, part.property).In(s.lang)
		if value == "" {
			continue
		}
		separator := "; "
		if i == 0 {
			separator = ": "
		}
		text += separator + part.words.In(s.lang) + " " + value
	}
	return text + "."
}
