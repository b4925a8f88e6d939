package shp

import (
	"strings"
	"unicode/utf8"

	"kawasan/geo"
	"kawasan/geo/format/source"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// languages are the code pages by the number in a table's header.
var languages = map[byte]encoding.Encoding{
	0x01: charmap.CodePage437, 0x02: charmap.CodePage850, 0x03: charmap.Windows1252, 0x08: charmap.CodePage865, 0x0a: charmap.CodePage850,
	0x0d: charmap.CodePage437, 0x0e: charmap.CodePage850, 0x10: charmap.CodePage850, 0x12: charmap.CodePage850, 0x14: charmap.CodePage850,
	0x1d: charmap.CodePage850, 0x24: charmap.CodePage860, 0x25: charmap.CodePage850, 0x37: charmap.CodePage850, 0x58: charmap.Windows1252,
	0x59: charmap.Windows1252, 0x64: charmap.CodePage852, 0x65: charmap.CodePage866, 0x66: charmap.CodePage865, 0xc8: charmap.Windows1250,
	0xc9: charmap.Windows1251, 0xca: charmap.Windows1254, 0xcb: charmap.Windows1253,
}

// pages are code pages by the number that a .cpg states.
var pages = map[string]encoding.Encoding{
	"437": charmap.CodePage437, "850": charmap.CodePage850, "852": charmap.CodePage852, "855": charmap.CodePage855, "858": charmap.CodePage858,
	"860": charmap.CodePage860, "862": charmap.CodePage862, "863": charmap.CodePage863, "865": charmap.CodePage865, "866": charmap.CodePage866,
	"874": charmap.Windows874, "1250": charmap.Windows1250, "1251": charmap.Windows1251, "1252": charmap.Windows1252, "1253": charmap.Windows1253,
	"1254": charmap.Windows1254, "1255": charmap.Windows1255, "1256": charmap.Windows1256, "1257": charmap.Windows1257, "1258": charmap.Windows1258,
	"88591": charmap.ISO8859_1, "88592": charmap.ISO8859_2, "885915": charmap.ISO8859_15, "28591": charmap.ISO8859_1,
}

// settleCodePage decides how text is read: as asked for, by the .cpg, by the
// table's own number, or, where none of them says, as UTF-8 where it is that and as
// Windows-1252 elsewhere.
func (t *table) settleCodePage(cpg string, language byte, o source.Options) error {
	cpg = strings.ToLower(strings.TrimSpace(strings.TrimLeft(cpg, "\ufeff")))
	if o.Encoding != "" {
		e, err := source.CodePage(o.Encoding)
		t.decodeBy(e)
		return err
	}
	number := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, cpg)
	switch {
	case strings.Trim(cpg, "utf-_ ") == "8" || number == "65001":
		t.known = true
	case pages[number] != nil:
		t.decodeBy(pages[number])
	case cpg != "":
		e, err := htmlindex.Get(cpg)
		if err != nil {
			t.notes = append(t.notes, geo.Textf("the encoding %q of the .cpg is not known: text that isn't UTF-8 is read as Windows-1252", "pengodean %q dalam .cpg tidak dikenal: teks yang bukan UTF-8 dibaca sebagai Windows-1252", shorten(cpg)))
			return nil //nolint:nilerr // said in the notes
		}
		t.decodeBy(e)
	case languages[language] != nil:
		t.decodeBy(languages[language])
	}
	return nil
}

func shorten(s string) string {
	r := []rune(source.Text(s))
	if len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return string(r)
}

func (t *table) decodeBy(e encoding.Encoding) {
	t.known = true
	if e != nil {
		t.decoder = e.NewDecoder()
	}
}

// text reads text in the table's code page.
func (t *table) text(b []byte) string {
	decoder := t.decoder
	if decoder == nil && !t.known && !utf8.Valid(b) {
		decoder = charmap.Windows1252.NewDecoder()
	}
	if decoder == nil {
		return source.Text(string(b))
	}
	out, err := decoder.Bytes(b)
	if err != nil {
		return source.Text(string(b))
	}
	return source.Text(string(out))
}
