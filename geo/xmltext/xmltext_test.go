package xmltext_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"kawasan/geo/xmltext"
)

func TestEscape(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                       "",
		`Jalan "A" & <B> 'C'`:    `Jalan &quot;A&quot; &amp; &lt;B&gt; 'C'`,
		"ꦏꦮꦱꦤ꧀ 🏭":                "ꦏꦮꦱꦤ꧀ 🏭",
		"tab\tline\nreturn\r":    "tab\tline\nreturn&#13;",
		"nul\x00bell\x07\x1f":    "nul\ufffdbell\ufffd\ufffd",
		"half \xf0\x9f end":      "half \ufffd\ufffd end",
		"\ufffe\uffff\ufffd\x7f": "\ufffd\ufffd\ufffd\x7f",
	} {
		if got := xmltext.Escape(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// Whatever the text, a reader of XML finds it again, but for what XML can't hold.
func FuzzEscape(f *testing.F) {
	f.Add("a\r\n<&>\"'\x00\xff\ufffe")
	f.Fuzz(func(t *testing.T, s string) {
		escaped := xmltext.Escape(s)
		d := xml.NewDecoder(strings.NewReader(`<a b="` + escaped + `">` + escaped + `</a>`))
		attribute, text := "", ""
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q is no XML: %v", escaped, err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				attribute = token.Attr[0].Value
			case xml.CharData:
				text += string(token)
			}
		}
		want := strings.Map(func(r rune) rune {
			if r < ' ' && !strings.ContainsRune("\t\n\r", r) || r == 0xfffe || r == 0xffff {
				return utf8.RuneError
			}
			return r
		}, s)
		want = string([]rune(want)) // bytes that are no UTF-8
		if text != want || attribute != want {
			t.Errorf("%q became %q, and %q in an attribute", want, text, attribute)
		}
	})
}
