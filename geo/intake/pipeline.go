package intake

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"golang.org/x/sync/semaphore"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// What is under way between reading and storing. Rows go in batches, as handing over
// each by itself would cost as much as looking at it.
const (
	batchRows   = 32
	batchBytes  = 128 << 10
	batchesWait = 64       // to be stored: the store stops now and then, to write its log, and others then need not
	bytesOnWay  = 32 << 20 // of geometries; one that is larger goes alone
	mostWorkers = 8
)

// batch is rows that are examined together, and what comes of them.
type batch struct {
	rows  []*source.Feature
	bytes int64
	taken []candidate
	err   error // that ends the import behind those taken
	done  chan struct{}
}

func newBatch() *batch {
	return &batch{rows: make([]*source.Feature, 0, batchRows), done: make(chan struct{})}
}

func (b *batch) full() bool { return len(b.rows) == batchRows || b.bytes >= batchBytes }

// candidates reads the rows of a part and makes features of them: one goroutine reads,
// several convert and examine, and whoever asks gets them in the order of the file.
func (r *run) candidates(p *part) iter.Seq2[*candidate, error] {
	return func(yield func(*candidate, error) bool) {
		ctx, cancel := context.WithCancel(r.ctx)
		var running sync.WaitGroup
		defer running.Wait() // the source is closed afterwards
		defer cancel()
		workers := min(runtime.GOMAXPROCS(0), mostWorkers)
		work, order := make(chan *batch), make(chan *batch, batchesWait)
		room := semaphore.NewWeighted(bytesOnWay)
		running.Go(func() {
			defer close(order)
			defer close(work)
			readBatches(ctx, p, room, work, order)
		})
		t := r.newTaker(p)
		for range workers {
			running.Go(func() {
				for b := range work {
					t.takeBatch(ctx, b)
				}
			})
		}
		for b := range order {
			<-b.done
			for i := range b.taken {
				if !yield(&b.taken[i], nil) {
					return
				}
			}
			if b.err != nil {
				yield(nil, b.err)
				return
			}
			room.Release(min(b.bytes, bytesOnWay))
		}
		if err := r.ctx.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// readBatches reads until the end, an error, or until nobody wants more.
func readBatches(ctx context.Context, p *part, room *semaphore.Weighted, work, order chan<- *batch) {
	b := newBatch()
	hand := func() bool {
		if room.Acquire(ctx, min(b.bytes, bytesOnWay)) != nil {
			return false
		}
		for _, to := range []chan<- *batch{work, order} { // whoever waits for a batch knows that it is worked on
			select {
			case to <- b:
			case <-ctx.Done():
				return false
			}
		}
		b = newBatch()
		return true
	}
	err := p.eachRow(ctx, func(f *source.Feature) bool {
		b.rows, b.bytes = append(b.rows, f), b.bytes+int64(len(f.WKB))
		return !b.full() || hand()
	})
	if ctx.Err() != nil {
		return // nobody wants the last batch, or a worker has it already
	}
	b.err = err
	hand()
}

// eachRow reads the rows of a part for as long as they are wanted. A file must not bring down
// the process that takes it, which may be a server.
func (p *part) eachRow(ctx context.Context, wanted func(*source.Feature) bool) (err error) {
	defer geo.Recover(&err)
	for f, err := range p.source.Features(ctx, p.index) {
		if err != nil {
			return err
		}
		if !wanted(f) {
			break
		}
	}
	return nil
}

// takeBatch makes candidates of the rows.
func (t *taker) takeBatch(ctx context.Context, b *batch) {
	defer close(b.done)
	taken, err := t.takeRows(ctx, b.rows)
	if b.rows, b.taken = nil, taken; err != nil {
		b.err = err
	}
}

// takeRows makes candidates of rows up to the first error, which a panic is, too.
func (t *taker) takeRows(ctx context.Context, rows []*source.Feature) (taken []candidate, err error) {
	defer geo.Recover(&err)
	taken = make([]candidate, 0, len(rows))
	for _, f := range rows {
		c, err := t.take(ctx, f)
		if err != nil {
			return taken, err
		}
		taken = append(taken, c)
	}
	return taken, nil
}
