package source

import (
	"strings"

	"kawasan/geo/crs"
)

// SetCRS notes the system as the file has it, best form first: a code, WKT,
// PROJJSON. The first that is recognised counts. All empty: the file doesn't say.
func (l *Layer) SetCRS(texts ...string) {
	for _, text := range texts {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		c, err := crs.Parse(text)
		if err == nil {
			l.CRS, l.CRSText, l.CRSFault = c, text, nil
			return
		}
		if l.CRSText == "" || len(text) > len(l.CRSText) {
			l.CRSText, l.CRSFault = text, err
		}
	}
}
