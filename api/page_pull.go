package api

import (
	"iter"

	"kawasan/geo"
)

// pull makes the features of the selection available one by one, so that the
// handler can begin and a stream can go on. A page that is read backward is
// turned round here, in memory: it has at most maxLimit features.
func (p *page) pull() {
	if !p.request.query.Backward {
		next, stop := iter.Pull2(p.selection.Features())
		p.stop = stop
		p.next = func() (*geo.Feature, error, bool) {
			f, err, ok := next()
			return f, err, ok
		}
		return
	}
	p.stop = func() {}
	var found []*geo.Feature
	begun := false
	p.next = func() (*geo.Feature, error, bool) {
		if !begun {
			begun = true
			for f, err := range p.selection.Features() {
				if err != nil {
					return nil, err, true
				}
				found = append(found, f)
			}
			if len(found) > p.request.limit {
				// The one too many is the one that would come before this page.
				found, p.more = found[:p.request.limit], true
			}
		}
		if len(found) == 0 {
			return nil, nil, false
		}
		f := found[len(found)-1]
		found = found[:len(found)-1]
		return f, nil, true
	}
}
