package source

import (
	"errors"
	"iter"
)

// ErrStop ends a reading early without a fault: nobody asks for more.
var ErrStop = errors.New("enough")

// Sequence makes a sequence of a reading that gives one feature after the other. An
// error of give, given or ErrStop, ends the reading, which returns it; but given a Fault
// the feature goes to the receiver with it, and the reading goes on.
func Sequence(read func(give func(*Feature, error) error) error) iter.Seq2[*Feature, error] {
	return func(yield func(*Feature, error) bool) {
		err := read(func(f *Feature, err error) error {
			f, err = settle(f, err)
			if err == nil && !yield(f, nil) {
				err = ErrStop
			}
			return err
		})
		if err != nil && !errors.Is(err, ErrStop) {
			yield(nil, err)
		}
	}
}
