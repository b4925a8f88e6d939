package source

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// IsText reports whether a file that begins so may be text: it has no zero bytes but
// those of UTF-16.
func IsText(head []byte) bool {
	_, is := wide(head)
	return is || bytes.IndexByte(head, 0) < 0
}

// Decode reads text as UTF-8, whatever it was: by its byte order mark, in the code page
// of that name (see CodePage), as UTF-16 or UTF-8 if its head is that, else as
// Windows-1252. It fails with Invalid for a name that is none.
func Decode(in io.Reader, head []byte, codePage string) (io.Reader, error) {
	e, err := CodePage(codePage)
	if err != nil {
		return nil, err
	}
	order, is := wide(head)
	switch {
	case is:
		e = unicode.UTF16(order, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\ufeff")):
		e = unicode.UTF8BOM
	case e == nil && codePage == "" && !utf8.Valid(cutCharacter(head)):
		e = charmap.Windows1252
	case e == nil:
		e = encoding.Nop
	}
	return transform.NewReader(in, e.NewDecoder()), nil
}

// wide recognises UTF-16 by its byte order mark or, as most of what is in tables is
// ASCII, by a zero in every other byte.
func wide(head []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return unicode.BigEndian, true
	}
	const enough = 8
	var zeros [2]int
	for i, c := range head[:len(head)&^1] {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch n := len(head) / 2; {
	case n < enough:
		return unicode.LittleEndian, false
	case zeros[0] == 0 && zeros[1] > n/2:
		return unicode.LittleEndian, true
	case zeros[1] == 0 && zeros[0] > n/2:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// cutCharacter drops a character that the end of the head cuts through.
func cutCharacter(head []byte) []byte {
	for i := 1; i <= utf8.UTFMax && i <= len(head); i++ {
		if utf8.RuneStart(head[len(head)-i]) {
			if !utf8.FullRune(head[len(head)-i:]) {
				return head[:len(head)-i]
			}
			break
		}
	}
	return head
}
