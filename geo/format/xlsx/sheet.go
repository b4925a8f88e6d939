package xlsx

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"kawasan/geo"
	"kawasan/geo/format/decimal"
	"kawasan/geo/format/export"
	"kawasan/geo/format/geojson"
	"kawasan/geo/format/wkt"
)

// Limits of a sheet.
const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14
	longestText = 32767 // in UTF-16 units
	flushAt     = 32 << 10
)

// sheet is the sheet that is being written.
type sheet struct {
	out     io.Writer
	columns []export.Column
	axes    int
	heads   []string
	width   int // columns in all
	row     int // 1 is the head
	column  int // 0 is A
	bytes   []byte
	letters []string
	scratch []byte
}

// newSheet begins a sheet with a row of heads.
func (w *writer) newSheet(name string, heads []string) (*sheet, error) {
	w.sheets = append(w.sheets, name)
	out, err := w.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(w.sheets)))
	if err != nil {
		return nil, err
	}
	s := &sheet{out: out, heads: heads, width: len(heads)}
	s.bytes = append(s.bytes, xmlHead+`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`...)
	for i, head := range heads {
		s.letters = append(s.letters, letters(i))
		s.bytes = fmt.Appendf(s.bytes, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, min(max(len([]rune(head))+3, 12), 40))
	}
	s.bytes = append(s.bytes, `</cols><sheetData>`...)
	s.beginRow()
	for _, head := range heads {
		s.textCell(head, styleHead)
	}
	return s, s.endRow()
}

// letters names a column: A, Z, AA.
func letters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letters(i/26-1) + string(rune('A'+i%26))
}

func (s *sheet) beginRow() {
	s.row++
	s.column = 0
	s.bytes = append(strconv.AppendInt(append(s.bytes, `<row r="`...), int64(s.row), 10), `">`...)
}

func (s *sheet) endRow() error {
	s.bytes = append(s.bytes, `</row>`...)
	if len(s.bytes) < flushAt {
		return nil
	}
	return s.flush()
}

func (s *sheet) flush() error {
	_, err := s.out.Write(s.bytes)
	s.bytes = s.bytes[:0]
	return err
}

func (s *sheet) end() error {
	s.bytes = fmt.Appendf(s.bytes, `</sheetData><autoFilter ref="A1:%s%d"/></worksheet>`, s.letters[s.width-1], s.row)
	return s.flush()
}

// value writes a cell and goes to the next one; null leaves it empty.
func (s *sheet) value(v any) {
	switch v := v.(type) {
	case nil:
		s.column++
	case string:
		s.textCell(v, 0)
	case int64:
		if v > -1e15 && v < 1e15 {
			s.cell("n", 0, func(b []byte) []byte { return strconv.AppendInt(b, v, 10) })
		} else {
			s.textCell(strconv.FormatInt(v, 10), 0)
		}
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			s.column++
			return
		}
		s.cell("n", 0, func(b []byte) []byte { return decimal.AppendShortest(b, v) })
	case bool:
		s.cell("b", 0, func(b []byte) []byte {
			if v {
				return append(b, '1')
			}
			return append(b, '0')
		})
	case geo.Date:
		if day, ok := serial(v.Time()); ok {
			s.cell("n", styleDate, func(b []byte) []byte { return strconv.AppendFloat(b, day, 'f', -1, 64) })
		} else {
			s.textCell(v.String(), 0)
		}
	case time.Time:
		if day, ok := serial(v); ok {
			s.cell("n", styleTimestamp, func(b []byte) []byte { return strconv.AppendFloat(b, day, 'f', -1, 64) })
		} else {
			s.textCell(geo.FormatTimestamp(v), 0)
		}
	case json.RawMessage:
		s.textCell(string(v), 0)
	default:
		s.scratch = geojson.AppendValue(s.scratch[:0], v)
		s.textCell(string(s.scratch), 0)
	}
}

// serial gives the number of a day, with the time as its fraction, as spreadsheets
// count: 1 March 1900 is 61. Before that they don't agree, and after 9999 there is nothing.
func serial(t time.Time) (float64, bool) {
	const unixEpoch = 25569 // 1 January 1970
	day := float64(t.Unix())/86400 + float64(t.Nanosecond())/86400e9 + unixEpoch
	return day, day >= 61 && day < 2958466
}

func (s *sheet) cell(kind string, style int, value func([]byte) []byte) {
	s.begin(kind, style)
	s.bytes = append(value(append(s.bytes, `<v>`...)), `</v></c>`...)
}

// textCell writes text, cut to what a cell holds.
func (s *sheet) textCell(text string, style int) {
	s.begin("inlineStr", style)
	s.bytes = append(s.bytes, `<is><t xml:space="preserve">`...)
	s.bytes = append(appendXML(s.bytes, cut(text)), `</t></is></c>`...)
}

func (s *sheet) begin(kind string, style int) {
	s.bytes = append(append(s.bytes, `<c r="`...), s.letters[s.column]...)
	s.bytes = strconv.AppendInt(s.bytes, int64(s.row), 10)
	if style > 0 {
		s.bytes = strconv.AppendInt(append(s.bytes, `" s="`...), int64(style), 10)
	}
	s.bytes = append(append(append(s.bytes, `" t="`...), kind...), `">`...)
	s.column++
}

// geometry writes the coordinates of a point, or the geometry as text.
func (w *writer) geometry(s *sheet, l export.Layer, f *geo.Feature) error {
	if s.axes == 0 && !(w.options.WKT && l.HasGeometry()) {
		return nil
	}
	var err error
	if w.wkb, err = l.AppendWKB(w.wkb[:0], f); err != nil {
		return err
	}
	if s.axes > 0 {
		c, err := l.PointCoordinates(f, w.wkb)
		if err != nil {
			return err
		}
		for _, v := range c[:s.axes] {
			if math.IsNaN(v) {
				s.column++
				continue
			}
			s.cell("n", 0, func(b []byte) []byte { return decimal.Append(b, v, l.Decimals()) })
		}
		return nil
	}
	if w.text, err = wkt.Append(w.text[:0], w.wkb, l.Decimals()); err != nil {
		return export.Locate(err, l, f)
	}
	if len(w.text) > longestText {
		return export.Locate(geo.Errorf(geo.TooLarge, "the geometry of a feature is longer than the %d characters of a cell", longestText).Try("csv or gpkg"), l, f)
	}
	if len(w.text) > 0 {
		s.textCell(string(w.text), 0)
	}
	return nil
}

// integer reads an id that is one.
func integer(id string) (int64, bool) {
	n, err := strconv.ParseInt(id, 10, 64)
	return n, err == nil
}
