package source

import (
	"strings"

	"kawasan/geo/crs"
)

// SetCRS notes the system as the file has it, best form first: a code, WKT,
// PROJJSON. The first that is recognised counts. All empty: the file doesn't say.
func (l *Layer) SetCRS(texts ...string) {
	for _, text := range texts {
		text = strings.TrimSpace(strings.Trim(text, "\x00"))
		if text == "" {
			continue
		}
		c, err := crs.Recognise(text)
		if err == nil {
			l.CRS, l.CRSText, l.CRSFault = c, Text(text), nil
			return
		}
		l.CRSText, l.CRSFault = Text(text), err // the last form is the one that says most
	}
}
