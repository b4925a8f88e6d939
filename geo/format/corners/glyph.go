package corners

import "strings"

// glyphs are characters that mean the same here, one rune for one, so that columns stay.
var glyphs = map[rune]rune{
	'º': '°', '˚': '°', '⁰': '°', '∘': '°', 'ᵒ': '°',
	'′': '\'', '’': '\'', '‘': '\'', '`': '\'', '´': '\'', 'ʹ': '\'', 'ʼ': '\'', '‵': '\'', '＇': '\'',
	'″': '"', '”': '"', '“': '"', 'ʺ': '"', '„': '"', '˝': '"', '‶': '"', '＂': '"',
	'−': '-', '–': '-', '—': '-', '‐': '-', '‑': '-',
	'\u00a0': ' ', '\u2007': ' ', '\u2009': ' ', '\u200a': ' ', '\u202f': ' ', '\u200b': ' ', '\ufeff': ' ', '\r': ' ', '\v': ' ', '\f': ' ',
	'，': ',', '．': '.', '；': ';', '：': ':',
}

// marked brings a line to the marks that the grammar knows.
func marked(line string) string {
	return strings.Map(func(r rune) rune {
		if same, ok := glyphs[r]; ok {
			return same
		}
		return r
	}, line)
}

// plain brings a line to the characters that the grammar knows, in lower case.
func plain(line string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, marked(line))
}
