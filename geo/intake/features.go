package intake

import (
	"errors"
	"fmt"
	"iter"

	"kawasan/geo"
	"kawasan/geo/crs"
	"kawasan/geo/format/source"
)

// errBlocked ends an import whose features have errors.
var errBlocked = errors.New("what was found blocks the import")

// progressEvery is after how many features progress is told.
const progressEvery = 500

// features reads all parts, judges each feature and gives those that may be
// stored. Once one may not, it goes on judging, so that all faults are found in one
// go, and ends with errBlocked.
func (r *run) features() iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		for _, p := range r.parts {
			t := newTaker(r, p)
			for f, err := range p.source.Features(r.ctx, p.index) {
				if err != nil {
					yield(nil, err)
					return
				}
				r.read++
				if r.read%progressEvery == 0 {
					r.progress(Reading)
				}
				taken, err := t.take(f)
				if err != nil {
					yield(nil, err)
					return
				}
				if taken != nil && r.out.FaultCount == 0 && !r.blocked && !yield(taken, nil) {
					return
				}
			}
			t.finish()
		}
		r.progress(Judging)
		if err := r.judge.Finish(r.ctx); err != nil {
			yield(nil, err)
			return
		}
		r.out.Report = r.judge.Report()
		if r.out.Blocks() {
			yield(nil, errBlocked)
			return
		}
		r.progress(Storing)
	}
}

// taker makes features of a collection from the rows of one part.
type taker struct {
	r                                   *run
	p                                   *part
	fit                                 fit
	renamed, zDropped, mDropped, zGiven int64
	example                             string
}

func newTaker(r *run, p *part) *taker {
	c := r.collection
	return &taker{r: r, p: p, fit: fitFor(c.GeometryType, c.HasZ, c.HasM)}
}

// take converts and judges a row. It gives nil for one that may not be stored,
// which is in the outcome then. An error means that going on is of no use.
func (t *taker) take(f *source.Feature) (*geo.Feature, error) {
	id, changed, e := t.p.plan.identity.of(f)
	if e != nil {
		t.fault(f, "", e)
		return nil, nil
	}
	if changed {
		t.renamed++
		if t.example == "" {
			t.example = id
		}
	}
	out := &geo.Feature{ID: id, Collection: t.r.collection}
	var ok bool
	if out.Values, ok = t.values(f, id); !ok {
		return nil, nil
	}
	if out.WKB, ok = t.position(f, id); !ok {
		return nil, nil
	}
	verdict, err := t.r.judge.Feature(t.r.ctx, out, f.Number)
	if err != nil {
		return nil, err
	}
	if verdict.Blocks() {
		t.r.blocked = true
		return nil, nil
	}
	return t.flatten(verdict.Feature)
}

// values puts the values of a row where they belong.
func (t *taker) values(f *source.Feature, id string) ([]any, bool) {
	c := t.r.collection
	values := make([]any, len(c.Properties))
	ok := true
	for i := range t.p.plan.from {
		column := t.p.plan.from[i]
		if column < 0 {
			values[i] = t.p.plan.given[i]
			continue
		}
		have := &t.p.layer.Properties[column]
		v := f.Values[column]
		if have.Type != c.Properties[i].Type {
			converted, fits := source.Convert(v, c.Properties[i].Type)
			if !fits {
				t.fault(f, id, geo.Errorf(geo.Invalid, "%q in the column %s is no %s, as the property %s is", clip(source.AsText(v)), clip(have.Name), c.Properties[i].Type, c.Properties[i].Name).
					Try("such a value, an empty one, or --map %s=another_name", have.Name))
				ok = false
			}
			v = converted
		}
		if v == nil {
			v = t.p.plan.given[i]
		}
		values[i] = v
	}
	return values, ok
}

// position converts the geometry to WGS84, once, and brings its type in line.
func (t *taker) position(f *source.Feature, id string) ([]byte, bool) {
	if len(f.WKB) == 0 || !t.r.collection.HasGeometry() {
		return nil, true
	}
	g := f.WKB
	if !t.p.system.crs.IsGeographic() {
		var err error
		if g, err = crs.InverseWKB(make([]byte, 0, len(g)), g, t.p.system.crs); err != nil {
			t.fault(f, id, geo.Errorf(geo.Invalid, "a position has no place in %s", t.p.system.crs.Code).Because(err).Try("--crs with the system that the coordinates are in"))
			return nil, false
		}
	}
	g, err := t.fit.kind(g)
	if err == nil && t.fit.hasZ {
		var given bool
		h, _ := header(g)
		if !h.HasZ {
			g, _, _, given, err = fit{want: t.fit.want, hasZ: true, hasM: h.HasM}.dimensions(g)
		}
		if given {
			t.zGiven++
		}
	}
	if err != nil {
		t.fault(f, id, geo.Errorf(geo.Invalid, "the geometry can't be read").Because(err))
		return nil, false
	}
	return g, true
}

// flatten drops the dimensions that the collection doesn't keep, once they have been judged.
func (t *taker) flatten(f *geo.Feature) (*geo.Feature, error) {
	if len(f.WKB) == 0 {
		return f, nil
	}
	g, z, m, _, err := t.fit.dimensions(f.WKB)
	if err != nil {
		return nil, geo.Errorf(geo.Internal, "a geometry that was read can't be written").Because(err)
	}
	if !z && !m && len(g) == len(f.WKB) {
		return f, nil
	}
	if z {
		t.zDropped++
	}
	if m {
		t.mDropped++
	}
	flat := *f
	flat.WKB = g
	return &flat, nil
}

func (t *taker) fault(f *source.Feature, id string, e *geo.Error) {
	at := source.Place{File: t.p.input.Name, Line: f.Line, Feature: f.Number}
	located := at.Errorf(e.Code, "%s", e.Message)
	located.Fix = e.Fix
	t.r.out.fault(f.Number, id, located)
}

// finish tells what was done to many features, in one line each.
func (t *taker) finish() {
	tell := func(n int64, format string, args ...any) {
		if n > 0 {
			t.r.out.note("%s: %d features: %s", t.p.input.Name, n, fmt.Sprintf(format, args...))
		}
	}
	tell(t.renamed, "dots and slashes in the id became hyphens, such as %s", t.example)
	tell(t.zDropped, "their heights were left out, as the collection has none")
	tell(t.mDropped, "their measures were left out, as the collection has none")
	tell(t.zGiven, "they got the height 0, as the collection has heights")
}
