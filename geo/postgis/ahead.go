package postgis

import (
	"iter"

	"kawasan/geo"
)

// A batch of features read ahead is full when it has so many features or so many bytes of
// geometry. Three are in memory: one that is being read, one that waits, one that is written.
const (
	aheadFeatures = 1024
	aheadBytes    = 1 << 20
)

// ahead yields what seq yields. It is read by a goroutine of its own, so that waiting for
// the database and decoding its rows on one side, and what is made of the features
// on the other, take two processors. The goroutine has ended when ahead returns. Where
// the rest is not wanted, giveUp ends the reading, which would go on to the last row.
func ahead(seq iter.Seq2[*geo.Feature, error], giveUp func()) iter.Seq2[*geo.Feature, error] {
	return func(yield func(*geo.Feature, error) bool) {
		batches, enough := make(chan []*geo.Feature, 1), make(chan struct{})
		var failure error // set before batches is closed
		go func() {
			defer close(batches)
			defer geo.Recover(&failure)
			failure = gather(seq, batches, enough)
		}()
		defer func() {
			close(enough)
			select {
			case _, more := <-batches:
				if more {
					giveUp()
				}
			default: // it is still reading
				giveUp()
			}
			for range batches { // until it is closed
			}
		}()
		for batch := range batches {
			for _, f := range batch {
				if !yield(f, nil) {
					return
				}
			}
		}
		if failure != nil {
			yield(nil, failure)
		}
	}
}

// gather sends the features in batches, until there are enough.
func gather(seq iter.Seq2[*geo.Feature, error], batches chan<- []*geo.Feature, enough <-chan struct{}) error {
	var batch []*geo.Feature
	bytes := 0
	send := func() (more bool) {
		select {
		case batches <- batch:
			batch, bytes = nil, 0
			return true
		case <-enough:
			return false
		}
	}
	for f, err := range seq {
		if err != nil {
			send() // what came before the error
			return err
		}
		batch = append(batch, f)
		if bytes += len(f.WKB); len(batch) >= aheadFeatures || bytes >= aheadBytes {
			if !send() {
				return nil
			}
		}
	}
	send()
	return nil
}
