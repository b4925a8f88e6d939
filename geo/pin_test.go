package geo_test

import (
	"context"
	"iter"
	"sync"
	"testing"

	"kawasan/geo"
)

// growing is a reader of a collection that has a newer version at each read, unless
// an earlier one is asked for.
type growing struct {
	mu  sync.Mutex
	now geo.Version
}

type opened struct{ about *geo.Collection }

func (o opened) Collection() *geo.Collection { return o.about }
func (o opened) Matched() (int, bool)        { return 0, false }
func (o opened) Features() iter.Seq2[*geo.Feature, error] {
	return func(func(*geo.Feature, error) bool) {}
}
func (o opened) Close()                                              {}
func (g *growing) Catalogue(context.Context) (*geo.Catalogue, error) { return &geo.Catalogue{}, nil }

func (g *growing) Open(_ context.Context, q geo.Query) (geo.Selection, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.now++; q.AtVersion != 0 {
		return opened{(&geo.Collection{ID: q.Collection, Version: q.AtVersion}).Index()}, nil
	}
	return opened{(&geo.Collection{ID: q.Collection, Version: g.now}).Index()}, nil
}

// However many read through a pin at once, they read one version.
func TestPinReadsOneVersionFromManySides(t *testing.T) {
	t.Parallel()
	for range 50 {
		p := geo.NewPin(&growing{}, nil)
		var readers sync.WaitGroup
		versions := make([]geo.Version, 8)
		for i := range versions {
			readers.Go(func() {
				s, err := p.Open(t.Context(), geo.Query{Collection: "ports"})
				if err != nil {
					t.Error(err)
					return
				}
				versions[i] = s.Collection().Version
			})
		}
		readers.Wait()
		for _, v := range versions {
			if v != versions[0] {
				t.Fatalf("read %v", versions)
			}
		}
		if stated, ok := p.Versions(); !ok || stated[0].Version != versions[0] {
			t.Fatalf("stated %v (%t), read %v", stated, ok, versions)
		}
	}
}
