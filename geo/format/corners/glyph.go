package corners

import (
	"regexp"
	"strings"
)

// glyphs are characters that mean the same here, one rune for one, so that columns stay.
var glyphs = map[rune]rune{
	'º': '°', '˚': '°', '⁰': '°', '∘': '°', 'ᵒ': '°',
	'′': '\'', '’': '\'', '‘': '\'', '`': '\'', '´': '\'', 'ʹ': '\'', 'ʼ': '\'', '‵': '\'', '＇': '\'',
	'″': '"', '”': '"', '“': '"', 'ʺ': '"', '„': '"', '˝': '"', '‶': '"', '＂': '"',
	'−': '-', '–': '-', '—': '-', '‐': '-', '‑': '-',
	'\u00a0': ' ', '\u2007': ' ', '\u2009': ' ', '\u200a': ' ', '\u202f': ' ', '\u200b': ' ', '\ufeff': ' ', '\r': ' ', '\v': ' ', '\f': ' ',
	'，': ',', '．': '.', '；': ';', '：': ':',
}

// dashes between the two coordinates of a corner, behind a direction: no minus.
var dashes = regexp.MustCompile(`(?i)\b(?:l\.?u|l\.?s|b\.?t|b\.?b)\.?\s+-\s`)

// marked brings a line to the marks that the grammar knows. Quotes that CSV has doubled are
// one. What is taken out leaves blanks, so that columns stay.
func marked(line string) string {
	line = glyphed(line)
	if strings.Contains(line, "-") {
		line = dashes.ReplaceAllStringFunc(line, func(s string) string { return strings.Replace(s, "-", " ", 1) })
	}
	return strings.ReplaceAll(line, `""`, `" `)
}

func glyphed(line string) string {
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
