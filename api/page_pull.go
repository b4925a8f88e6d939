package api

import (
	"iter"

	"kawasan/geo"
)

// pulledAtOnce is the size of a page up to which its features are read before
// the first is written: handing them over one by one costs more than it saves.
const pulledAtOnce = 1000

// pull makes the features of the selection available one by one, so that the
// handler can begin and a stream can go on. A page that is read backward is
// turned round here, in memory: it has at most maxLimit features.
func (p *page) pull() {
	if p.request.query.Backward || p.request.limit <= pulledAtOnce {
		p.stop = func() {}
		return
	}
	next, stop := iter.Pull2(p.selection.Features())
	p.stop = stop
	p.next = func() (*geo.Feature, bool, error) {
		f, err, ok := next()
		return f, ok, err
	}
}

// take gives the next feature of the selection.
func (p *page) take() (*geo.Feature, bool, error) {
	if p.next != nil {
		return p.next()
	}
	if err := p.begin(); err != nil {
		return nil, true, err
	}
	if len(p.pulled) == 0 {
		return nil, false, nil
	}
	last := len(p.pulled) - 1
	if p.request.query.Backward {
		f := p.pulled[last]
		p.pulled = p.pulled[:last]
		return f, true, nil
	}
	f := p.pulled[0]
	p.pulled = p.pulled[1:]
	return f, true, nil
}

// begin reads the page, if that is to be done at once and has not been done.
func (p *page) begin() error {
	if p.begun || p.next != nil || p.request.hitsOnly {
		return nil
	}
	p.begun = true
	return p.collect()
}

// size is how many bytes the features take that have been read and are encoded. They
// lie scattered in memory: to look at the first byte of each has the processor find
// and fetch them all at the same time, not one after the other when they are written,
// which takes half as long again or, of large collections, twice as long.
func (p *page) size() int {
	n := 0
	for _, f := range p.pulled {
		if len(f.JSON) > 0 && f.JSON[0] == '{' {
			n += len(f.JSON) + len(",\n")
		}
	}
	return n
}

// collect reads the page.
func (p *page) collect() error {
	p.pulled = make([]*geo.Feature, 0, min(p.request.limit, pulledAtOnce)+1)
	for f, err := range p.selection.Features() {
		if err != nil {
			return err
		}
		p.pulled = append(p.pulled, f)
	}
	if p.request.query.Backward && len(p.pulled) > p.request.limit {
		// The one too many is the one that would come before this page.
		p.pulled, p.more = p.pulled[:p.request.limit], true
	}
	return nil
}
