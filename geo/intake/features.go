package intake

import (
	"errors"
	"iter"

	"golang.org/x/sync/errgroup"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// errBlocked ends an import whose features have errors.
var errBlocked = errors.New("what was found blocks the import")

// progressEvery is after how many features progress is told.
const progressEvery = 500

// features reads all parts, judges each feature and gives those that may be
// stored. Once one may not, it goes on judging, so that all faults are found in one
// go, and ends with errBlocked. What concerns all features is judged behind the last, while
// the store does its own; see settle.
func (r *run) features() iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		for _, p := range r.parts {
			if !r.takeAll(p, yield) {
				return
			}
		}
		if r.read == 0 {
			if r.mode == Replace {
				yield(nil, geo.Invalidf("file", "the file has no features: to replace by it would leave the collection empty").Try("the file with its features"))
				return
			}
			r.out.note("the file has no features", "berkas tidak berisi fitur")
		}
		r.progress(Judging)
		r.judging = make(chan error, 1)
		go func() {
			defer close(r.judging)
			r.judging <- r.finish()
		}()
		if r.blocked {
			yield(nil, r.settle())
		}
	}
}

// finish judges what concerns all features, and reads beside it where they came from.
func (r *run) finish() error {
	var known errgroup.Group
	for _, p := range r.parts {
		known.Go(p.know)
	}
	err := r.finishJudging()
	if failed := known.Wait(); err == nil {
		err = failed
	}
	return err
}

func (r *run) finishJudging() (err error) {
	defer geo.Recover(&err)
	return r.judge.Finish(r.ctx)
}

// settle waits for the judging behind the last feature; errBlocked if something found must
// be mended first.
func (r *run) settle() error {
	if err := <-r.judging; err != nil {
		return err
	}
	r.out.Report = r.judge.Report()
	if r.out.Blocks() {
		return errBlocked
	}
	r.progress(Storing)
	return nil
}

// takeAll gives the features of one part, in its order; false to stop.
func (r *run) takeAll(p *part, yield func(*geo.Feature, error) bool) bool {
	var done doings
	for c, err := range r.candidates(p) {
		if err != nil {
			yield(nil, err)
			return false
		}
		if r.read++; r.read%progressEvery == 0 {
			r.progress(Reading)
		}
		verdict, err := r.judge.Accept(c.examination)
		if err != nil {
			yield(nil, err)
			return false
		}
		done.add(c)
		r.blocked = r.blocked || verdict.Blocks()
		if !r.blocked && !yield(c.feature, nil) {
			return false
		}
	}
	done.tell(r, p)
	return true
}

// doings counts what was done to the features of a part, to be told in one line each.
type doings struct {
	renamed, zDropped, mDropped, zGiven, curved int64
	example                                     string
}

func (d *doings) add(c *candidate) {
	count := func(n *int64, is bool) {
		if is {
			*n++
		}
	}
	if c.renamed && d.example == "" && c.feature != nil {
		d.example = c.feature.ID
	}
	count(&d.renamed, c.renamed)
	count(&d.zDropped, c.zDropped)
	count(&d.mDropped, c.mDropped)
	count(&d.zGiven, c.zGiven)
	count(&d.curved, c.curved)
}

func (d *doings) tell(r *run, p *part) {
	tell := func(n int64, en, id string, args ...any) {
		if n > 0 {
			r.out.note("%s: %d features: %s", "%s: %d fitur: %s", p.input.Name, n, geo.Textf(en, id, args...))
		}
	}
	tell(d.renamed, "dots and slashes in the id became hyphens, such as %s", "titik dan garis miring dalam id menjadi tanda hubung, misalnya %s", d.example)
	tell(d.curved, "their arcs became straight edges, which lie at most %g m beside them", "busurnya menjadi sisi lurus, yang letaknya paling jauh %g m darinya", source.ArcToleranceM)
	tell(d.zDropped, "their heights were left out, as the collection has none", "ketinggiannya ditinggalkan, karena koleksi ini tidak punya ketinggian")
	tell(d.mDropped, "their measures were left out, as the collection has none", "nilai ukurnya (M) ditinggalkan, karena koleksi ini tidak punya nilai ukur")
	tell(d.zGiven, "they got the height 0, as the collection has heights", "diberi ketinggian 0, karena koleksi ini punya ketinggian")
}
